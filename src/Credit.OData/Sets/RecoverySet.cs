using Credit.Abstractions;
using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Benefits granted for wrong red entries that the own department recovers.</summary>
public sealed record RecoveryRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The wrong red entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The task under which the benefit was granted.</summary>
    public Guid TaskId { get; init; }

    /// <summary>Department that granted it.</summary>
    public string Department { get; init; } = "";

    /// <summary>The benefit.</summary>
    public string Benefit { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>Day it was ordered.</summary>
    public DateOnly OrderedOn { get; init; }

    /// <summary>Last day to report.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Day it was reported.</summary>
    public DateOnly? ReportedOn { get; init; }
}

/// <summary>Benefits granted for wrong red entries that the own department recovers.</summary>
internal sealed class RecoverySet(OfficialDbContext db, Caller caller) : IEntitySet<RecoveryRow>
{
    public static string Name => "Recoveries";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Benefits granted for wrong red entries that the own department recovers.";

    public static void Shape(ISetShape<RecoveryRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.EntryId, each => each.TaskId, each => each.Department, each => each.OrderedOn, each => each.ReportedOn)
        .Sort(each => each.OrderedOn)
        .Navigate<OfficialEntryRow>("Entry", each => each.EntryId, target => target.Id)
        .Navigate<MeasureTaskRow>("Task", each => each.TaskId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<RecoveryRow> Rows() =>
        db.Recoveries
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department)
            .Select(each => new RecoveryRow
            {
                Id = each.Id,
                EntryId = each.EntryId,
                TaskId = each.TaskId,
                Department = each.Department,
                Benefit = each.Benefit,
                State = each.State.ToString(),
                OrderedOn = each.OrderedOn,
                Due = db.Deadlines.Where(term => term.AggregateId == each.Id && term.Kind == DeadlineKind.RecoverBenefit).Select(term => (DateOnly?)term.DueOn).FirstOrDefault(),
                ReportedOn = each.ReportedOn,
            });
}
