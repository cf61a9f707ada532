using System.Data.Common;
using System.Globalization;
using Credit.Core.Http;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Credit.Core.Deadlines;

/// <summary>
/// Announces what has passed: claim, act and mark in one transaction, so that any number of hosts and crashes yields one
/// effect (I34). Never before 00:00 in Shanghai of the day after (I35). An answer that fails or hangs is given up, waits longer each time, and
/// keeps no other deadline waiting (I95).
/// </summary>
internal sealed partial class DeadlineSweeper(IServiceScopeFactory scopes, StuckDeadlines stuck, StuckNotices notices, TimeProvider clock, ILogger<DeadlineSweeper> log)
{
    // Whoever holds a subject for a command is done by then; whoever holds it longer keeps only this one deadline waiting.
    private static readonly TimeSpan LongestLock = TimeSpan.FromMilliseconds(500);

    // What heeds that it is given up ends within it; the driver itself takes two seconds to let go of a statement.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>Longest that one answer may take, by the machine's own clock: a lock that is not let go of is no reason to wait.</summary>
    public TimeSpan LongestAnswer { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Answers every passed deadline that is not waiting after a failure. One that fails stays open and holds no other up.</summary>
    /// <param name="cancel">Stops.</param>
    /// <param name="lanes">How many are answered at once: what hangs in one is passed by in the others.</param>
    /// <param name="tried">Told of each that was tried, whatever came of it.</param>
    /// <returns>How many were answered.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancel, int lanes = 1, Action? tried = null)
    {
        await ForgetEndedAsync(cancel);
        var turns = new SweepTurns();
        return (await Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => RunLaneAsync(turns, tried, cancel)))).Sum();
    }

    // Met, moved or answered by another host: it is stuck no longer.
    private async Task ForgetEndedAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        var (today, failed) = (clock.Today(), stuck.Known.ToArray());
        if (failed.Length > 0)
        {
            var open = await db.Deadlines.Where(each => failed.Contains(each.Id) && each.State == DeadlineState.Open && each.DueOn < today).Select(each => each.Id).ToListAsync(cancel);
            foreach (var ended in failed.Except(open))
            {
                stuck.Answered(ended);
            }
        }

        await TryNoticeAsync(notices.CloseEndedAsync, cancel);
    }

    private async Task<int> RunLaneAsync(SweepTurns turns, Action? tried, CancellationToken cancel)
    {
        var passed = 0;
        while (await NextAsync(turns, cancel) is var (id, aggregate, subject))
        {
            if (!turns.TryTake(aggregate, subject))
            {
                continue;
            }

            switch (await TryAnswerAsync(id, aggregate, cancel))
            {
                case Attempt.Answered:
                    turns.Release(subject);
                    passed++;
                    break;
                case Attempt.Failed:
                    turns.PassBy(id, subject);
                    break;
            }

            tried?.Invoke();
        }

        return passed;
    }

    private async Task<(Guid Id, Guid AggregateId, Guid SubjectId)?> NextAsync(SweepTurns turns, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        var (deadlines, aggregates) = turns.PassedBy;
        Guid[] passedBy = [.. deadlines, .. stuck.Waiting];
        var today = clock.Today();
        var next = await db.Deadlines
            .Where(each => each.State == DeadlineState.Open && each.DueOn < today && !passedBy.Contains(each.Id) && !aggregates.Contains(each.AggregateId))
            .OrderBy(each => each.DueOn).ThenBy(each => each.Id)
            .Select(each => new { each.Id, each.AggregateId })
            .FirstOrDefaultAsync(cancel);
        return next is null ? null : (next.Id, next.AggregateId, await db.SubjectOfAsync(next.AggregateId, cancel) ?? next.AggregateId);
    }

    // An answer that does not heed being given up is left behind, and its connection with it: what it holds is let go of, and what it did is undone.
    private async Task<Attempt> TryAnswerAsync(Guid id, Guid aggregate, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(LongestAnswer);
        var scope = scopes.CreateAsyncScope();
        var connection = scope.ServiceProvider.GetRequiredService<CreditDbContext>().Database.GetDbConnection();
        var answer = Task.Run(() => AnswerOneAsync(scope.ServiceProvider, id, aggregate, limit.Token), CancellationToken.None);
        try
        {
            await Task.WhenAny(answer, GivenUpAsync(limit.Token));
            if (!answer.IsCompleted)
            {
                stopping.ThrowIfCancellationRequested();
                throw new TimeoutException();
            }

            return await answer ? Attempt.Answered : Attempt.Failed;
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            var busy = fault is OperationCanceledException or TimeoutException || Failure.Of(fault) is { Status: StatusCodes.Status503ServiceUnavailable };
            Failed(log, id, fault is OperationCanceledException or TimeoutException ? "TooSlow" : fault.GetType().Name);
            if (stuck.Failed(id))
            {
                await TryNoticeAsync(stop => notices.TellAsync(id, stop), stopping);
            }

            return busy ? Attempt.Blocked : Attempt.Failed;
        }
        finally
        {
            await LetGoAsync(scope, connection, answer);
        }
    }

    private static async Task GivenUpAsync(CancellationToken limit)
    {
        await Task.Delay(Timeout.Infinite, limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(Grace, CancellationToken.None);
    }

    private static async Task LetGoAsync(AsyncServiceScope scope, DbConnection connection, Task<bool> answer)
    {
        if (answer.IsCompleted)
        {
            await scope.DisposeAsync();
            return;
        }

        // Whatever the answer says later is said to nobody: a disposed connection opens no more.
        _ = answer.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var left = Task.Run(async () =>
        {
            await connection.DisposeAsync();
            await scope.DisposeAsync();
        });
        await Task.WhenAny(left, Task.Delay(Grace));
        _ = left.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task<bool> AnswerOneAsync(IServiceProvider services, Guid id, Guid aggregate, CancellationToken cancel)
    {
        var db = services.GetRequiredService<CreditDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var today = clock.Today();

        // Subject before deadline, as use cases have it; the other way round the two could wait for each other.
        await db.Database.ExecuteSqlAsync($"SELECT set_config('lock_timeout', {LongestLock.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)}, true)", cancel);
        await db.LockSubjectsOfAsync([aggregate], cancel);
        await db.Database.ExecuteSqlAsync($"SET LOCAL lock_timeout TO DEFAULT", cancel);
        var deadline = await db.Deadlines
            .FromSql($"SELECT * FROM core.deadline WHERE id = {id} AND state = 'Open' AND due_on < {today} FOR UPDATE SKIP LOCKED")
            .SingleOrDefaultAsync(cancel);
        if (deadline is null)
        {
            // Met, moved or answered meanwhile, or another host is at it.
            return false;
        }

        await AnswerAsync(services, db, deadline, today, cancel);
        cancel.ThrowIfCancellationRequested();

        // Once begun it is not called back: whether it was answered must be known.
        await transaction.CommitAsync(CancellationToken.None);
        stuck.Answered(id);
        return true;
    }

    // That it cannot be told now is no reason to stop the sweep: the next failure tells.
    private async Task TryNoticeAsync(Func<CancellationToken, Task> notice, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(LongestAnswer);
        try
        {
            await notice(limit.Token);
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            NoticeFailed(log, fault.GetType().Name);
        }
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

    private enum Attempt
    {
        /// <summary>It is done with.</summary>
        Answered,

        /// <summary>It failed, or another host is at it.</summary>
        Failed,

        /// <summary>It waited in vain, as all others about the subject would in this sweep.</summary>
        Blocked,
    }

    [LoggerMessage(EventId = 2004, Level = LogLevel.Error, Message = "The lead office's item of a stuck deadline could not be kept: {Failure}")]
    private static partial void NoticeFailed(ILogger logger, string failure);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Error, Message = "Answer to deadline {Deadline} failed: {Failure}; it stays open")]
    private static partial void Failed(ILogger logger, Guid deadline, string failure);
}
