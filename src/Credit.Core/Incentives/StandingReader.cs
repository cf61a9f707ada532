using Credit.Core.Checks;
using Credit.Core.Store;
using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Incentives;

/// <summary>Reads where subjects stand, from the register itself: lists in force by their dates, exemplars, negative records.</summary>
internal sealed class StandingReader(CreditDbContext db, PolicyPack pack)
{
    /// <summary>Where a subject stands today, with the years of the pack.</summary>
    public Task<CreditStanding> ReadAsync(Guid subjectId, DateOnly today, CancellationToken cancel) =>
        ReadAsync(subjectId, today, pack.Incentives.CleanYears, cancel);

    /// <summary>Where a subject stands today, with years of its own for the clean record.</summary>
    public async Task<CreditStanding> ReadAsync(Guid subjectId, DateOnly today, int years, CancellationToken cancel) =>
        (await ReadAsync([subjectId], today, today, years, cancel))[subjectId];

    /// <summary>The same for several at once: lists and exemplars as of today, the clean record as of a day of its own.</summary>
    public Task<IReadOnlyDictionary<Guid, CreditStanding>> ReadAsync(
        IReadOnlyList<Guid> subjects, DateOnly today, DateOnly asOf, int years, CancellationToken cancel) =>
        ReadAsync(subjects, today, today, asOf, years, pack, cancel);

    /// <summary>The same as of another day than today: lists as they held on it, the rest as it is known now.</summary>
    /// <param name="subjects">Whom it is about.</param>
    /// <param name="day">Day on which the lists are looked at.</param>
    /// <param name="today">Today in the district.</param>
    /// <param name="asOf">Last day of the clean record's window.</param>
    /// <param name="years">Years of that window.</param>
    /// <param name="by">Pack that says which penalties are minor.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<IReadOnlyDictionary<Guid, CreditStanding>> ReadAsync(
        IReadOnlyCollection<Guid> subjects, DateOnly day, DateOnly today, DateOnly asOf, int years, PolicyPack by, CancellationToken cancel)
    {
        var entries = (await db.Entries.AsNoTracking()
            .Where(entry => subjects.Contains(entry.SubjectId))
            .Holding(day, today)
            .Select(entry => new { entry.SubjectId, entry.List, entry.State })
            .ToListAsync(cancel)).ToLookup(entry => entry.SubjectId);
        var exemplars = (await db.Exemplars.AsNoTracking()
            .Where(exemplar => subjects.Contains(exemplar.SubjectId) && (exemplar.State == ExemplarState.Approved || exemplar.State == ExemplarState.Published))
            .Select(exemplar => exemplar.SubjectId)
            .ToListAsync(cancel)).ToHashSet();
        var marks = await MarksAsync(subjects, CleanRecord.Window(asOf, years), by, cancel);
        return subjects.Distinct().ToDictionary(subject => subject, subject => CreditStanding.Of(
            [.. entries[subject].Select(entry => (entry.List, entry.State == EntryState.Verifying))],
            exemplars.Contains(subject),
            CleanRecord.Holds(marks[subject], asOf, years)));
    }

    /// <summary>True when nothing negative was formed in the window. Looks at decisions on a subject the registry does not hold, too.</summary>
    public async Task<bool> IsCleanAsync(Guid? subjectId, SubjectIdentifier identifier, DateOnly asOf, int years, CancellationToken cancel)
    {
        if (subjectId is { } known)
        {
            return CleanRecord.Holds((await MarksAsync([known], CleanRecord.Window(asOf, years), pack, cancel))[known], asOf, years);
        }

        var coded = identifier.Scheme == SubjectIdentifier.Uscc;
        var window = CleanRecord.Window(asOf, years);
        var penalties = await db.Penalties.AsNoTracking()
            .Where(penalty => penalty.Current && penalty.DecidedOn >= window.From && penalty.DecidedOn <= window.To
                && (coded ? penalty.SubjectCode == identifier.Lookup : penalty.SubjectLookup == identifier.Lookup))
            .Select(penalty => new { penalty.DecidedOn, penalty.Categories })
            .ToListAsync(cancel);
        return CleanRecord.Holds(
            penalties.Where(penalty => !pack.Incentives.IsMinor(penalty.Categories)).Select(penalty => new NegativeMark(NegativeKind.Penalty, penalty.DecidedOn)), asOf, years);
    }

    // Only what could count is read; whether it does, the rule decides.
    private async Task<ILookup<Guid, NegativeMark>> MarksAsync(IReadOnlyCollection<Guid> subjects, Validity window, PolicyPack by, CancellationToken cancel)
    {
        var penalties = await db.Penalties.AsNoTracking()
            .Where(penalty => penalty.SubjectId != null && subjects.Contains(penalty.SubjectId.Value) && penalty.Current
                && penalty.DecidedOn >= window.From && penalty.DecidedOn <= window.To)
            .Select(penalty => new { SubjectId = penalty.SubjectId!.Value, penalty.DecidedOn, penalty.Categories })
            .ToListAsync(cancel);
        var records = await db.CreditRecords.AsNoTracking()
            .Where(record => subjects.Contains(record.SubjectId) && record.Negative && record.FormedOn >= window.From && record.FormedOn <= window.To)
            .Select(record => new { record.SubjectId, record.FormedOn, record.State })
            .ToListAsync(cancel);
        var entries = await db.Entries.AsNoTracking()
            .Where(entry => subjects.Contains(entry.SubjectId) && entry.List != ListKind.Red && entry.State != EntryState.Cancelled
                && entry.RecognisedOn >= window.From && entry.RecognisedOn <= window.To)
            .Select(entry => new { entry.SubjectId, entry.List, RecognisedOn = entry.RecognisedOn!.Value, entry.ExitReason })
            .ToListAsync(cancel);
        return penalties.Where(penalty => !by.Incentives.IsMinor(penalty.Categories))
            .Select(penalty => (penalty.SubjectId, Mark: new NegativeMark(NegativeKind.Penalty, penalty.DecidedOn)))
            .Concat(records.Select(record => (record.SubjectId, Mark: new NegativeMark(NegativeKind.Record, record.FormedOn, record.State == RecordState.Annulled))))
            .Concat(entries.Select(entry => (entry.SubjectId, Mark: new NegativeMark(
                entry.List == ListKind.Black ? NegativeKind.BlackEntry : NegativeKind.WatchEntry, entry.RecognisedOn, entry.ExitReason == ExitReason.Erroneous))))
            .ToLookup(marked => marked.SubjectId, marked => marked.Mark);
    }
}
