using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Listing;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>The recogniser wants something put right by a day, where performance can cure it; the subject is told (R-3.4.2.c).</summary>
internal sealed class RequireRectification : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries/{id:guid}/rectifications", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(RequireRectification))
            .WithSummary("Require a rectification of an entry: requirement and last day")
            .Produces<RectificationView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { requirement = "补报2026年第三季度增值税，并建立申报台账。", due = "2026-12-24" });

    private static async Task<IResult> HandleAsync(
        Guid id, RequirementBody body, CreditDbContext db, Caller caller, TimeProvider clock, WriteNotice notices, CancellationToken cancel)
    {
        if (await db.LockEntryAsync(id, cancel) is not { } locked)
        {
            return TypedResults.NotFound();
        }

        await using var transaction = locked.Transaction;
        var entry = locked.Entry;
        if (entry.Recogniser != caller.Department)
        {
            return GetEntry.MaySee(entry, caller, clock.Today()) ? EntryAccess.NotYours.ToProblem() : TypedResults.NotFound();
        }

        var required = Rectification.Require(entry, body.Requirement, body.Due, clock.Today());
        Refusal[] refusals = [.. required.Refusals, .. RepairStepBody.AgainstPersonalText("requirement", body.Requirement)];
        if (refusals.Length == 0 && await IsOpenAsync(db, id, cancel))
        {
            refusals = [new("rectification-open", "本条目已有在办的限期整改。", "A rectification of this entry is open.", Clause.R("3.4.2.c"))];
        }

        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        db.Add(required.Value);
        DeadlineBook.OpenOn(db, DeadlineKind.Rectify, required.Value.Id, entry.Recogniser, required.Value.RequiredOn, required.Value.Due);
        notices.Rectification(db, entry, required.Value);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/rectifications/{required.Value.Id}", RectificationView.Of(required.Value)).WithVersion(required.Value.Version);
    }

    private static Task<bool> IsOpenAsync(CreditDbContext db, Guid entryId, CancellationToken cancel) => db.Rectifications.AnyAsync(
        each => each.EntryId == entryId
            && (each.State == RectificationState.Required || each.State == RectificationState.Submitted || each.State == RectificationState.Rejected
                || each.State == RectificationState.TalkDue),
        cancel);

    /// <summary>A requirement.</summary>
    /// <param name="Requirement">What is to be put right; without personal numbers.</param>
    /// <param name="Due">Last day to submit.</param>
    internal sealed record RequirementBody(string? Requirement = null, DateOnly? Due = null);
}
