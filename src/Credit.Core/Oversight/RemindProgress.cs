using Credit.Core.Deadlines;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>A progress report was not made in time: the department is told; the lead office has it on its overdue list (R-4.3.a).</summary>
internal sealed class RemindProgress(CreditDbContext db, TimeProvider clock) : IDeadlineAnswer
{
    public DeadlineKind Kind => DeadlineKind.ReportProgress;

    public async Task PassedAsync(Deadline deadline, CancellationToken cancel)
    {
        var term = await db.ProgressTerms.SingleAsync(each => each.Id == deadline.AggregateId, cancel);
        db.Add(new InboxItem
        {
            Department = term.Department,
            Kind = InboxKind.ProgressOverdue,
            AggregateId = term.Id,
            Text = $"重点任务{term.TaskNo}工作进展({term.From:yyyy-MM-dd}至{term.To:yyyy-MM-dd})逾期未报，应于{term.DueOn:yyyy-MM-dd}前报送",
            CreatedOn = clock.Today(),
        });
    }
}
