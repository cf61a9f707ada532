using Credit.Domain.Enforcement;
using Credit.Domain.Listing;

namespace Credit.Domain.DueProcess;

/// <summary>Something a department makes good because an entry was wrong (R-3.5.7.d, R-3.5.7.e).</summary>
/// <param name="Department">Who makes it good.</param>
/// <param name="About">The entry, or the task by which the benefit was granted.</param>
/// <param name="Task">That task; null when it is about the entry.</param>
/// <param name="Recovers">A benefit is recovered; otherwise a reputation is restored.</param>
internal sealed record Amends(string Department, Guid About, MeasureTask? Task, bool Recovers)
{
    /// <summary>What is owed: the recogniser restores the reputation, or each department that granted a benefit recovers it (I53).</summary>
    /// <param name="entry">The wrong entry.</param>
    /// <param name="tasks">Its tasks.</param>
    public static IEnumerable<Amends> Of(ListEntry entry, IEnumerable<MeasureTask> tasks)
    {
        yield return new(entry.Recogniser, entry.Id, null, entry.List == ListKind.Red);
        foreach (var task in entry.List == ListKind.Red ? tasks.Where(task => task.FedBackOn is not null) : [])
        {
            yield return new(task.Department, task.Id, task, true);
        }
    }
}
