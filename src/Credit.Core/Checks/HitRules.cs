using System.Collections.Concurrent;
using Credit.Abstractions;
using Credit.Core.Enforcement;
using Credit.Core.Reference;
using Credit.Domain.Accountability;
using Credit.Domain.Checks;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Core.Checks;

/// <summary>What follows from an entry for the department that asks, by the memoranda of one state of the register. Nothing is read here.</summary>
internal sealed class HitRules(IReadOnlyList<IMemorandum> memoranda, DepartmentDirectory departments, CanonicalMeasures canonical, PolicyPacks packs)
{
    private const int Remembered = 20_000;

    private readonly ConcurrentDictionary<Ground, OwedMeasure[]> _owed = new();
    private readonly ConcurrentDictionary<Alike, MeasureDue[]> _coming = new();

    /// <summary>The hit an entry is.</summary>
    /// <param name="entry">The entry, which holds on the day asked about.</param>
    /// <param name="tasks">The department's tasks because of it, that reach the subject asked about.</param>
    /// <param name="answersAs">Why a person answers for it; null for its own subject.</param>
    /// <param name="question">What is asked.</param>
    public Hit HitOf(EntryFacts entry, IReadOnlyList<TaskFacts> tasks, Responsibility? answersAs, HitQuestion question)
    {
        var measures = entry.Suspended ? [] : tasks.Count == 0 ? Coming(entry, answersAs, question) : Concerning(entry, tasks, answersAs, question);
        return new(
            entry.Id, entry.List, entry.Domain, entry.Recogniser, entry.ValidFrom, entry.ValidTo, entry.Suspended,
            entry.List != ListKind.Red && measures.Length > 0, answersAs, measures);
    }

    private MeasureDue[] Concerning(EntryFacts entry, IReadOnlyList<TaskFacts> tasks, Responsibility? answersAs, HitQuestion question) =>
    [
        .. MeasuresOf(entry, tasks, answersAs, question.Department).Where(measure => question.Matter.Concerns(measure.Canonical))
            .OrderBy(measure => measure.Obligation).ThenBy(measure => measure.MeasureKey, StringComparer.Ordinal),
    ];

    // Where no task is given out yet, many entries come to the same.
    private MeasureDue[] Coming(EntryFacts entry, Responsibility? answersAs, HitQuestion question)
    {
        var alike = new Alike(
            new(entry.List, entry.Domain, entry.AbleButRefuses, entry.PolicyPack, entry.ValidFrom, question.Department), question.Matter.Kind, question.Matter.Measure, answersAs);
        if (_coming.TryGetValue(alike, out var known))
        {
            return known;
        }

        if (_coming.Count >= Remembered)
        {
            _coming.Clear();
        }

        return _coming[alike] = Concerning(entry, [], answersAs, question);
    }

    // A task keeps the measure as it was when the entry came into force; one whose task is still to come counts from the first instant.
    private IEnumerable<MeasureDue> MeasuresOf(EntryFacts entry, IReadOnlyList<TaskFacts> tasks, Responsibility? answersAs, string department)
    {
        var over = entry.State == EntryState.Exited;
        var given = tasks.Where(task => Holding.Owes(task.State, task.Execution, task.Excused, over))
            .Select(task => new MeasureDue(
                task.Terms.MeasureKey, task.Terms.Memorandum, task.Terms.MemorandumVersion, task.Terms.Wording, task.Terms.Obligation, task.Terms.Canonical,
                task.Terms.BasisFrom, task.Terms.LegalBases, task.Id, task.Due));
        var coming = Owed(new(entry.List, entry.Domain, entry.AbleButRefuses, entry.PolicyPack, entry.ValidFrom, department))
            .Where(each => answersAs is not { } responsibility || canonical.Reaches(each.Measure, responsibility))
            .Where(each => tasks.All(task => task.Terms.MeasureKey != each.Measure.Key))
            .Select(each => (each.Memorandum, each.Measure, Cited: canonical.Cite(each.Measure)))
            .Select(each => new MeasureDue(
                each.Measure.Key, each.Memorandum.Code, each.Memorandum.Version, each.Measure.Wording, each.Measure.Obligation, each.Measure.Canonical,
                each.Cited.BasisFrom, each.Cited.LegalBases, null, null));
        return given.Concat(coming);
    }

    // Many entries owe the same.
    private OwedMeasure[] Owed(Ground ground)
    {
        if (_owed.TryGetValue(ground, out var known))
        {
            return known;
        }

        if (_owed.Count >= Remembered)
        {
            _owed.Clear();
        }

        return _owed[ground] =
        [
            .. OwedMeasures.Of(memoranda, departments, ground.List, ground.Domain, ground.AbleButRefuses, packs.Named(ground.PolicyPack), ground.From)
                .Where(each => each.Department == ground.Department),
        ];
    }

    private readonly record struct Alike(Ground Ground, MatterKind Matter, string? Measure, Responsibility? AnswersAs);

    private readonly record struct Ground(ListKind List, string Domain, bool AbleButRefuses, string PolicyPack, DateOnly From, string Department);
}
