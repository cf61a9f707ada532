using Credit.Core.Deadlines;
using Credit.Core.Enforcement;
using Credit.Core.Http;
using Credit.Core.Listing;
using Credit.Core.Rules;
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
        WithdrawMeasure withdraw, MakeGood good, RectificationTerms rectifications, WriteNotice notices, IWorkingCalendar calendar, CancellationToken cancel) =>
        db.MoveObjectionAsync(
            id,
            caller,
            seen,
            async (objection, entry) =>
            {
                if (await db.AgainstDecisionAsync(ReviewedMatter.Of(objection, entry), caller, cancel) is { Count: > 0 } unreviewed)
                {
                    return unreviewed;
                }

                var today = clock.Today();
                var was = entry.ValidTo;
                var conclusion = new Domain.DueProcess.Conclusion(TriggerOf(body.Conclusion), body.Finding, caller.User, body.CorrectedFacts, body.CorrectedValidTo);
                if (objection.TaskId is not null)
                {
                    var aboutMeasure = await withdraw.ConcludeAsync(db, objection, entry, conclusion, cancel);
                    if (aboutMeasure.Count == 0)
                    {
                        notices.Answer(db, entry, objection.Id, "措施异议", TitleOf(body.Conclusion), body.Finding, objection.Handler);
                    }

                    return aboutMeasure;
                }

                var concluded = Verification.Conclude(
                    objection,
                    entry,
                    conclusion,
                    await db.Objections.Where(each => each.EntryId == entry.Id && each.TaskId == null && each.Id != objection.Id).ToListAsync(cancel),
                    await db.Entries.Include(each => each.Publications).Where(each => each.PredecessorId == entry.Id).ToListAsync(cancel),
                    correct.Against(entry, body.CorrectedFacts, body.CorrectedValidTo),
                    today);
                if (!concluded.Accepted)
                {
                    return concluded.Refusals;
                }

                notices.Answer(db, entry, objection.Id, "异议", TitleOf(body.Conclusion), body.Finding);
                await correct.FollowAsync(db, entry, was, body.Conclusion == Conclusion.Corrected, cancel);
                return await FollowAsync(db, leave, good, rectifications, objection, entry, concluded.Value, clock, calendar, cancel);
            },
            cancel);

    private static async Task<IReadOnlyList<Refusal>> FollowAsync(
        CreditDbContext db, LeaveList leave, MakeGood good, RectificationTerms rectifications, Objection objection, ListEntry entry,
        Consequence consequence, TimeProvider clock, IWorkingCalendar calendar, CancellationToken cancel)
    {
        var today = clock.Today();
        await DeadlineBook.MeetAsync(db, DeadlineKind.ConcludeObjection, objection.Id, clock, cancel);
        if (consequence.Resumes)
        {
            await SuspendTasks.ResumeAsync(db, entry.Id, today, calendar, cancel);
            await rectifications.CatchUpAsync(db, entry, cancel);
        }

        foreach (var wrong in consequence.Wrong)
        {
            var left = await leave.ApplyAsync(db, wrong, EntryTrigger.FindWrong, today, cancel);
            if (!left.Accepted)
            {
                return left.Refusals;
            }
        }

        if (consequence.MakesGood)
        {
            await good.OrderAsync(db, entry, cancel);
        }

        return [];
    }

    private static string TitleOf(Conclusion conclusion) => conclusion switch
    {
        Conclusion.Upheld => "维持原认定",
        Conclusion.Corrected => "予以更正",
        _ => "予以撤销",
    };

    private static ObjectionTrigger TriggerOf(Conclusion conclusion) => conclusion switch
    {
        Conclusion.Upheld => ObjectionTrigger.Uphold,
        Conclusion.Corrected => ObjectionTrigger.Correct,
        _ => ObjectionTrigger.Revoke,
    };

    /// <summary>A conclusion.</summary>
    /// <param name="Conclusion">Upheld, corrected or revoked.</param>
    /// <param name="Finding">Written finding; the answer to both parties.</param>
    /// <param name="CorrectedFacts">The facts as corrected; for corrections only.</param>
    /// <param name="CorrectedValidTo">Last day of the term as corrected; for corrections only.</param>
    internal sealed record ConclusionBody(Conclusion Conclusion, string Finding, string? CorrectedFacts = null, DateOnly? CorrectedValidTo = null);
}
