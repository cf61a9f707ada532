using Credit.Domain.Incentives;

namespace Credit.Core.Checks.Index;

/// <summary>What was read of some subjects, before it is put in place.</summary>
/// <param name="loadedOn">Day the index is loaded for: marks up to it are told apart from later ones.</param>
internal sealed class FactsDraft(DateOnly loadedOn)
{
    private readonly Dictionary<Guid, Subject> _subjects = [];
    private readonly Dictionary<Guid, (EntryFacts Facts, List<HeldTask> Tasks, List<Guid> Persons)> _entries = [];
    private readonly Dictionary<Guid, int> _marks = [];

    /// <summary>Codes with their holders.</summary>
    public List<(UInt128 Code, Guid Holder)> Codes { get; } = [];

    /// <summary>Subjects of whom anything was read.</summary>
    public IEnumerable<Guid> Subjects => _subjects.Keys.Union(_marks.Keys);

    public void Entry(EntryFacts entry)
    {
        _entries[entry.Id] = (entry, [], []);
        Of(entry.SubjectId).Entries.Add(entry.Id);
    }

    public void Task(Guid entry, HeldTask task, Guid? person)
    {
        var held = _entries[entry];
        var place = person is { } reached ? held.Persons.IndexOf(reached) : -1;
        if (person is not null && place < 0)
        {
            place = held.Persons.Count;
            held.Persons.Add(person.Value);
        }

        held.Tasks.Add(task with { Person = (short)place });
    }

    public void Answer(AnswerFacts answer) => Of(answer.PersonId).Answers.Add(answer);

    public void Exemplar(Guid subject) => Of(subject).Exemplar = true;

    public void Committed(Guid subject) => Of(subject).Committed = true;

    public void Rating(Guid subject, string department, SupervisionClass @class) => Of(subject).Ratings.Add((department, @class));

    public void Mark(Guid subject, DateOnly formedOn)
    {
        if (formedOn > loadedOn)
        {
            Of(subject).LaterMarks.Add(formedOn.DayNumber);
        }
        else if (formedOn.DayNumber > _marks.GetValueOrDefault(subject))
        {
            _marks[subject] = formedOn.DayNumber;
        }
    }

    /// <summary>Day number of the latest mark of a subject; 0 for none.</summary>
    public int MarkOf(Guid subject) => _marks.GetValueOrDefault(subject);

    /// <summary>The rest of what is known of a subject; null for nothing.</summary>
    public SubjectFacts? FactsOf(Guid id) => _subjects.TryGetValue(id, out var subject)
        ? new(
            [.. subject.Entries.Select(entry => _entries[entry]).Select(held => new HeldEntry(held.Facts, [.. held.Tasks], [.. held.Persons]))],
            [.. subject.Answers], subject.Exemplar, subject.Committed, [.. subject.Ratings], subject.LaterMarks.Count == 0 ? null : [.. subject.LaterMarks])
        : null;

    private Subject Of(Guid id) => _subjects.TryGetValue(id, out var known) ? known : _subjects[id] = new();

    private sealed class Subject
    {
        public List<Guid> Entries { get; } = [];

        public List<AnswerFacts> Answers { get; } = [];

        public bool Exemplar { get; set; }

        public bool Committed { get; set; }

        public List<(string Department, SupervisionClass Class)> Ratings { get; } = [];

        public List<int> LaterMarks { get; } = [];
    }
}
