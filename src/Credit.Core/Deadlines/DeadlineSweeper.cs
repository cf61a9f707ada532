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
/// effect (I34). Never before 00:00 in Shanghai of the day after (I35).
/// </summary>
internal sealed partial class DeadlineSweeper(IServiceScopeFactory scopes, TimeProvider clock, ILogger<DeadlineSweeper> log)
{
    /// <summary>Answers every passed deadline. One that fails stays open for the next sweep and holds no other up. Returns how many were answered.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancel)
    {
        var passed = 0;
        List<Guid> failed = [];
        while (await AnswerOneAsync(failed, cancel) is { } answered)
        {
            passed += answered ? 1 : 0;
        }

        return passed;
    }

    // True when one was answered, false when one failed or is no longer ours to answer, null when none is left.
    private async Task<bool?> AnswerOneAsync(List<Guid> failed, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var today = clock.Today();
        var next = await db.Deadlines
            .Where(each => each.State == DeadlineState.Open && each.DueOn < today && !failed.Contains(each.Id))
            .OrderBy(each => each.DueOn).ThenBy(each => each.Id)
            .Select(each => new { each.Id, each.AggregateId })
            .FirstOrDefaultAsync(cancel);
        if (next is null)
        {
            return null;
        }

        // Subject before deadline, as use cases have it; the other way round the two could wait for each other.
        await db.LockSubjectsOfAsync([next.AggregateId], cancel);
        var deadline = await db.Deadlines
            .FromSql($"SELECT * FROM core.deadline WHERE id = {next.Id} AND state = 'Open' AND due_on < {today} FOR UPDATE SKIP LOCKED")
            .SingleOrDefaultAsync(cancel);
        if (deadline is null)
        {
            // Met, moved or answered meanwhile, or another host is at it.
            failed.Add(next.Id);
            return false;
        }

        try
        {
            await AnswerAsync(scope.ServiceProvider, db, deadline, today, cancel);
            await transaction.CommitAsync(cancel);
            return true;
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            Failed(log, deadline.Kind, deadline.Id, fault.GetType().Name);
            failed.Add(deadline.Id);
            return false;
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

    [LoggerMessage(EventId = 2003, Level = LogLevel.Error, Message = "Answer to {Kind} deadline {Deadline} failed: {Failure}; it stays open")]
    private static partial void Failed(ILogger logger, DeadlineKind kind, Guid deadline, string failure);
}
