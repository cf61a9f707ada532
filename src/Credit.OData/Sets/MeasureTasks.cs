using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Credit.OData.Changes;

namespace Credit.OData.Sets;

/// <summary>Measure tasks of the own department, and of entries it recognised.</summary>
public sealed record MeasureTaskRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>List of the entry.</summary>
    public string List { get; init; } = "";

    /// <summary>领域.</summary>
    public string Domain { get; init; } = "";

    /// <summary>The person the measure reaches beside the unit; null when it reaches the subject itself.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>Subject, or the person reached.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>Unified code or mask.</summary>
    public string SubjectCode { get; init; } = "";

    /// <summary>Memorandum.</summary>
    public string Memorandum { get; init; } = "";

    /// <summary>Its version.</summary>
    public int MemorandumVersion { get; init; }

    /// <summary>Measure.</summary>
    public string MeasureKey { get; init; } = "";

    /// <summary>Key of the measure in the version of the memorandum the task came from.</summary>
    public string CatalogueKey { get; init; } = "";

    /// <summary>Wording.</summary>
    public string Wording { get; init; } = "";

    /// <summary>Mandatory or Recommended.</summary>
    public string Obligation { get; init; } = "";

    /// <summary>Laws and documents it rests on; what is still to be checked says so.</summary>
    public string Basis { get; init; } = "";

    /// <summary>Memorandum when the memorandum cites them; Dictionary when the dictionary of measures does (R-3.5.3.a).</summary>
    public string BasisFrom { get; init; } = "";

    /// <summary>Department.</summary>
    public string Department { get; init; } = "";

    /// <summary>Day given out.</summary>
    public DateOnly IssuedOn { get; init; }

    /// <summary>Last day.</summary>
    public DateOnly Due { get; init; }

    /// <summary>Progress.</summary>
    public string State { get; init; } = "";

    /// <summary>Running, Suspended or Ended.</summary>
    public string Execution { get; init; } = "";

    /// <summary>Reason for not applying.</summary>
    public string? Reason { get; init; }

    /// <summary>Latest feedback.</summary>
    public DateOnly? FedBackOn { get; init; }

    /// <summary>Last day to confirm the stop.</summary>
    public DateOnly? StopDue { get; init; }

    /// <summary>Day stopped.</summary>
    public DateOnly? StoppedOn { get; init; }
}

/// <summary>Measure tasks of the own department, and of entries it recognised.</summary>
internal sealed class MeasureTasks(OfficialDbContext db, Caller caller, TimeProvider clock) : IEntitySet<MeasureTaskRow>, IScopedSet<MeasureTaskRow>
{
    public static string Name => "MeasureTasks";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Measure tasks of the own department, and of entries it recognised.";

    public static void Shape(ISetShape<MeasureTaskRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.State, each => each.EntryId, each => each.PersonId, each => each.Domain, each => each.SubjectName, each => each.SubjectCode, each => each.Memorandum, each => each.MeasureKey, each => each.Department, each => each.IssuedOn, each => each.Due, each => each.FedBackOn, each => each.StopDue, each => each.StoppedOn)
        .Sort(each => each.Department, each => each.IssuedOn, each => each.Due)
        .Search(each => each.SubjectName, each => each.SubjectCode, each => each.Wording)
        .Navigate<OfficialEntryRow>("Entry", each => each.EntryId, target => target.Id)
        .Navigate<OfficialMeasureRow>("Measure", each => each.CatalogueKey, target => target.Key)
        .Navigate<OfficialDepartmentRow>("ResponsibleDepartment", each => each.Department, target => target.Key)
        .Navigate<FeedbackRow>("Feedback", each => each.Id, target => target.TaskId)
        .Follows("MeasureTask")
        .Follows("ListEntry", "SELECT t.id, t.entry_id FROM core.measure_task t WHERE t.entry_id = ANY ($1)")
        .Page(size: 100, max: 1000);

    // Who recognised an entry never changes, so the entry of today tells whose the task was.
    public IQueryable<MeasureTaskRow> Within(IQueryable<MeasureTaskRow> rows) =>
        rows.Where(row => caller.SeesAllDepartments || row.Department == caller.Department || db.Entries.Any(entry => entry.Id == row.EntryId && entry.Recogniser == caller.Department));

    public IQueryable<MeasureTaskRow> Rows()
    {
        // The last day of the entry ends its measures for every reader, whether or not the clockwork came by (I33, I39).
        var today = clock.Today();
        return db.Tasks
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department || db.Entries.Any(entry => entry.Id == each.EntryId && entry.Recogniser == caller.Department))
            .Select(each => new MeasureTaskRow
            {
                Id = each.Id,
                EntryId = each.EntryId,
                List = each.List.ToString(),
                Domain = each.Domain,
                PersonId = each.PersonId,
                SubjectName = each.SubjectName,
                SubjectCode = each.SubjectCode,
                Memorandum = each.Memorandum,
                MemorandumVersion = each.MemorandumVersion,
                MeasureKey = each.MeasureKey,
#pragma warning disable CA1845 // The database takes texts apart, and knows no spans.
                CatalogueKey = each.Memorandum + "@" + each.MemorandumVersion.ToString() + each.MeasureKey.Substring(each.Memorandum.Length),
#pragma warning restore CA1845
                Wording = each.Wording,
                Obligation = each.Obligation.ToString(),
                Basis = each.Basis,
                BasisFrom = each.BasisFrom.ToString(),
                Department = each.Department,
                IssuedOn = each.IssuedOn,
                Due = each.Due,
                State = each.State.ToString(),
                Execution = db.Entries.Any(entry => entry.Id == each.EntryId && entry.ValidTo < today) ? nameof(TaskExecution.Ended) : each.Execution.ToString(),
                Reason = each.Reason,
                FedBackOn = each.FedBackOn,
                StopDue = each.StopDue,
                StoppedOn = each.StoppedOn,
            });
    }
}
