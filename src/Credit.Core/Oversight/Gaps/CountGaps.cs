using System.Data;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Core.Subjects;
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
        CreditDbContext db, SubjectIdentities identities, Caller caller, PolicyPack pack, TimeProvider clock, CancellationToken cancel, DateOnly? from = null, DateOnly? to = null)
    {
        var today = clock.Today();
        var earliest = today.AddMonths(-pack.Gaps.LookBackMonths);
        var (first, last) = (from > earliest ? from.Value : earliest, to < today ? to.Value : today);
        if (!caller.SeesAllDepartments && caller.Department is null)
        {
            return TypedResults.Ok(new GapTable(first, last, []));
        }

        var (period, own) = ((first, last, today), caller.SeesAllDepartments ? null : caller.Department);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await OwedChecks.MakeRoomAsync(db, cancel);
        var owed = await OwedChecks.CountAsync(db, pack.Gaps, period, own, cancel);
        var proved = (await db.Gaps.Where(gap => gap.State == GapState.Proved && gap.On >= first && gap.On <= last)
            .Select(gap => new { gap.Kind, gap.AboutKey }).ToListAsync(cancel)).Select(gap => (gap.Kind, gap.AboutKey)).ToHashSet();

        // A decision is one, on however many lists its subject was.
        var missed = (await OwedChecks.MissedAsync(db, identities, pack.Gaps, period, own, cancel))
            .Where(each => !each.Done && !proved.Contains((each.Duty.Kind, each.Duty.AboutKey))).DistinctBy(each => (each.Duty.Kind, each.Duty.AboutKey))
            .CountBy(each => (each.Duty.Department, Reward: each.Duty.Kind == GapKind.Reward)).ToDictionary();
        return TypedResults.Ok(new GapTable(
            first, last,
            [
                .. owed.GroupBy(each => each.Department).OrderBy(each => each.Key, StringComparer.Ordinal).Select(each =>
                {
                    var (checks, rewards) = (each.Where(count => !count.Reward).Sum(count => count.Owed), each.Where(count => count.Reward).Sum(count => count.Owed));
                    var (notAsked, ungiven) = (missed.GetValueOrDefault((each.Key, false)), missed.GetValueOrDefault((each.Key, true)));
                    return new GapsOfDepartment(each.Key, checks, checks - notAsked, notAsked, rewards, rewards - ungiven);
                }),
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
