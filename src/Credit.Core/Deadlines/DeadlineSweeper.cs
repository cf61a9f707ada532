using System.Collections.Concurrent;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Credit.Core.Deadlines;

/// <summary>
/// Announces what has passed: claim, act and mark in one transaction, so that any number of hosts and crashes yields one
/// effect (I34). Never before 00:00 in Shanghai of the day after (I35). An answer that fails or hangs is given up, waits longer each time, and
/// keeps no other deadline waiting (I95).
/// </summary>
internal sealed partial class DeadlineSweeper(IServiceScopeFactory scopes, StuckDeadlines stuck, TimeProvider clock, ILogger<DeadlineSweeper> log)
{
    /// <summary>Longest that one answer may take, by the machine's own clock: a lock that is not let go of is no reason to wait.</summary>
    public TimeSpan LongestAnswer { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Answers every passed deadline that is not waiting after a failure. One that fails stays open and holds no other up.</summary>
    /// <param name="cancel">Stops.</param>
    /// <param name="lanes">How many are answered at once: what hangs in one is passed by in the others.</param>
    /// <param name="answered">Told of each that was answered.</param>
    /// <returns>How many were answered.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancel, int lanes = 1, Action? answered = null)
    {
        var taken = new ConcurrentDictionary<Guid, bool>();
        return (await Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => RunLaneAsync(taken, answered, cancel)))).Sum();
    }

    private async Task<int> RunLaneAsync(ConcurrentDictionary<Guid, bool> taken, Action? answered, CancellationToken cancel)
    {
        var passed = 0;
        while (await NextAsync(taken, cancel) is var (id, aggregate))
        {
            if (taken.TryAdd(id, true) && await TryAnswerAsync(id, aggregate, cancel))
            {
                passed++;
                answered?.Invoke();
            }
        }

        return passed;
    }

    private async Task<(Guid Id, Guid AggregateId)?> NextAsync(ConcurrentDictionary<Guid, bool> taken, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        Guid[] passedBy = [.. taken.Keys, .. stuck.Waiting];
        var today = clock.Today();
        var next = await db.Deadlines
            .Where(each => each.State == DeadlineState.Open && each.DueOn < today && !passedBy.Contains(each.Id))
            .OrderBy(each => each.DueOn).ThenBy(each => each.Id)
            .Select(each => new { each.Id, each.AggregateId })
            .FirstOrDefaultAsync(cancel);
        return next is null ? null : (next.Id, next.AggregateId);
    }

    // False when it failed or is no longer ours to answer.
    private async Task<bool> TryAnswerAsync(Guid id, Guid aggregate, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(LongestAnswer);
        try
        {
            return await AnswerOneAsync(id, aggregate, limit.Token);
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            Failed(log, id, fault is OperationCanceledException ? "TooSlow" : fault.GetType().Name);
            if (stuck.Failed(id))
            {
                await TellStuckAsync(id, stopping);
            }

            return false;
        }
    }

    private async Task<bool> AnswerOneAsync(Guid id, Guid aggregate, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var today = clock.Today();

        // Subject before deadline, as use cases have it; the other way round the two could wait for each other.
        await db.LockSubjectsOfAsync([aggregate], cancel);
        var deadline = await db.Deadlines
            .FromSql($"SELECT * FROM core.deadline WHERE id = {id} AND state = 'Open' AND due_on < {today} FOR UPDATE SKIP LOCKED")
            .SingleOrDefaultAsync(cancel);
        if (deadline is null)
        {
            // Met, moved or answered meanwhile, or another host is at it.
            return false;
        }

        await AnswerAsync(scope.ServiceProvider, db, deadline, today, cancel);
        await transaction.CommitAsync(cancel);
        stuck.Answered(id);
        return true;
    }

    // What nobody answers is somebody's to see: once, however often and on however many hosts it fails.
    private async Task TellStuckAsync(Guid id, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({"credit/stuck/" + id}))", cancel);
        if (await db.Deadlines.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id && each.State == DeadlineState.Open, cancel) is not { } deadline
            || await db.Inbox.AnyAsync(item => item.Kind == InboxKind.DeadlineStuck && item.AggregateId == id, cancel))
        {
            return;
        }

        db.Add(new InboxItem
        {
            Department = scope.ServiceProvider.GetRequiredService<DepartmentDirectory>().LeadOffice.Key,
            Kind = InboxKind.DeadlineStuck,
            AggregateId = id,
            Text = $"{deadline.Kind} 期限已过({deadline.DueOn:yyyy-MM-dd})，平台多次处理未成功: {deadline.AggregateId}",
            CreatedOn = clock.Today(),
        });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task AnswerAsync(IServiceProvider services, CreditDbContext db, Deadline deadline, DateOnly today, CancellationToken cancel)
    {
        var answers = services.GetServices<IDeadlineAnswer>().Where(answer => answer.Kind == deadline.Kind).ToArray();
        foreach (var answer in answers)
        {
            await answer.PassedAsync(deadline, cancel);
        }

        if (answers.Length == 0)
        {
            await TellAsync(db, services.GetRequiredService<DepartmentDirectory>(), deadline, today, cancel);
        }

        foreach (var told in await db.Inbox.Where(item => item.Kind == InboxKind.DeadlineStuck && item.AggregateId == deadline.Id && item.DoneAt == null).ToListAsync(cancel))
        {
            told.Complete(by: "platform", outcome: "平台已处理", now: clock.GetUtcNow());
        }

        // The answer itself may have met the deadline, as an exit meets the expiry.
        deadline.State = DeadlineState.Passed;
        deadline.EndedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancel);
    }

    private static async Task TellAsync(CreditDbContext db, DepartmentDirectory departments, Deadline deadline, DateOnly today, CancellationToken cancel)
    {
        foreach (var department in new[] { deadline.Department, departments.LeadOffice.Key }.OfType<string>().Distinct())
        {
            var told = await db.Inbox.AnyAsync(
                item => item.Department == department && item.Kind == InboxKind.DeadlinePassed && item.AggregateId == deadline.Id, cancel);
            if (!told)
            {
                db.Add(new InboxItem
                {
                    Department = department,
                    Kind = InboxKind.DeadlinePassed,
                    AggregateId = deadline.Id,
                    Text = $"{deadline.Kind} 期限已过({deadline.DueOn:yyyy-MM-dd}): {deadline.AggregateId}",
                    CreatedOn = today,
                });
            }
        }
    }

    [LoggerMessage(EventId = 2003, Level = LogLevel.Error, Message = "Answer to deadline {Deadline} failed: {Failure}; it stays open")]
    private static partial void Failed(ILogger logger, Guid deadline, string failure);
}
