using Credit.Core.Incentives;
using Credit.Core.Intake;
using Credit.Core.Store;
using Credit.Domain.Accountability;
using Credit.Domain.Enforcement;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Checks;

/// <summary>The register itself, in the snapshot of the open transaction.</summary>
internal sealed class SqlHitSource(CreditDbContext db, StandingReader standings, HitRules rules, PolicyPacks packs, long position) : IHitSource
{
    // The sequencer takes as many at a time: more never wait while it is alive.
    private const int MostWithoutPlace = 5000;

    private static readonly string[] Unaddressed = [nameof(AccountabilityItem), nameof(MemorandumRevision), nameof(IntakeBatch), nameof(PublicityRecord)];

    /// <inheritdoc/>
    public long Position => position;

    /// <summary>True when the state holds nothing about these subjects beyond its position: asked again as known there, the answer is the same.</summary>
    public async Task<bool> IsExactAsync(IReadOnlyCollection<Guid> subjects, CancellationToken cancel)
    {
        // What was committed and has no position yet is in the snapshot all the same. Some of it has no subject of its own to go by.
        var late = db.RegisterEntries.AsNoTracking().OrderByDescending(entry => entry.Id).Take(MostWithoutPlace)
            .Where(entry => !db.RegisterPositions.Any(place => place.EntryId == entry.Id));
        return !await late.AnyAsync(
            entry => (entry.SubjectId != null && subjects.Contains(entry.SubjectId.Value)) || Unaddressed.Contains(entry.Kind), cancel);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Guid?>> ResolveAsync(IReadOnlyList<SubjectIdentifier> named, CancellationToken cancel)
    {
        // By identifier only; a subject keeps its former codes.
        var lookups = named.Select(each => each.Lookup).Distinct().ToArray();
        var held = await db.Subjects.AsNoTracking()
            .SelectMany(subject => subject.Identifiers, (subject, identifier) => new { subject.Id, identifier.Scheme, identifier.Lookup })
            .Where(each => lookups.Contains(each.Lookup))
            .ToListAsync(cancel);
        var known = held.ToDictionary(each => (each.Scheme, each.Lookup), each => each.Id);
        return [.. named.Select(each => known.TryGetValue((each.Scheme, each.Lookup), out var id) ? id : (Guid?)null)];
    }

    /// <inheritdoc/>
    public async Task<ILookup<Guid, Hit>> FindAsync(IReadOnlyCollection<Guid> subjects, HitQuestion question, CancellationToken cancel)
    {
        var asked = subjects.ToHashSet();
        var answers = await db.AccountabilityItems.AsNoTracking()
            .Where(item => subjects.Contains(item.PersonId))
            .Answering(question.ValidAt, question.Today)
            .Select(item => new AnswerFacts(item.PersonId, item.EntryId, item.Responsibility))
            .ToListAsync(cancel);
        var ofUnits = answers.Select(answer => answer.EntryId).Distinct().ToArray();
        var entries = await db.Entries.AsNoTracking()
            .Where(entry => subjects.Contains(entry.SubjectId) || ofUnits.Contains(entry.Id))
            .Holding(question.ValidAt, question.Today)
            .Select(entry => new EntryFacts(
                entry.Id, entry.SubjectId, entry.List, entry.Domain, entry.Recogniser, entry.ValidFrom!.Value, entry.ValidTo, entry.State, entry.AbleButRefuses,
                entry.PolicyPack, entry.ExitedOn, entry.ExitReason))
            .ToListAsync(cancel);
        var tasks = await TasksAsync([.. entries.Select(entry => entry.Id)], question.Department, cancel);
        var answering = answers.OrderBy(answer => answer.Responsibility).ToLookup(answer => answer.EntryId);
        return entries.OrderBy(entry => entry.ValidFrom).ThenBy(entry => entry.Id)
            .SelectMany(entry => (IEnumerable<(Guid Subject, Hit Hit)>)
            [
                .. asked.Contains(entry.SubjectId) ? [(entry.SubjectId, rules.HitOf(entry, tasks[(entry.Id, null)], null, question))] : Array.Empty<(Guid, Hit)>(),
                .. answering[entry.Id].Select(answer =>
                    (answer.PersonId, rules.HitOf(entry, tasks[(entry.Id, (Guid?)answer.PersonId)], (Responsibility?)answer.Responsibility, question))),
            ])
            .ToLookup(each => each.Subject, each => each.Hit);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<Guid, StandingAnswer>> StandAsync(IReadOnlyCollection<Guid> subjects, HitQuestion question, CancellationToken cancel)
    {
        var pack = packs.InForce(question.ValidAt);
        var standing = await standings.ReadAsync(subjects, question.ValidAt, question.Today, question.ValidAt, pack.Incentives.CleanYears, pack, cancel);
        var ratings = await db.SupervisionRatings.AsNoTracking()
            .Where(rating => subjects.Contains(rating.SubjectId) && rating.Department == question.Department)
            .ToDictionaryAsync(rating => rating.SubjectId, rating => rating.Class, cancel);
        var committed = (await db.Commitments.AsNoTracking()
            .Where(commitment => subjects.Contains(commitment.SubjectId) && commitment.State != CommitmentState.Broken)
            .Select(commitment => commitment.SubjectId).Distinct()
            .ToListAsync(cancel)).ToHashSet();
        return standing.ToDictionary(each => each.Key, each => StandingAnswer.Of(
            each.Value, ratings.TryGetValue(each.Key, out var own) ? own : null, committed.Contains(each.Key), pack, question.Matter.Kind));
    }

    private async Task<TaskLookup> TasksAsync(Guid[] entries, string department, CancellationToken cancel) => new((await db.Tasks.AsNoTracking()
        .Where(task => entries.Contains(task.EntryId) && task.Department == department)
        .Select(task => new
        {
            task.EntryId,
            Facts = new TaskFacts(
                task.Id, task.Department, task.PersonId, task.State, task.Execution, task.Reason != null, task.Due,
                new TaskTerms(
                    task.MeasureKey, task.Memorandum, task.MemorandumVersion, task.Wording, task.Obligation, task.Canonical, task.BasisFrom, task.LegalBases)),
        })
        .ToListAsync(cancel)).GroupBy(task => (task.EntryId, task.Facts.PersonId)).ToDictionary(group => group.Key, group => group.Select(task => task.Facts).ToArray()));

    private sealed class TaskLookup(Dictionary<(Guid Entry, Guid? Person), TaskFacts[]> tasks)
    {
        public IReadOnlyList<TaskFacts> this[(Guid Entry, Guid? Person) key] => tasks.GetValueOrDefault(key) ?? [];
    }
}
