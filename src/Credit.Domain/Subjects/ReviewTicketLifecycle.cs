using Credit.Domain.Policy;
using static Credit.Domain.Subjects.ReviewState;
using static Credit.Domain.Subjects.ReviewTrigger;

namespace Credit.Domain.Subjects;

/// <summary>Where a review ticket stands. An approved one whose minutes are over shows nothing, whatever is stored.</summary>
public enum ReviewState
{
    /// <summary>Asked for.</summary>
    Requested,

    /// <summary>Approved by a second person: shows the number once, within its minutes.</summary>
    Approved,

    /// <summary>Not approved.</summary>
    Denied,

    /// <summary>The number was shown.</summary>
    Used,
}

/// <summary>What moves a review ticket.</summary>
public enum ReviewTrigger
{
    /// <summary>Approved.</summary>
    Approve,

    /// <summary>Not approved.</summary>
    Deny,

    /// <summary>The number is shown.</summary>
    Reveal,
}

/// <summary>The life of a review ticket.</summary>
public static class ReviewTicketLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<ReviewState, ReviewTrigger> Table = new("Review ticket", Requested,
        (Requested, Approve, Approved, "R-3.2.4.f"),
        (Requested, Deny, Denied, "R-3.2.4.f"),
        (Approved, Reveal, Used, "R-3.2.4.f"));
}
