using Credit.Core.Checks;
using Credit.Core.Store;
using Credit.Domain.Accountability;
using Credit.Domain.Enforcement;
using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Receipts;

/// <summary>
/// The register as it was known at a position: the log folded up to there (I55, I82). Today's tables say only which aggregates are about
/// a subject, which never changes; what they were, the log says.
/// </summary>
internal sealed class LogHitSource(CreditDbContext db, HitRules rules, PolicyPacks packs, long position) : IHitSource
{
    /// <inheritdoc/>
    public long Position => position;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Guid?>> ResolveAsync(IReadOnlyList<SubjectIdentifier> named, CancellationToken cancel)
    {
        var lookups = named.Select(each => each.Lookup).Distinct().ToArray();
        var held = await db.Subjects.AsNoTracking()
            .Where(subject => subject.Identifiers.Any(each => lookups.Contains(each.Lookup)))
            .Select(subject => subject.Id).ToListAsync(cancel);
        var known = (await db.FoldAsync(nameof(Subject), held, position, cancel))
            .SelectMany(
                subject => subject.Get<HeldIdentifier[]>(nameof(Subject.Identifiers)) ?? [],
                (subject, identifier) => (subject.Id, identifier.Scheme, identifier.Lookup))
            .ToDictionary(each => (each.Scheme, each.Lookup), each => each.Id);
        return [.. named.Select(each => known.TryGetValue((each.Scheme, each.Lookup), out var id) ? id : (Guid?)null)];
    }

