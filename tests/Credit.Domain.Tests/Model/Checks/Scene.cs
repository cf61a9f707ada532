using Credit.Domain.Enforcement;
using Credit.Domain.Listing;

namespace Credit.Domain.Tests.Model;

/// <summary>A statement that holds after every command.</summary>
/// <param name="Id">Its id in the assurance paper.</param>
/// <param name="Says">What it says.</param>
/// <param name="Broken">Who breaks it, in words; null when nobody does.</param>
internal sealed record Invariant(string Id, string Says, Func<Scene, string?> Broken);

/// <summary>What the checkers look at: the state, what was announced so far, and the step just done.</summary>
internal sealed class Scene(District district, History history, Request request, Answer answer, DateOnly dayBefore)
{
    private ILookup<Guid, MeasureTask>? _tasks;
    private ILookup<Guid, ListEntry>? _entries;

    private HashSet<Guid>? _feed;

    public District District => district;

    /// <summary>What the public sees today.</summary>
    public HashSet<Guid> Feed => _feed ??= PublicFeed.Of(district);

    public Register Register => district.Register;

    public History History => history;

    public Request Request => request;

    public IReadOnlyList<Change> Changes => answer.Changes;

    public bool Accepted => answer.Accepted;

    public DateOnly Today => district.Today;

    /// <summary>The civil day on which the step was done; <see cref="Today"/> unless it moved the clock.</summary>
    public DateOnly DayBefore => dayBefore;

    public ILookup<Guid, MeasureTask> TasksOf => _tasks ??= Register.Tasks.Rows.ToLookup(task => task.EntryId);

    public ILookup<Guid, ListEntry> EntriesOf => _entries ??= Register.Entries.Rows.ToLookup(entry => entry.SubjectId);

    /// <summary>In force today by what was announced and by the days of the row.</summary>
    public bool Act(ListEntry entry) => history.Of(entry.Id).Act(entry.ValidTo, Today);

    /// <summary>Announcements of a kind in this step.</summary>
    public IEnumerable<T> Announced<T>() => answer.Changes.SelectMany(change => change.Announcements).OfType<T>();

    /// <summary>Rows of a kind that this step made or changed.</summary>
    public IEnumerable<(T? Old, T New)> Changed<T>()
        where T : class => answer.Changes.Where(change => change.New is T).Select(change => (change.Old as T, (T)(object)change.New));

    /// <summary>The first row that breaks a statement, in words.</summary>
    public static string? First<T>(IEnumerable<T> rows, Func<T, bool> breaks, Func<T, string> words)
    {
        foreach (var row in rows)
        {
            if (breaks(row))
            {
                return words(row);
            }
        }

        return null;
    }
}
