using Credit.Domain.Policy;
using static Credit.Domain.Reports.MisconductState;
using static Credit.Domain.Reports.MisconductTrigger;

namespace Credit.Domain.Reports;

/// <summary>Where a report of misconduct stands.</summary>
public enum MisconductState
{
    /// <summary>Received.</summary>
    Received,

    /// <summary>The department takes it up.</summary>
    Accepted,

    /// <summary>The department does not take it up, and says why.</summary>
    NotAccepted,

    /// <summary>Being investigated.</summary>
    Investigating,

    /// <summary>Closed with an outcome.</summary>
    Closed,
}

/// <summary>What moves a report of misconduct.</summary>
public enum MisconductTrigger
{
    /// <summary>Taken up.</summary>
    Accept,

    /// <summary>Not taken up.</summary>
    Decline,

    /// <summary>Investigation begins.</summary>
    Investigate,

    /// <summary>Closed.</summary>
    Close,
}

/// <summary>The life of a report of misconduct.</summary>
public static class MisconductReportLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<MisconductState, MisconductTrigger> Table = new("Misconduct report", Received,
        (Received, Accept, Accepted, "R-3.4.5.a"),
        (Received, Decline, NotAccepted, "R-3.4.5.a"),
        (Accepted, Investigate, Investigating, "R-3.4.5.a"),
        (Investigating, Close, Closed, "R-3.4.5.a"));
}
