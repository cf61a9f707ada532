using Credit.Domain.Policy;
using static Credit.Domain.Accountability.OfficeState;
using static Credit.Domain.Accountability.OfficeTrigger;

namespace Credit.Domain.Accountability;

/// <summary>Where a recorded office stands.</summary>
public enum OfficeState
{
    /// <summary>Recorded by one officer: nobody answers by it yet.</summary>
    Recorded,

    /// <summary>Confirmed by a second officer of the department.</summary>
    Confirmed,

    /// <summary>Turned down by a second officer: counts as never recorded.</summary>
    Rejected,
}

/// <summary>What moves a recorded office.</summary>
public enum OfficeTrigger
{
    /// <summary>A second officer confirms it.</summary>
    Confirm,

    /// <summary>A second officer turns it down.</summary>
    Reject,
}

/// <summary>The life of a recorded office.</summary>
public static class OfficeLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<OfficeState, OfficeTrigger> Table = new("Office", Recorded,
        (Recorded, Confirm, Confirmed, "R-3.4.6.a"),
        (Recorded, Reject, Rejected, "R-3.4.6.a"));
}
