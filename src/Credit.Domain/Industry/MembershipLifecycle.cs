using Credit.Domain.Policy;

namespace Credit.Domain.Industry;

/// <summary>Where a membership stands.</summary>
public enum MembershipState
{
    /// <summary>Applied for.</summary>
    Applicant,

    /// <summary>In force.</summary>
    Member,

    /// <summary>不予接纳.</summary>
    Refused,

    /// <summary>劝退.</summary>
    Expelled,

    /// <summary>Left by itself.</summary>
    Left,
}

/// <summary>What moves a membership.</summary>
public enum MembershipTrigger
{
    /// <summary>The association admits the applicant.</summary>
    Admit,

    /// <summary>不予接纳.</summary>
    RefuseAdmission,

    /// <summary>警告, 行业内通报批评 or 公开谴责.</summary>
    Sanction,

    /// <summary>劝退.</summary>
    Expel,

    /// <summary>The member leaves.</summary>
    Leave,
}

/// <summary>The life of a membership.</summary>
public static class MembershipLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<MembershipState, MembershipTrigger> Table = new("Membership", MembershipState.Applicant,
        (MembershipState.Applicant, MembershipTrigger.Admit, MembershipState.Member, "R-3.4.4.a"),
        (MembershipState.Applicant, MembershipTrigger.RefuseAdmission, MembershipState.Refused, "R-3.4.4.a"),
        (MembershipState.Member, MembershipTrigger.Sanction, MembershipState.Member, "R-3.4.4.a"),
        (MembershipState.Member, MembershipTrigger.Expel, MembershipState.Expelled, "R-3.4.4.a"),
        (MembershipState.Member, MembershipTrigger.Leave, MembershipState.Left, "R-3.4.4.a"));
}

/// <summary>An organisation applied for membership.</summary>
[WireName("association-membership.applied.v1")]
public sealed record MembershipApplied(Guid MemberId, Guid SubjectId, string Association);

/// <summary>A membership moved, or a member was sanctioned.</summary>
[WireName("association-membership.moved.v1")]
public sealed record MembershipMoved(Guid MemberId, Guid SubjectId, string Association, MembershipTrigger On, MembershipState State);
