using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight.Gaps;

/// <summary>
/// By department: decisions about listed subjects that a check was owed for, those checked and missed; rewards due, and those given
/// (R-3.1.6.a, R-3.5.2.b). Counted from the register as it is now; a department sees itself.
/// </summary>
internal sealed class CountGaps : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/gaps/departments", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(CountGaps))
            .WithSummary("Count checks owed, made and missed, and rewards due and given, by department, between two days")
            .Produces<GapTable>();

    private static async Task<IResult> HandleAsync(
        CreditDbContext db, Caller caller, PolicyPack pack, TimeProvider clock, CancellationToken cancel, DateOnly? from = null, DateOnly? to = null)
    {
        var today = clock.Today();
        var earliest = today.AddMonths(-pack.Gaps.LookBackMonths);
        var (first, last) = (from > earliest ? from.Value : earliest, to < today ? to.Value : today);
        if (!caller.SeesAllDepartments && caller.Department is null)
        {
            return TypedResults.Ok(new GapTable(first, last, []));
        }

        var owed = await OwedChecks.OfAsync(db, pack.Gaps, first, last, caller.SeesAllDepartments ? null : caller.Department, cancel);
        var proved = (await db.Gaps.Where(gap => gap.State == GapState.Proved && gap.On >= first && gap.On <= last)
            .Select(gap => new { gap.Kind, gap.AboutKey }).ToListAsync(cancel)).Select(gap => (gap.Kind, gap.AboutKey)).ToHashSet();

        // A decision is one, on however many lists its subject was.
        var decisions = owed.DistinctBy(each => (each.Duty.Kind, each.Duty.AboutKey))
            .Where(each => each.Done || each.Duty.Kind != GapKind.Reward || each.Duty.On < today)
            .Select(each => (each.Duty.Department, Reward: each.Duty.Kind == GapKind.Reward, Done: each.Done || proved.Contains((each.Duty.Kind, each.Duty.AboutKey))));
        return TypedResults.Ok(new GapTable(
            first, last,
            [
                .. decisions.GroupBy(each => each.Department).OrderBy(own => own.Key, StringComparer.Ordinal).Select(own => new GapsOfDepartment(
                    own.Key, own.Count(each => !each.Reward), own.Count(each => !each.Reward && each.Done), own.Count(each => !each.Reward && !each.Done),
                    own.Count(each => each.Reward), own.Count(each => each.Reward && each.Done))),
            ]));
    }

    /// <summary>The table.</summary>
    /// <param name="From">First day counted.</param>
    /// <param name="To">Last day counted.</param>
    /// <param name="Departments">By department.</param>
    internal sealed record GapTable(DateOnly From, DateOnly To, IReadOnlyList<GapsOfDepartment> Departments);

    /// <summary>One department.</summary>
    /// <param name="Department">Key of the department.</param>
    /// <param name="Owed">Decisions about listed subjects.</param>
    /// <param name="Checked">Those with a check of its own before.</param>
    /// <param name="Missed">Those without (应查未查).</param>
    /// <param name="RewardsDue">Rewards whose last day is over, or that were given.</param>
    /// <param name="RewardsGiven">Those given.</param>
    internal sealed record GapsOfDepartment(string Department, int Owed, int Checked, int Missed, int RewardsDue, int RewardsGiven);
}
