namespace Credit.Core.Oversight;

/// <summary>A task of the annex as the register knows it; kept in step with the reference data at start.</summary>
internal sealed class TaskAssignmentRow
{
    /// <summary>序号.</summary>
    public int No { get; init; }

    public required string Title { get; set; }

    /// <summary>责任单位, in its official wording.</summary>
    public required string Responsible { get; set; }

    public string[] Leads { get; set; } = [];

    public string[] Members { get; set; } = [];

    public bool Everyone { get; set; }
}

/// <summary>A department owes a report on its part of a task for a period (R-4.3.a).</summary>
internal sealed class ProgressTerm
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>序号 of the task.</summary>
    public int TaskNo { get; init; }

    public required string Department { get; init; }

    /// <summary>First day of the period.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day of the period.</summary>
    public DateOnly To { get; init; }

    /// <summary>Last day in time.</summary>
    public DateOnly DueOn { get; init; }

    /// <summary>The report; null while it is owed.</summary>
    public Guid? ReportId { get; set; }

    /// <summary>Day of the report.</summary>
    public DateOnly? ReportedOn { get; set; }
}
