using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Oversight;
using Credit.Core.Rules;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>The subject of a black or watch entry applies for credit repair: the ways taken, each with its evidence (R-3.5.4.b).</summary>
internal sealed class ApplyForRepair : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries/{id:guid}/repairs", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(ApplyForRepair))
            .WithSummary("Apply for credit repair as the subject of an entry")
            .Produces<RepairView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                steps = new[]
                {
                    new { mode = "PublicCommitment", evidence = "信用承诺书（任信承〔2026〕31号）", doneOn = "2026-11-20" },
                    new { mode = "Training", evidence = "信用修复培训证书（鲁信培〔2026〕118号）", doneOn = "2026-11-21" },
                },
            });

    private static async Task<IResult> HandleAsync(
        Guid id, RepairBody body, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPacks packs, IWorkingCalendar calendar, CancellationToken cancel)
    {
        if (caller.SubjectId is null || await db.LockEntryAsync(id, cancel) is not { } locked)
        {
            return TypedResults.NotFound();
        }

        await using var transaction = locked.Transaction;
        var entry = locked.Entry;
        if (entry.SubjectId != caller.SubjectId)
        {
            return TypedResults.NotFound();
        }

        var today = clock.Today();
        var pack = await db.WithinAsync(entry.Recogniser, packs.ForRepair(entry.PolicyPack, today), cancel);
        var applied = Repair.Apply(
            entry, RepairStepBody.ToSteps(body.Steps), pack, today, calendar.DueDate(today, new WorkingDays(pack.AcceptRepairDays)));
        Refusal[] refusals = [.. applied.Refusals, .. RepairStepBody.AgainstPersonalText("steps", body.Steps.Select(step => step.Evidence))];
        if (refusals.Length == 0 && await db.Repairs.AnyAsync(
            each => each.EntryId == id && each.State != RepairState.Refused && each.State != RepairState.Lapsed && each.State != RepairState.ExitGranted, cancel))
        {
            refusals =
            [
                new("repair-open", "本条目已有在办或已批准的信用修复。", "A repair of this entry is open or approved already.", Clause.R("3.5.4.b")),
            ];
        }

        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        db.Add(applied.Value);
        await RepairTerms.OpenAsync(db, DeadlineKind.AcceptRepair, applied.Value, today, pack.AcceptRepairDays, calendar, cancel);
        await RepairTerms.TellAsync(db, InboxKind.Repair, applied.Value, $"条目 {entry.Id} 收到信用修复申请 {applied.Value.Id}", today, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/repairs/{applied.Value.Id}", RepairView.Of(applied.Value)).WithVersion(applied.Value.Version);
    }

    /// <summary>An application.</summary>
    /// <param name="Steps">The ways of repair taken.</param>
    internal sealed record RepairBody(IReadOnlyList<RepairStepBody> Steps);
}
