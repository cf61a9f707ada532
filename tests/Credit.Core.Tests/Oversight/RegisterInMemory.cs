using Credit.Core.Checks;
using Credit.Domain.Checks;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Oversight;

/// <summary>The register in memory, and the radar's question in plain words over it.</summary>
internal sealed record RegisterInMemory(
    DateOnly Today, List<ListEntry> Entries, List<Licence> Licences, List<CheckReceipt> Receipts, List<DecidedMatter> Matters, List<MeasureTask> Tasks,
    List<(Guid SubjectId, string Department, DateOnly On)> Accepted, ILookup<Guid, (bool Begins, DateOnly On)> Verifications)
{
    public static Task<RegisterInMemory> ReadAsync(GapJourney gaps) => gaps.ReadAsync(async db => new RegisterInMemory(
        gaps.Today,
        await db.Entries.AsNoTracking().ToListAsync(),
        await db.Licences.AsNoTracking().Where(licence => licence.Current && licence.SubjectId != null).ToListAsync(),
        await db.CheckReceipts.AsNoTracking().Where(receipt => receipt.KnownAt == null).ToListAsync(),
        await db.DecidedMatters.AsNoTracking().ToListAsync(),
        await db.Tasks.AsNoTracking().ToListAsync(),
        [.. (await db.Acceptances.AsNoTracking().ToListAsync()).Select(each => (each.SubjectId, each.Department, each.AcceptedOn))],
        (await db.RegisterEntries.AsNoTracking().Where(change => change.WireName == "list-entry.verifying.v1" || change.WireName == "list-entry.confirmed.v1").OrderBy(change => change.Id).ToListAsync())
            .ToLookup(change => change.AggregateId, change => (Begins: change.WireName == "list-entry.verifying.v1", On: CivilClock.Day(change.RecordedAt)))));

    /// <summary>What was owed and not done.</summary>
    public List<(GapKind Kind, string Department, Guid AboutId, Guid EntryId)> Recount()
    {
        List<(GapKind, string, Guid, Guid)> gaps = [];
        foreach (var (licence, entry) in ListedLicences())
        {
            var asked = Receipts.Any(receipt => receipt.Department == licence.Department && receipt.Kind == MatterKind.Approval && receipt.SubjectIds.Contains(licence.SubjectId!.Value)
                && Day(receipt) <= licence.DecidedOn && (receipt.Reference == licence.DocumentNumber || Day(receipt) >= licence.DecidedOn.AddDays(-30)));
            if (!asked)
            {
                gaps.Add((GapKind.Licence, licence.Department, licence.Id, entry.Id));
            }
        }

        foreach (var matter in Matters.Where(matter => matter.Kind is MatterKind.Trading or MatterKind.Fiscal && matter.DecidedOn >= Today.AddMonths(-24)))
        {
            var asked = Receipts.Any(receipt => receipt.Department == matter.Department && receipt.Kind == matter.Kind && receipt.Reference == matter.Reference
                && (receipt.Lookups.Contains(matter.SubjectLookup) || receipt.SubjectIds.Contains(matter.SubjectId ?? Guid.Empty)) && Day(receipt) <= matter.DecidedOn);
            foreach (var entry in Entries.Where(entry => entry.SubjectId == matter.SubjectId && !asked && Listed(entry, matter.DecidedOn)))
            {
                gaps.Add((matter.Kind == MatterKind.Trading ? GapKind.Award : GapKind.Payment, matter.Department, matter.Id, entry.Id));
            }
        }

        foreach (var task in Tasks.Where(task => task.List == ListKind.Red && task.Due >= Today.AddMonths(-24) && task.Due < Today))
        {
            if (task is { Execution: TaskExecution.Running, FedBackOn: null, State: not (TaskState.Declined or TaskState.NotApplicable) }
                && !(task.Canonical.Contains("R01") && Accepted.Any(each => each.SubjectId == task.SubjectId && each.Department == task.Department && each.On >= task.IssuedOn)))
            {
                gaps.Add((GapKind.Reward, task.Department, task.Id, task.EntryId));
            }
        }

        return gaps;

        static DateOnly Day(CheckReceipt receipt) => CivilClock.Day(receipt.AskedAt);
    }

    public IEnumerable<(Licence Licence, ListEntry Entry)> ListedLicences() =>
        from licence in Licences
        where licence.DecidedOn >= Today.AddMonths(-24) && licence.DecidedOn <= Today
        from entry in Entries
        where entry.SubjectId == licence.SubjectId && Listed(entry, licence.DecidedOn)
        select (licence, entry);

    public bool Listed(ListEntry entry, DateOnly day) =>
        entry.List is ListKind.Black or ListKind.Watch && entry.State is EntryState.Active or EntryState.Verifying or EntryState.Exited
        && entry.ValidFrom <= day && day <= entry.ValidTo && entry.ReportedOn <= day && !(entry.ExitedOn <= day) && !(entry.UseEndedOn <= day)
        && entry.ExitReason != ExitReason.Erroneous && !Rests(entry.Id, day);

    private bool Rests(Guid entry, DateOnly day)
    {
        DateOnly? since = null;
        foreach (var (begins, on) in Verifications[entry])
        {
            if (since is { } from && !begins && from <= day && day <= on)
            {
                return true;
            }

            since = begins ? on : null;
        }

        return since <= day;
    }
}
