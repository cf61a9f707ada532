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
        Guid id, ConclusionBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, LeaveList leave, IWorkingCalendar calendar,
        CancellationToken cancel) =>
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
                if (body.Conclusion == Conclusion.Corrected && (string.IsNullOrWhiteSpace(body.CorrectedFacts) || objection.BeforeRecognition))
                {
                    return [new("corrected-facts-missing", "更正结论须给出更正后的事实，且仅适用于生效条目。", "A correction states the corrected facts, and is for entries in force.", Clause.R("3.5.7.b"), "correctedFacts")];
                }

                List<Refusal> refusals = [.. objection.Conclude(on, entry, body.Finding, caller.User, today).Refusals];
                if (refusals.Count > 0)
                {
                    return refusals;
                }

                await DeadlineBook.MeetAsync(db, DeadlineKind.ConcludeObjection, objection.Id, clock, cancel);
                if (objection.BeforeRecognition)
                {
                    return entry.State != EntryState.PreObjection ? []
                        : (body.Conclusion == Conclusion.Revoked ? entry.UpholdEarlyObjection() : entry.RejectEarlyObjection()).Refusals;
                }

                return body.Conclusion == Conclusion.Revoked
                    ? await RevokeAsync(db, leave, entry, today, cancel)
                    : await ConfirmAsync(db, entry, objection, body, today, calendar, cancel);
            },
            cancel);

    private static async Task<IReadOnlyList<Refusal>> ConfirmAsync(
        CreditDbContext db, ListEntry entry, Objection objection, ConclusionBody body, DateOnly today, IWorkingCalendar calendar, CancellationToken cancel)
    {
        var corrects = body.Conclusion == Conclusion.Corrected;
        var others = await db.Objections.AnyAsync(
            each => each.EntryId == entry.Id && each.Id != objection.Id && each.State == ObjectionState.Accepted, cancel);
        if (!corrects && (others || entry.State != EntryState.Verifying))
        {
            return [];
        }

        // Facts of an entry that left its list meanwhile are not corrected: the table of moves refuses.
        var confirmed = corrects ? entry.Correct(body.CorrectedFacts!) : entry.ConfirmCorrect();
        if (!confirmed.Accepted)
        {
            return confirmed.Refusals;
        }

        if (others)
        {
            // The correction takes effect at once (I58); another open objection keeps the entry under verification.
            return entry.Verify().Refusals;
        }

        await SuspendTasks.ResumeAsync(db, entry.Id, today, calendar, cancel);
        return [];
    }

    private static async Task<IReadOnlyList<Refusal>> RevokeAsync(CreditDbContext db, LeaveList leave, ListEntry entry, DateOnly today, CancellationToken cancel)
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
        }

        return refusals;
    }

    // The term may have ended during verification and opened a watch entry: it rests on the same error and goes with it (I7).
    private static async Task<IReadOnlyList<Refusal>> RevokeFollowersAsync(
        CreditDbContext db, LeaveList leave, ListEntry entry, DateOnly today, CancellationToken cancel)
    {
        List<Refusal> refusals = [];
        var followers = await db.Entries.Include(each => each.Publications)
            .Where(each => each.PredecessorId == entry.Id && each.WatchReason == "after-black"
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
    internal sealed record ConclusionBody(Conclusion Conclusion, string Finding, string? CorrectedFacts = null);
}
