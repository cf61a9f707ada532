using Credit.Abstractions;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Tasks of the annex of the policy and who answers for them.</summary>
public sealed record TaskAssignmentRow
{
    /// <summary>序号.</summary>
    public int No { get; init; }

    /// <summary>Official title.</summary>
    public string Title { get; init; } = "";

    /// <summary>责任单位, in its official wording.</summary>
    public string Responsible { get; init; } = "";

    /// <summary>Keys of the departments that lead, separated by commas.</summary>
    public string Leads { get; init; } = "";

    /// <summary>Keys of further departments named, separated by commas.</summary>
    public string Members { get; init; } = "";

    /// <summary>Every department, town, street and the development zone answers for its part.</summary>
    public bool Everyone { get; init; }
}

/// <summary>Tasks of the annex of the policy and who answers for them.</summary>
internal sealed class TaskAssignmentSet(OfficialDbContext db) : IEntitySet<TaskAssignmentRow>
{
    public static string Name => "TaskAssignments";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Tasks of the annex of the policy and who answers for them.";

    public static void Shape(ISetShape<TaskAssignmentRow> row) => row
        .Key(each => each.No)
        .Filter(each => each.Leads, each => each.Members, each => each.Everyone)
        .Sort(each => each.No)
        .Page(size: 100, max: 1000);

    public IQueryable<TaskAssignmentRow> Rows() =>
        db.TaskAssignments.Select(each => new TaskAssignmentRow
        {
            No = each.No,
            Title = each.Title,
            Responsible = each.Responsible,
            Leads = string.Join(",", each.Leads),
            Members = string.Join(",", each.Members),
            Everyone = each.Everyone,
        });
}
