using Credit.Domain.Accountability;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;

namespace Credit.Domain.Tests.Model;

/// <summary>One transaction: it works on copies, and what is not committed never was.</summary>
internal sealed class Session(Register register)
{
    private readonly Dictionary<Guid, Aggregate> _loaded = [];
    private readonly List<Aggregate> _added = [];
    private readonly Dictionary<Guid, Term> _terms = [];
    private readonly List<Order> _orders = [];

    public ListEntry Entry(Guid id) => Load(register.Entries, id);

    public Objection Objection(Guid id) => Load(register.Objections, id);

    public Repair Repair(Guid id) => Load(register.Repairs, id);

    public MeasureTask Task(Guid id) => Load(register.Tasks, id);

    public Rectification Rectification(Guid id) => Load(register.Rectifications, id);

    public IReadOnlyList<Rectification> Rectifications(Func<Rectification, bool> which) => Query(register.Rectifications, which);

    public IReadOnlyList<WarningEntry> Warnings(Func<WarningEntry, bool> which) => Query(register.Warnings, which);

    public IReadOnlyList<AccountabilityItem> Items(Func<AccountabilityItem, bool> which) => Query(register.Items, which);

    public Commitment Commitment(Guid id) => Load(register.Commitments, id);

    public TolerantAcceptance Acceptance(Guid id) => Load(register.Acceptances, id);

    public IReadOnlyList<ListEntry> Entries(Func<ListEntry, bool> which) => Query(register.Entries, which);

    /// <summary>The other entries of a subject, to look at only.</summary>
    public IEnumerable<ListEntry> Others(ListEntry entry) => register.Entries.Rows
        .Where(other => other.SubjectId == entry.SubjectId && other.Id != entry.Id)
        .Select(other => _loaded.TryGetValue(other.Id, out var known) ? (ListEntry)known : other);

    public IReadOnlyList<Objection> Objections(Func<Objection, bool> which) => Query(register.Objections, which);

    public IReadOnlyList<Repair> Repairs(Func<Repair, bool> which) => Query(register.Repairs, which);

    public IReadOnlyList<MeasureTask> Tasks(Func<MeasureTask, bool> which) => Query(register.Tasks, which);

    /// <summary>Terms as this transaction sees them.</summary>
    public IReadOnlyList<Term> Terms(Func<Term, bool> which) =>
    [
        .. register.Terms.Rows.Select(term => _terms.GetValueOrDefault(term.Id, term)).Where(which),
        .. _terms.Values.Where(term => register.Terms.Find(term.Id) is null && which(term)),
    ];

    public void Put(Term term) => _terms[term.Id] = term;

    public void Add(Order order) => _orders.Add(order);

    /// <summary>True when somebody was told of this before.</summary>
    public bool Knows(Order order) => register.Orders.Rows.Concat(_orders)
        .Any(known => known.Department == order.Department && known.About == order.About && known.Recovers == order.Recovers);

    public void Add(Aggregate row) => _added.Add(row);

    /// <summary>Writes everything at once and says what changed.</summary>
    public IReadOnlyList<Change> Commit()
    {
        List<Change> changes = [];
        foreach (var row in _loaded.Values.Concat(_added))
        {
            var old = Committed(row);
            if (row.Announcements.Count == 0 && (old is null || !Copy.Differences(old, row).Any()))
            {
                continue;
            }

            changes.Add(new Change(old, row, [.. row.Announcements.Select(announced => announced.Announcement)]));
            row.ForgetAnnouncements();
            row.Version = (old?.Version ?? 0) + 1;
            Put(row);
        }

        foreach (var term in _terms.Values)
        {
            register.Terms.Put(term);
        }

        foreach (var order in _orders)
        {
            register.Orders.Put(order);
        }

        register.Log.AddRange(changes.SelectMany(change => change.Announcements));
        return changes;
    }

    private T Load<T>(Shelf<T> shelf, Guid id)
        where T : Aggregate =>
        (T)(_loaded.TryGetValue(id, out var known) ? known : _added.FirstOrDefault(row => row.Id == id) ?? (_loaded[id] = Copy.Of(shelf[id])));

    private T[] Query<T>(Shelf<T> shelf, Func<T, bool> which)
        where T : Aggregate
    {
        List<T> found = [];
        foreach (var row in shelf.Rows)
        {
            if (which(_loaded.TryGetValue(row.Id, out var known) ? (T)known : row))
            {
                found.Add(Load(shelf, row.Id));
            }
        }

        return [.. found, .. _added.OfType<T>().Where(which)];
    }

    private Aggregate? Committed(Aggregate row) => row switch
    {
        ListEntry => register.Entries.Find(row.Id),
        Domain.DueProcess.Objection => register.Objections.Find(row.Id),
        Domain.DueProcess.Repair => register.Repairs.Find(row.Id),
        MeasureTask => register.Tasks.Find(row.Id),
        Domain.DueProcess.Rectification => register.Rectifications.Find(row.Id),
        WarningEntry => register.Warnings.Find(row.Id),
        AccountabilityItem => register.Items.Find(row.Id),
        Domain.Incentives.Commitment => register.Commitments.Find(row.Id),
        TolerantAcceptance => register.Acceptances.Find(row.Id),
        _ => null,
    };

    private void Put(Aggregate row)
    {
        switch (row)
        {
            case ListEntry entry:
                register.Entries.Put(entry);
                break;
            case Objection objection:
                register.Objections.Put(objection);
                break;
            case Repair repair:
                register.Repairs.Put(repair);
                break;
            case MeasureTask task:
                register.Tasks.Put(task);
                break;
            case Rectification rectification:
                register.Rectifications.Put(rectification);
                break;
            case WarningEntry warning:
                register.Warnings.Put(warning);
                break;
            case AccountabilityItem item:
                register.Items.Put(item);
                break;
            case Commitment commitment:
                register.Commitments.Put(commitment);
                break;
            case TolerantAcceptance acceptance:
                register.Acceptances.Put(acceptance);
                break;
            case CreditRecord record:
                register.Records.Put(record);
                break;
            case Feedback feedback:
                register.Feedbacks.Put(feedback);
                break;
            default:
                throw new InvalidOperationException($"No shelf for {row.GetType().Name}.");
        }
    }
}
