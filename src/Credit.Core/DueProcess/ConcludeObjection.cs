using Credit.Core.Deadlines;
using Credit.Core.Enforcement;
using Credit.Core.Http;
using Credit.Core.Listing;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>
/// Concludes an objection: upheld, corrected or revoked. Correction and exit happen in the same transaction as the
/// conclusion (I58). An approver concludes who neither proposed nor recognised the entry, nor raised the doubt (I59, I84).
/// </summary>
internal sealed class ConcludeObjection : IUseCase
{
    /// <summary>The three conclusions (I56).</summary>
    internal enum Conclusion
    {
        /// <summary>The entry is right.</summary>
        Upheld,

        /// <summary>Particulars are corrected.</summary>
        Corrected,

        /// <summary>The entry is wrong.</summary>
        Revoked,
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/objections/{id:guid}/conclusion", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(ConcludeObjection))
            .WithSummary("Conclude an objection: the entry is upheld, corrected or revoked")
            .Produces<ObjectionView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { conclusion = "Revoked", finding = "经核实，税款已缴清，误列入。" });

    private static Task<IResult> HandleAsync(
        Guid id, ConclusionBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, LeaveList leave, CorrectEntry correct,
        RectificationTerms rectifications, WriteNotice notices, IWorkingCalendar calendar, CancellationToken cancel) =>
        db.MoveObjectionAsync(
            id,
            caller,
            seen,
            async (objection, entry) =>
            {
                var today = clock.Today();
                var on = body.Conclusion switch
                {
                    Conclusion.Upheld => ObjectionTrigger.Uphold,
                    Conclusion.Corrected => ObjectionTrigger.Correct,
                    _ => ObjectionTrigger.Revoke,
                };
                if (body.Conclusion == Conclusion.Corrected && (objection.BeforeRecognition || (body.CorrectedValidTo is null && string.IsNullOrWhiteSpace(body.CorrectedFacts))))
                {
                    return [new("corrected-facts-missing", "更正结论须给出更正后的事实或有效期，且仅适用于生效条目。", "A correction states the corrected facts or term, and is for entries in force.", Clause.R("3.5.7.b"), "correctedFacts")];
                }

                List<Refusal> refusals = [.. objection.Conclude(on, entry, body.Finding, caller.User, today).Refusals];
                if (refusals.Count > 0)
                {
                    return refusals;
                }

                notices.Answer(db, entry, objection.Id, "异议", TitleOf(body.Conclusion), body.Finding);
                await DeadlineBook.MeetAsync(db, DeadlineKind.ConcludeObjection, objection.Id, clock, cancel);
                if (objection.BeforeRecognition)
                {
                    return entry.State != EntryState.PreObjection ? []
                        : (body.Conclusion == Conclusion.Revoked ? entry.UpholdEarlyObjection() : entry.RejectEarlyObjection()).Refusals;
                }

                return body.Conclusion == Conclusion.Revoked
                    ? await RevokeAsync(db, leave, notices, entry, today, cancel)
                    : await ConfirmAsync(db, correct, rectifications, entry, objection, body, today, calendar, cancel);
            },
            cancel);

    private static string TitleOf(Conclusion conclusion) => conclusion switch
    {
        Conclusion.Upheld => "维持原认定",
        Conclusion.Corrected => "予以更正",
        _ => "予以撤销",
    };

    private static async Task<IReadOnlyList<Refusal>> ConfirmAsync(
        CreditDbContext db, CorrectEntry correct, RectificationTerms rectifications, ListEntry entry, Objection objection, ConclusionBody body, DateOnly today, IWorkingCalendar calendar,
        CancellationToken cancel)
    {
        var corrects = body.Conclusion == Conclusion.Corrected;
        var others = await db.Objections.AnyAsync(
            each => each.EntryId == entry.Id && each.Id != objection.Id && each.State == ObjectionState.Accepted, cancel);
        if (!corrects && (others || entry.State != EntryState.Verifying))
        {
            return [];
        }

        // An entry that left its list meanwhile is not corrected: the table of moves refuses.
        var refusals = corrects
            ? await correct.ApplyAsync(db, entry, body.CorrectedFacts, body.CorrectedValidTo, cancel)
            : entry.ConfirmCorrect().Refusals;
        if (refusals.Count > 0)
        {
            return refusals;
        }

        if (others)
        {
            // The correction takes effect at once (I58); another open objection keeps the entry under verification.
            return entry.Verify().Refusals;
        }

        await SuspendTasks.ResumeAsync(db, entry.Id, today, calendar, cancel);
        await rectifications.CatchUpAsync(db, entry, cancel);
        return [];
    }

    private static async Task<IReadOnlyList<Refusal>> RevokeAsync(
        CreditDbContext db, LeaveList leave, WriteNotice notices, ListEntry entry, DateOnly today, CancellationToken cancel)
    {
        List<Refusal> refusals = [];
        if (entry.State == EntryState.Verifying)
        {
            refusals.AddRange((await leave.ApplyAsync(db, entry, EntryTrigger.FindWrong, today, cancel)).Refusals);
        }
        else
        {
            refusals.AddRange(await RevokeFollowersAsync(db, leave, entry, today, cancel));
        }

        if (refusals.Count == 0)
        {
            await MakeGood.OrderAsync(db, entry, today, cancel);
            notices.Correction(db, entry, "经核实系误列入，自始不作为信用评价依据；将在原公示渠道更正。");
        }

        return refusals;
    }

    // The term may have ended during verification and opened a watch entry: it rests on the same error and goes with it (I7).
    private static async Task<IReadOnlyList<Refusal>> RevokeFollowersAsync(
        CreditDbContext db, LeaveList leave, ListEntry entry, DateOnly today, CancellationToken cancel)
    {
        List<Refusal> refusals = [];
        var followers = await db.Entries.Include(each => each.Publications)
            .Where(each => each.PredecessorId == entry.Id && each.WatchReason == WatchReason.AfterBlack
                && (each.State == EntryState.Active || each.State == EntryState.Verifying))
            .ToListAsync(cancel);
        foreach (var watch in followers)
        {
            var verified = watch.State == EntryState.Verifying ? watch : watch.Verify();
            refusals.AddRange(verified.Accepted
                ? (await leave.ApplyAsync(db, watch, EntryTrigger.FindWrong, today, cancel)).Refusals
                : verified.Refusals);
        }

        return refusals;
    }

    /// <summary>A conclusion.</summary>
    /// <param name="Conclusion">Upheld, corrected or revoked.</param>
    /// <param name="Finding">Written finding; the answer to both parties.</param>
    /// <param name="CorrectedFacts">The facts as corrected; for corrections only.</param>
    /// <param name="CorrectedValidTo">Last day of the term as corrected; for corrections only.</param>
    internal sealed record ConclusionBody(Conclusion Conclusion, string Finding, string? CorrectedFacts = null, DateOnly? CorrectedValidTo = null);
}
