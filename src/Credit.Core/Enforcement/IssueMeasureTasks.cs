using Credit.Abstractions;
using Credit.Core.Deadlines;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>
/// An entry came into force: every department gets its task under every memorandum the entry triggers (R-3.5.1.b, I42).
/// A second run adds nothing, because an entry owes each measure once per department.
/// </summary>
internal sealed class IssueMeasureTasks(
    CreditDbContext db, MemorandumCatalogue catalogue, DepartmentDirectory departments, CanonicalMeasures canonical, PolicyPacks packs, IWorkingCalendar calendar, TimeProvider clock) : IHandle<EntryPublished>
{
    public async Task HandleAsync(EntryPublished announced, CancellationToken cancel)
    {
        // The entry may have moved on since: one that left its list, or whose last day is over, obliges nobody (I39).
        var today = clock.Today();
        if (await db.LoadLockedEntryAsync(announced.EntryId, cancel) is not { } entry || !Owing.Obliges(entry, today))
        {
            return;
        }

        var issued = (await db.Tasks.Where(task => task.EntryId == entry.Id && task.PersonId == null).Select(task => new { task.MeasureKey, task.Department }).ToListAsync(cancel))
            .Select(task => (task.MeasureKey, task.Department)).ToHashSet();
        var memoranda = await catalogue.CurrentAsync(db, cancel);
        var owed = OwedMeasures.Of(memoranda, departments, entry, packs.Named(entry.PolicyPack), announced.ValidFrom).Where(owed => !issued.Contains((owed.Measure.Key, owed.Department)));
        foreach (var (memorandum, measure, department) in owed.ToArray())
        {
            var due = calendar.DueDate(today, measure.Within);
            var task = MeasureTask.Dispatch(entry, memorandum.Code, memorandum.Version, measure, department, today, due, citation: canonical.Cite(measure));
            db.Add(task);
            var term = DeadlineBook.Open(db, DeadlineKind.TaskFeedback, task.Id, department, today, measure.Within.Count, calendar);
            if (task.Execution == TaskExecution.Suspended)
            {
                // Given out while the entry is verified: the whole term is still to come.
                term.State = DeadlineState.Resting;
            }
        }

        await db.SaveChangesAsync(cancel);
    }
}
