using Credit.Domain.Accountability;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;

namespace Credit.Domain.Tests.Model;

/// <summary>One kind of rows, in order of arrival.</summary>
internal sealed class Shelf<T>(Func<T, Guid> key)
    where T : class
{
    private readonly Dictionary<Guid, int> _at = [];
    private readonly List<T> _rows = [];

    /// <summary>All rows as committed.</summary>
    public IReadOnlyList<T> Rows => _rows;

    /// <summary>A row as committed.</summary>
    public T? Find(Guid id) => _at.TryGetValue(id, out var at) ? _rows[at] : null;

    /// <summary>A row that must be there.</summary>
    public T this[Guid id] => _rows[_at[id]];

    /// <summary>Puts a row in its place, or at the end.</summary>
    public void Put(T row)
    {
        if (_at.TryGetValue(key(row), out var at))
        {
            _rows[at] = row;
        }
        else
        {
            _at.Add(key(row), _rows.Count);
            _rows.Add(row);
        }
    }
}

/// <summary>What one committed use case did to one aggregate.</summary>
/// <param name="Old">As it was; null when new.</param>
/// <param name="New">As it is.</param>
/// <param name="Announcements">What it announced, in order.</param>
internal sealed record Change(Aggregate? Old, Aggregate New, IReadOnlyList<object> Announcements);

/// <summary>Something a department is told to do about a wrong entry (R-3.5.7.d, R-3.5.7.e).</summary>
internal sealed record Order(Guid Id, string Department, Guid About, bool Recovers);

/// <summary>What is committed.</summary>
internal sealed class Register
{
    public Shelf<ListEntry> Entries { get; } = new(row => row.Id);

    public Shelf<Objection> Objections { get; } = new(row => row.Id);

    public Shelf<Repair> Repairs { get; } = new(row => row.Id);

    public Shelf<MeasureTask> Tasks { get; } = new(row => row.Id);

    public Shelf<Rectification> Rectifications { get; } = new(row => row.Id);

    public Shelf<WarningEntry> Warnings { get; } = new(row => row.Id);

    public Shelf<AccountabilityItem> Items { get; } = new(row => row.Id);

    public Shelf<Commitment> Commitments { get; } = new(row => row.Id);

    public Shelf<TolerantAcceptance> Acceptances { get; } = new(row => row.Id);

    public Shelf<CreditRecord> Records { get; } = new(row => row.Id);

    public Shelf<Feedback> Feedbacks { get; } = new(row => row.Id);

    public Shelf<Term> Terms { get; } = new(row => row.Id);

    public Shelf<Order> Orders { get; } = new(row => row.Id);

    /// <summary>Everything announced, in the order of its commits.</summary>
    public List<object> Log { get; } = [];
}
