using Credit.Domain.Policy;
using static Credit.Domain.Listing.StandardState;

namespace Credit.Domain.Listing;

/// <summary>Where an edition of a recognition standard stands.</summary>
public enum StandardState
{
    /// <summary>Proposed by the lead office, to be decided by a second person.</summary>
    Proposed,

    /// <summary>Registered: entries may be recognised on it on the days it is in force. Never changed again (I93).</summary>
    Registered,

    /// <summary>Not registered, with a reason.</summary>
    Refused,
}

/// <summary>What moves an edition.</summary>
public enum StandardTrigger
{
    /// <summary>A second person registers it.</summary>
    Register,

    /// <summary>A second person does not.</summary>
    Refuse,
}

/// <summary>The life of an edition.</summary>
public static class RecognitionStandardLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<StandardState, StandardTrigger> Table = new("Recognition standard", Proposed,
        (Proposed, StandardTrigger.Register, Registered, "R-3.2.1.a"),
        (Proposed, StandardTrigger.Refuse, Refused, "R-3.2.1.a"));
}
