using Credit.Domain.Enforcement;
using Credit.Domain.Incentives;

namespace Credit.Core.Checks.Index;

/// <summary>What a check has to say about a subject beyond its latest negative mark. Never changed: a change puts another in its place.</summary>
/// <param name="Entries">Entries in force on the day the index was loaded, or later.</param>
/// <param name="Answers">Entries of units that the person answers for.</param>
/// <param name="Exemplar">诚信典型.</param>
/// <param name="Committed">It made a commitment that is not broken.</param>
/// <param name="Ratings">Classes of supervision that departments set.</param>
/// <param name="LaterMarks">Day numbers of negative marks after the day the index was loaded; null for none.</param>
internal sealed record SubjectFacts(
    HeldEntry[] Entries, AnswerFacts[] Answers, bool Exemplar, bool Committed, (string Department, SupervisionClass Class)[] Ratings, int[]? LaterMarks)
{
    /// <summary>Rough number of bytes.</summary>
    public long Bytes => 72 + (Answers.Length * 64L) + (Ratings.Length * 16L) + ((LaterMarks?.Length ?? 0) * 4L) + Entries.Sum(entry => entry.Bytes);
}

/// <summary>An entry with the tasks of every department because of it.</summary>
/// <param name="Facts">The entry.</param>
/// <param name="Tasks">Its tasks.</param>
/// <param name="Persons">Persons whom tasks reach beside the unit.</param>
internal sealed record HeldEntry(EntryFacts Facts, HeldTask[] Tasks, Guid[] Persons)
{
    /// <summary>Rough number of bytes.</summary>
    public long Bytes => 200 + (Tasks.Length * 32L) + (Persons.Length * 16L);

    /// <summary>The tasks of a department that reach the subject itself, or a person.</summary>
    public IReadOnlyList<TaskFacts> TasksOf(string department, Guid? person)
    {
        List<TaskFacts>? found = null;
        foreach (var task in Tasks)
        {
            var reached = task.Person < 0 ? (Guid?)null : Persons[task.Person];
            if (reached == person && task.Given.Department == department)
            {
                (found ??= []).Add(new(
                    task.Id, department, reached, (TaskState)task.State, (TaskExecution)task.Execution, task.Excused, DateOnly.FromDayNumber(task.Due),
                    task.Given.Terms));
            }
        }

        return found ?? (IReadOnlyList<TaskFacts>)[];
    }
}

/// <summary>A measure given to a department; tasks that say the same share it.</summary>
internal sealed record GivenMeasure(string Department, TaskTerms Terms);

/// <summary>A task in 32 bytes.</summary>
/// <param name="Id">The task.</param>
/// <param name="Given">Department and measure.</param>
/// <param name="Due">Day number of the last day to act.</param>
/// <param name="Person">Place of the person reached among those of the entry; -1 for the subject itself.</param>
/// <param name="State">Progress.</param>
/// <param name="Execution">Whether it is executed just now.</param>
/// <param name="Excused">The department said why it did not carry it out.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct HeldTask(Guid Id, GivenMeasure Given, int Due, short Person, byte State, byte Execution, bool Excused);
