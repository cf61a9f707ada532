using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Rules;

/// <summary>The steps a department added of its own, and whom it narrowed them to (R-3.6.2).</summary>
internal static class OwnSteps
{
    /// <summary>The department's steps for what began on this day; null for the platform's alone.</summary>
    public static async Task<WorkflowSteps?> StepsForAsync(this CreditDbContext db, string department, DateOnly begunOn, CancellationToken cancel) =>
        (await db.Workflows.AsNoTracking().Include(each => each.Steps).SingleOrDefaultAsync(each => each.Department == department, cancel))?.StepsFor(begunOn);

    /// <summary>Why the caller does not take a step that the department narrowed to one role; empty when it may.</summary>
    public static IEnumerable<Refusal> AgainstRole(StepRole? narrowed, Caller caller) =>
        narrowed is not { } role || caller.Is(role == StepRole.Officer ? Roles.Officer : Roles.Approver)
            ? []
            :
            [
                new(
                    "step-not-for-role",
                    role == StepRole.Officer ? "本部门规定此步骤由经办人办理。" : "本部门规定此步骤由审核人办理。",
                    $"The department lets only its {(role == StepRole.Officer ? "officers" : "approvers")} take this step.",
                    Clause.R("3.6.2")),
            ];

    /// <summary>What the department's own workflow has against a decision now: the legal review it asks for. The subject's lock is held.</summary>
    public static async Task<IReadOnlyList<Refusal>> AgainstDecisionAsync(this CreditDbContext db, ReviewedMatter matter, Caller caller, CancellationToken cancel)
    {
        var steps = await db.StepsForAsync(matter.Department, matter.BegunOn, cancel);
        if (steps is null || !steps.LegalReview.Contains(matter.Decision))
        {
            return [];
        }

        var reviews = await db.LegalReviews.AsNoTracking().Where(each => each.AboutId == matter.Id && each.Decision == matter.Decision).ToListAsync(cancel);
        return [.. LegalReview.AgainstDecision(reviews, caller.User)];
    }
}
