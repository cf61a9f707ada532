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
    // Megabytes of one step of the join.
    private const int Room = 32;

    // Two seconds in all: a table of one department takes less.
    private const int Tries = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/gaps/departments", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(CountGaps))
            .WithSummary("Count checks owed, made and missed, and rewards due and given, by department, between two days")
            .Produces<GapTable>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> HandleAsync(
        CreditDbContext db, SubjectIdentities identities, Caller caller, PolicyPack pack, TimeProvider clock, HttpResponse response, CancellationToken cancel, DateOnly? from = null, DateOnly? to = null)
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
        if (!await TakeTurnAsync(db, cancel))
        {
            response.Headers.RetryAfter = "5";
            return TypedResults.Problem(
                statusCode: StatusCodes.Status503ServiceUnavailable, type: "/problems/unavailable", extensions: new Dictionary<string, object?> { ["code"] = "unavailable" });
        }

        await OwedChecks.MakeRoomAsync(db, Room, cancel);
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

    // The district is joined for one caller at a time, on all hosts together: whoever asks in a loop takes neither memory nor connections from others.
    private static async Task<bool> TakeTurnAsync(CreditDbContext db, CancellationToken cancel)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            if (await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtext('credit/gap-table')) AS \"Value\"").SingleAsync(cancel))
            {
                return true;
            }

            await Task.Delay(Pause, cancel);
        }

        return false;
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
