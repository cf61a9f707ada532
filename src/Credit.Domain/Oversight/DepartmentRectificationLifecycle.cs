using Credit.Domain.Policy;
using static Credit.Domain.Oversight.DepartmentRectificationState;
using static Credit.Domain.Oversight.DepartmentRectificationTrigger;

namespace Credit.Domain.Oversight;

/// <summary>Where a department's rectification stands.</summary>
public enum DepartmentRectificationState
{
    /// <summary>Required by the notice.</summary>
    Required,

    /// <summary>The department says what it put right.</summary>
    Submitted,

    /// <summary>The lead office accepted it.</summary>
    Accepted,

    /// <summary>Not enough: to be submitted again.</summary>
    Rejected,

    /// <summary>The last day passed without a submission.</summary>
    Overdue,
}

/// <summary>What moves a department's rectification.</summary>
public enum DepartmentRectificationTrigger
{
    /// <summary>Submitted by the department.</summary>
    Submit,

    /// <summary>Accepted by the lead office.</summary>
    Accept,

    /// <summary>Rejected by the lead office.</summary>
    Reject,

    /// <summary>The last day passed.</summary>
    Lapse,
}

/// <summary>The life of a department's rectification.</summary>
public static class DepartmentRectificationLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<DepartmentRectificationState, DepartmentRectificationTrigger> Table = new("Department rectification", Required,
        (Required, Submit, Submitted, "R-4.3.b"),
        (Submitted, Accept, Accepted, "R-4.3.b"),
        (Submitted, Reject, Rejected, "R-4.3.b"),
        (Rejected, Submit, Submitted, "R-4.3.b"),
        (Required, Lapse, Overdue, "R-4.3.b"),
        (Rejected, Lapse, Overdue, "R-4.3.b"),
        (Overdue, Submit, Submitted, "R-4.3.b"));
}
