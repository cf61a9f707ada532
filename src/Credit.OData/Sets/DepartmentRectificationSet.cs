using Credit.Abstractions;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Rectifications of departments that were notified; texts stay with the department and the lead office.</summary>
public sealed record DepartmentRectificationRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The evaluation that requires it.</summary>
    public Guid EvaluationId { get; init; }

    /// <summary>The department.</summary>
    public string Department { get; init; } = "";

    /// <summary>Its score then.</summary>
    public decimal Score { get; init; }

    /// <summary>Day of the notice.</summary>
    public DateOnly NotifiedOn { get; init; }

    /// <summary>Last day to submit.</summary>
    public DateOnly Due { get; init; }

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>Day of the last submission.</summary>
    public DateOnly? SubmittedOn { get; init; }

    /// <summary>Missed its last day once.</summary>
    public bool WasOverdue { get; init; }
}

/// <summary>Rectifications of departments that were notified; texts stay with the department and the lead office.</summary>
internal sealed class DepartmentRectificationSet(OfficialDbContext db) : IEntitySet<DepartmentRectificationRow>
{
    public static string Name => "DepartmentRectifications";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Rectifications of departments that were notified; texts stay with the department and the lead office.";

    public static void Shape(ISetShape<DepartmentRectificationRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.State, each => each.EvaluationId, each => each.Department, each => each.Due, each => each.WasOverdue)
        .Sort(each => each.Due)
        .Navigate<EvaluationRow>("Evaluation", each => each.EvaluationId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<DepartmentRectificationRow> Rows() =>
        db.DepartmentRectifications.Select(each => new DepartmentRectificationRow
        {
            Id = each.Id,
            EvaluationId = each.EvaluationId,
            Department = each.Department,
            Score = each.Score,
            NotifiedOn = each.NotifiedOn,
            Due = each.Due,
            State = each.State.ToString(),
            SubmittedOn = each.SubmittedOn,
            WasOverdue = each.WasOverdue,
        });
}
