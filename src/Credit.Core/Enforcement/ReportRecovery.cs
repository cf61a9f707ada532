using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>The department that granted a benefit for a wrong red entry reports what became of its recovery (R-3.5.7.e).</summary>
internal sealed class ReportRecovery : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/recoveries/{id:guid}/result", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(ReportRecovery))
            .WithSummary("Report that a benefit was recovered, or why it cannot be")
            .Produces<RecoveryView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { recovered = true, result = "已收回补贴资金并恢复正常办理顺序。" });

    private static async Task<IResult> HandleAsync(
        Guid id, RecoveryResult body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        var known = await db.Recoveries.Where(each => each.Id == id).Select(each => new { each.SubjectId, each.Department }).SingleOrDefaultAsync(cancel);
        if (known is null || caller.Department != known.Department)
        {
            return TypedResults.NotFound();
        }

        if (PersonalText.IsIn(body.Result))
        {
            return new Refusal(
                "evidence-names-person", "材料说明中不得出现证件号码或电话。", "Evidence may not hold identity numbers or telephone numbers.", Clause.R("3.2.4.f"), "result").ToProblem();
        }

        await using var transaction = await db.LockSubjectAsync(known.SubjectId, cancel);
        var recovery = await db.Recoveries.SingleAsync(each => each.Id == id, cancel);
        if (seen.Against(recovery.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var reported = recovery.Report(body.Recovered, body.Result, caller.User, clock.Today());
        if (!reported.Accepted)
        {
            return reported.Refusals.ToProblem();
        }

        await DeadlineBook.MeetAsync(db, DeadlineKind.RecoverBenefit, recovery.Id, clock, cancel);
        await CompleteInboxItem.CloseAsync(db, InboxKind.RecoverBenefits, recovery.TaskId, caller, clock, body.Result, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(RecoveryView.Of(recovery)).WithVersion(recovery.Version);
    }

    /// <summary>What became of a recovery.</summary>
    /// <param name="Recovered">True when it was recovered.</param>
    /// <param name="Result">What was recovered, or why it cannot be; without personal numbers.</param>
    internal sealed record RecoveryResult(bool Recovered, string Result);

    /// <summary>A recovery as its department sees it.</summary>
    /// <param name="Id">Identity.</param>
    /// <param name="EntryId">The wrong red entry.</param>
    /// <param name="TaskId">The task under which the benefit was granted.</param>
    /// <param name="Benefit">The benefit.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="Result">What became of it.</param>
    /// <param name="ReportedOn">Day it was reported.</param>
    /// <param name="Version">Version, as in the ETag.</param>
    internal sealed record RecoveryView(
        Guid Id, Guid EntryId, Guid TaskId, string Benefit, RecoveryState State, string? Result, DateOnly? ReportedOn, int Version)
    {
        public static RecoveryView Of(Recovery recovery) => new(
            recovery.Id, recovery.EntryId, recovery.TaskId, recovery.Benefit, recovery.State, recovery.Result, recovery.ReportedOn, recovery.Version);
    }
}