    /// <inheritdoc/>
    public async Task<ILookup<Guid, Hit>> FindAsync(IReadOnlyCollection<Guid> subjects, HitQuestion question, CancellationToken cancel)
    {
        var asked = subjects.ToHashSet();
        var items = await db.AccountabilityItems.AsNoTracking().Where(item => subjects.Contains(item.PersonId)).Select(item => item.Id).ToListAsync(cancel);
        var answers = (await db.FoldAsync(nameof(AccountabilityItem), items, position, cancel))
            .Where(item => Domain.Checks.Holding.Answers(
                item.Get<AccountabilityState>(nameof(AccountabilityItem.State)), item.Get<DateOnly?>(nameof(AccountabilityItem.HeldFrom)),
                item.Get<DateOnly?>(nameof(AccountabilityItem.EndedOn)), question.ValidAt, question.Today))
            .Select(item => new AnswerFacts(
                item.Get<Guid>(nameof(AccountabilityItem.PersonId)), item.Get<Guid>(nameof(AccountabilityItem.EntryId)),
                item.Get<Responsibility>(nameof(AccountabilityItem.Responsibility))))
            .ToArray();
        var ofUnits = answers.Select(answer => answer.EntryId).Distinct().ToArray();
        var entries = (await EntriesAsync(subjects, ofUnits, cancel)).Select(FactsOf).OfType<EntryFacts>().Where(entry => entry.Holds(question)).ToArray();
        var tasks = await TasksAsync([.. entries.Select(entry => entry.Id)], question.Department, cancel);
        var answering = answers.OrderBy(answer => answer.Responsibility).ToLookup(answer => answer.EntryId);
        return entries.OrderBy(entry => entry.ValidFrom).ThenBy(entry => entry.Id)
            .SelectMany(entry => (IEnumerable<(Guid Subject, Hit Hit)>)
            [
                .. asked.Contains(entry.SubjectId) ? [(entry.SubjectId, rules.HitOf(entry, [.. tasks[(entry.Id, null)]], null, question))] : Array.Empty<(Guid, Hit)>(),
                .. answering[entry.Id].Select(answer =>
                    (answer.PersonId, rules.HitOf(entry, [.. tasks[(entry.Id, (Guid?)answer.PersonId)]], (Responsibility?)answer.Responsibility, question))),
            ])
            .ToLookup(each => each.Subject, each => each.Hit);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<Guid, StandingAnswer>> StandAsync(IReadOnlyCollection<Guid> subjects, HitQuestion question, CancellationToken cancel)
    {
        var pack = packs.InForce(question.ValidAt);
        var years = pack.Incentives.CleanYears;
        var window = CleanRecord.Window(question.ValidAt, years);
        var entries = await EntriesAsync(subjects, [], cancel);
        var held = entries.Select(FactsOf).OfType<EntryFacts>().Where(entry => entry.Holds(question)).ToLookup(entry => entry.SubjectId);
        var exemplars = (await FoldAsync(db.Exemplars.Where(exemplar => subjects.Contains(exemplar.SubjectId)), cancel))
            .Where(exemplar => exemplar.Is(nameof(Exemplar.State), ExemplarState.Approved, ExemplarState.Published))
            .Select(exemplar => exemplar.Get<Guid>(nameof(Exemplar.SubjectId))).ToHashSet();
        var ratings = (await FoldAsync(
                db.SupervisionRatings.Where(rating => subjects.Contains(rating.SubjectId) && rating.Department == question.Department), cancel))
            .ToDictionary(rating => rating.Get<Guid>(nameof(SupervisionRating.SubjectId)), rating => rating.Get<SupervisionClass>(nameof(SupervisionRating.Class)));
        var committed = (await FoldAsync(db.Commitments.Where(commitment => subjects.Contains(commitment.SubjectId)), cancel))
            .Where(commitment => !commitment.Is(nameof(Commitment.State), CommitmentState.Broken))
            .Select(commitment => commitment.Get<Guid>(nameof(Commitment.SubjectId))).ToHashSet();
        var records = (await FoldAsync(db.CreditRecords.Where(record => subjects.Contains(record.SubjectId) && record.Negative), cancel))
            .Select(record => (record.Get<Guid>(nameof(CreditRecord.SubjectId)), new NegativeMark(
                NegativeKind.Record, record.Get<DateOnly>(nameof(CreditRecord.FormedOn)), record.Is(nameof(CreditRecord.State), RecordState.Annulled))));
        var listed = entries
            .Where(entry => !entry.Is(nameof(ListEntry.List), ListKind.Red) && !entry.Is(nameof(ListEntry.State), EntryState.Cancelled)
                && entry.Get<DateOnly?>(nameof(ListEntry.RecognisedOn)) is not null)
            .Select(entry => (entry.Get<Guid>(nameof(ListEntry.SubjectId)), new NegativeMark(
                entry.Is(nameof(ListEntry.List), ListKind.Black) ? NegativeKind.BlackEntry : NegativeKind.WatchEntry,
                entry.Get<DateOnly>(nameof(ListEntry.RecognisedOn)), entry.Get<ExitReason?>(nameof(ListEntry.ExitReason)) == ExitReason.Erroneous)));
        var marks = (await new KnownPenalties(db, position).FindAsync(subjects, cancel))
            .Where(penalty => !pack.Incentives.IsMinor(penalty.Categories))
            .Select(penalty => (penalty.SubjectId!.Value, new NegativeMark(NegativeKind.Penalty, penalty.DecidedOn)))
            .Concat(records).Concat(listed)
            .Where(mark => mark.Item2.FormedOn >= window.From && mark.Item2.FormedOn <= window.To)
            .ToLookup(mark => mark.Item1, mark => mark.Item2);
        return subjects.Distinct().ToDictionary(subject => subject, subject => StandingAnswer.Of(
            CreditStanding.Of(
                [.. held[subject].Select(entry => (entry.List, entry.Suspended))], exemplars.Contains(subject),
                CleanRecord.Holds(marks[subject], question.ValidAt, years)),
            ratings.TryGetValue(subject, out var own) ? own : null, committed.Contains(subject), pack, question.Matter.Kind));
    }

    private async Task<IReadOnlyList<FoldedState>> EntriesAsync(IReadOnlyCollection<Guid> subjects, Guid[] also, CancellationToken cancel) =>
        await FoldAsync(db.Entries.Where(entry => subjects.Contains(entry.SubjectId) || also.Contains(entry.Id)), cancel);

    private async Task<IReadOnlyList<FoldedState>> FoldAsync<T>(IQueryable<T> about, CancellationToken cancel)
        where T : Aggregate => await db.FoldAsync(typeof(T).Name, await about.AsNoTracking().Select(each => each.Id).ToListAsync(cancel), position, cancel);

    // Null for an entry that was not in force by then.
    private static EntryFacts? FactsOf(FoldedState entry) => entry.Get<DateOnly?>(nameof(ListEntry.ValidFrom)) is not { } from ? null : new(
        entry.Id, entry.Get<Guid>(nameof(ListEntry.SubjectId)), entry.Get<ListKind>(nameof(ListEntry.List)), entry.Get<string>(nameof(ListEntry.Domain))!,
        entry.Get<string>(nameof(ListEntry.Recogniser))!, from, entry.Get<DateOnly>(nameof(ListEntry.ValidTo)), entry.Get<EntryState>(nameof(ListEntry.State)),
        entry.Get<bool>(nameof(ListEntry.AbleButRefuses)), entry.Get<string>(nameof(ListEntry.PolicyPack))!, entry.Get<DateOnly?>(nameof(ListEntry.ExitedOn)),
        entry.Get<ExitReason?>(nameof(ListEntry.ExitReason)));

    private async Task<ILookup<(Guid Entry, Guid? Person), TaskFacts>> TasksAsync(Guid[] entries, string department, CancellationToken cancel) =>
        (await FoldAsync(db.Tasks.Where(task => entries.Contains(task.EntryId) && task.Department == department), cancel))
            .Select(task => (
                Entry: task.Get<Guid>(nameof(MeasureTask.EntryId)),
                Facts: new TaskFacts(
                    task.Id, department, task.Get<Guid?>(nameof(MeasureTask.PersonId)), task.Get<TaskState>(nameof(MeasureTask.State)),
                    task.Get<TaskExecution>(nameof(MeasureTask.Execution)), task.Get<string>(nameof(MeasureTask.Reason)) is not null,
                    task.Get<DateOnly>(nameof(MeasureTask.Due)),
                    new TaskTerms(
                        task.Get<string>(nameof(MeasureTask.MeasureKey))!, task.Get<string>(nameof(MeasureTask.Memorandum))!,
                        task.Get<int>(nameof(MeasureTask.MemorandumVersion)), task.Get<string>(nameof(MeasureTask.Wording))!,
                        task.Get<MeasureObligation>(nameof(MeasureTask.Obligation)), task.Get<string[]>(nameof(MeasureTask.Canonical))!,
                        task.Get<BasisSource>(nameof(MeasureTask.BasisFrom)), task.Get<CitedBasis[]>(nameof(MeasureTask.LegalBases))!))))
            .ToLookup(task => (task.Entry, task.Facts.PersonId), task => task.Facts);

    /// <summary>An identifier as the log holds it; sealed bytes are not in it.</summary>
    private sealed record HeldIdentifier(string Scheme, string Lookup);
}
