using Credit.Abstractions;
using Credit.Core.Store;
using Credit.Domain.Policy;

namespace Credit.OData.Sets;

/// <summary>Progress reports departments owe and made, by task and period.</summary>
public sealed record ProgressTermRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>序号 of the task.</summary>
    public int TaskNo { get; init; }

    /// <summary>Department that reports.</summary>
    public string Department { get; init; } = "";

    /// <summary>First day of the period.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day of the period.</summary>
    public DateOnly To { get; init; }

    /// <summary>Last day in time.</summary>
    public DateOnly DueOn { get; init; }

    /// <summary>Day of the report; null while it is owed.</summary>
    public DateOnly? ReportedOn { get; init; }

    /// <summary>The report.</summary>
    public Guid? ReportId { get; init; }

    /// <summary>Owed, and its last day is over.</summary>
    public bool Overdue { get; init; }
}

/// <summary>Progress reports departments owe and made, by task and period.</summary>
internal sealed class ProgressTermSet(OfficialDbContext db, TimeProvider clock) : IEntitySet<ProgressTermRow>
{
    public static string Name => "ProgressTerms";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Progress reports departments owe and made, by task and period.";

    public static void Shape(ISetShape<ProgressTermRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.TaskNo, each => each.Department, each => each.From, each => each.DueOn, each => each.ReportedOn, each => each.Overdue)
        .Sort(each => each.DueOn, each => each.TaskNo, each => each.Department)
        .Page(size: 100, max: 1000);

    public IQueryable<ProgressTermRow> Rows() =>
        RowsOn(clock.Today());

    private IQueryable<ProgressTermRow> RowsOn(DateOnly today) =>
        db.ProgressTerms.Select(each => new ProgressTermRow
        {
            Id = each.Id,
            TaskNo = each.TaskNo,
            Department = each.Department,
            From = each.From,
            To = each.To,
            DueOn = each.DueOn,
            ReportedOn = each.ReportedOn,
            ReportId = each.ReportId,
            Overdue = each.ReportId == null && each.DueOn < today,
        });
}
