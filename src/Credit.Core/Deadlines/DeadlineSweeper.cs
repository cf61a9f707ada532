using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Deadlines;

/// <summary>
/// Announces what has passed: claim, act and mark in one transaction, so that any number of hosts and crashes yields one
/// effect (I34). Never before 00:00 in Shanghai of the day after (I35).
/// </summary>
internal sealed class DeadlineSweeper(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Answers every passed deadline. Returns how many.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancel)
    {
        var passed = 0;
        while (await AnswerOneAsync(cancel))
        {
            passed++;
        }

        return passed;
    }

    private async Task<bool> AnswerOneAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var today = clock.Today();
        var deadline = await db.Deadlines
            .FromSql($"SELECT * FROM core.deadline WHERE state = 'Open' AND due_on < {today} ORDER BY due_on, id LIMIT 1 FOR UPDATE SKIP LOCKED")
            .SingleOrDefaultAsync(cancel);
        if (deadline is null)
        {
            return false;
        }

        var answers = scope.ServiceProvider.GetServices<IDeadlineAnswer>().Where(answer => answer.Kind == deadline.Kind).ToArray();
        foreach (var answer in answers)
        {
            await answer.PassedAsync(deadline, cancel);
        }

        if (answers.Length == 0)
        {
            await TellAsync(db, scope.ServiceProvider.GetRequiredService<DepartmentDirectory>(), deadline, today, cancel);
        }

        // The answer itself may have met the deadline, as an exit meets the expiry.
        deadline.State = DeadlineState.Passed;
        deadline.EndedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
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
}
