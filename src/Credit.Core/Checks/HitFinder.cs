using Credit.Abstractions;
using Credit.Core.Enforcement;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Accountability;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Checks;

/// <summary>The entries in force that a check hits: a subject's own, and for a person those of a unit it answers for (R-3.4.6.c).</summary>
internal sealed class HitFinder(
    CreditDbContext db, CheckedMatter matter, string department, IReadOnlyList<IMemorandum> memoranda, DepartmentDirectory departments,
    CanonicalMeasures canonical, PolicyPacks packs, DateOnly today)
{
    /// <summary>The hits of each subject, the oldest entry first.</summary>
    public async Task<ILookup<Guid, Hit>> FindAsync(Guid[] subjects, CancellationToken cancel)
    {
        var held = await db.AccountabilityItems.AsNoTracking()
            .Where(item => subjects.Contains(item.PersonId) && item.State == AccountabilityState.InForce)
            .Select(item => new { item.PersonId, item.EntryId, item.Responsibility })
            .ToListAsync(cancel);
        var ofUnits = held.Select(item => item.EntryId).Distinct().ToArray();
        var entries = await db.Entries.AsNoTracking()
            .Where(entry => (subjects.Contains(entry.SubjectId) || ofUnits.Contains(entry.Id))
                && (entry.State == EntryState.Active || entry.State == EntryState.Verifying) && entry.ValidFrom <= today && entry.ValidTo >= today)
            .OrderBy(entry => entry.ValidFrom).ThenBy(entry => entry.Id)
            .ToListAsync(cancel);
        var ids = entries.Select(entry => entry.Id).ToArray();
        var tasks = (await db.Tasks.AsNoTracking().Where(task => ids.Contains(task.EntryId) && task.Department == department).ToListAsync(cancel))
            .ToLookup(task => (task.EntryId, task.PersonId));
        var answering = held.ToLookup(item => item.EntryId);
        return entries
            .SelectMany(entry => (IEnumerable<(Guid Subject, Hit Hit)>)
            [
                .. subjects.Contains(entry.SubjectId) ? [(entry.SubjectId, HitOf(entry, tasks[(entry.Id, null)], null))] : Array.Empty<(Guid, Hit)>(),
                .. answering[entry.Id].Select(item => (item.PersonId, HitOf(entry, tasks[(entry.Id, (Guid?)item.PersonId)], item.Responsibility))),
            ])
            .ToLookup(each => each.Subject, each => each.Hit);
    }

    private Hit HitOf(ListEntry entry, IEnumerable<MeasureTask> tasks, Responsibility? answersAs)
    {
        var owed = OwedMeasures.Of(memoranda, departments, entry, packs.Named(entry.PolicyPack), entry.ValidFrom!.Value)
            .Where(each => each.Department == department)
            .Where(each => answersAs is not { } responsibility || canonical.Reaches(each.Measure, responsibility));
        return Hit.Of(entry, [.. MeasuresOf(entry, [.. tasks], owed).Where(measure => matter.Concerns(measure.Canonical))], answersAs);
    }

    // A task keeps the measure as it was when the entry came into force; one whose task is still to come counts from the first instant.
    private IEnumerable<MeasureDue> MeasuresOf(ListEntry entry, IReadOnlyList<MeasureTask> tasks, IEnumerable<OwedMeasure> owed)
    {
        if (entry.State == EntryState.Verifying)
        {
            return [];
        }

        var running = tasks.Where(task => task.Execution == TaskExecution.Running && task.State is not (TaskState.NotApplicable or TaskState.Declined))
            .Select(task => new MeasureDue(
                task.MeasureKey, task.Memorandum, task.MemorandumVersion, task.Wording, task.Obligation, task.Canonical, task.BasisFrom, task.LegalBases, task.Id, task.Due));
        var coming = owed.Where(each => tasks.All(task => task.MeasureKey != each.Measure.Key))
            .Select(each => (each.Memorandum, each.Measure, Cited: canonical.Cite(each.Measure)))
            .Select(each => new MeasureDue(
                each.Measure.Key, each.Memorandum.Code, each.Memorandum.Version, each.Measure.Wording, each.Measure.Obligation, each.Measure.Canonical,
                each.Cited.BasisFrom, each.Cited.LegalBases, null, null));
        return running.Concat(coming).OrderBy(measure => measure.Obligation).ThenBy(measure => measure.MeasureKey, StringComparer.Ordinal);
    }
}
