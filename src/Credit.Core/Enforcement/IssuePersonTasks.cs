using Credit.Abstractions;
using Credit.Core.Deadlines;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Accountability;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>
/// A person answers for a unit's entry: departments get the unit's measures that reach persons for that person too (R-3.4.6.c).
/// They stop with the unit's. A second run adds nothing, because an entry owes each measure once per department and person.
/// </summary>
internal sealed class IssuePersonTasks(
    CreditDbContext db, MemorandumCatalogue catalogue, DepartmentDirectory departments, CanonicalMeasures canonical, PolicyPacks packs, IWorkingCalendar calendar,
    TimeProvider clock) : IHandle<AccountabilityStarted>
{
    public async Task HandleAsync(AccountabilityStarted announced, CancellationToken cancel)
    {
        // Entry and item may have moved on since: what ended obliges nobody (I39).
        var today = clock.Today();
        if (await db.LoadLockedEntryAsync(announced.EntryId, cancel) is not { } entry || !entry.InForce(today)
            || await db.AccountabilityItems.SingleOrDefaultAsync(each => each.Id == announced.ItemId, cancel) is not { State: AccountabilityState.InForce } item)
        {
            return;
        }

        var issued = (await db.Tasks.Where(task => task.EntryId == entry.Id && task.PersonId == item.PersonId)
                .Select(task => new { task.MeasureKey, task.Department }).ToListAsync(cancel))
            .Select(task => (task.MeasureKey, task.Department)).ToHashSet();
        var owed = OwedMeasures.Of(await catalogue.CurrentAsync(db, cancel), departments, entry, packs.Named(entry.PolicyPack), entry.ValidFrom!.Value)
            .Where(owed => canonical.Reaches(owed.Measure, item.Responsibility))
            .Where(owed => !issued.Contains((owed.Measure.Key, owed.Department)));
        foreach (var (memorandum, measure, department) in owed.ToArray())
        {
            var due = calendar.DueDate(today, measure.Within);
            var task = MeasureTask.Dispatch(entry, memorandum.Code, memorandum.Version, measure, department, today, due, item, canonical.Cite(measure));
            db.Add(task);
            var term = DeadlineBook.Open(db, DeadlineKind.TaskFeedback, task.Id, department, today, measure.Within.Count, calendar);
            if (task.Execution == TaskExecution.Suspended)
            {
                term.State = DeadlineState.Resting;
            }
        }

        await db.SaveChangesAsync(cancel);
    }
}
