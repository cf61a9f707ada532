using Credit.Core.Deadlines;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>A notified department did not submit in time: it is overdue, and both it and the lead office are told (R-4.3.b). What waits for the lead office does not lapse.</summary>
internal sealed class LapseDepartmentRectification(CreditDbContext db, DepartmentDirectory departments, TimeProvider clock) : IDeadlineAnswer
{
    public DeadlineKind Kind => DeadlineKind.DepartmentRectification;

    public async Task PassedAsync(Deadline deadline, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM core.department_rectification WHERE id = {deadline.AggregateId} FOR UPDATE", cancel);
        var rectification = await db.DepartmentRectifications.SingleAsync(each => each.Id == deadline.AggregateId, cancel);
        if (!DepartmentRectificationLifecycle.Table.Allows(rectification.State, DepartmentRectificationTrigger.Lapse))
        {
            return;
        }

        _ = rectification.Lapse().Value;
        foreach (var department in new[] { rectification.Department, departments.LeadOffice.Key }.Distinct())
        {
            db.Add(new InboxItem
            {
                Department = department,
                Kind = InboxKind.DeadlinePassed,
                AggregateId = deadline.Id,
                Text = $"{departments.Find(rectification.Department)?.Name} 逾期未报送整改情况(期限{deadline.DueOn:yyyy-MM-dd}): {rectification.Id}",
                CreatedOn = clock.Today(),
            });
        }
    }
}
