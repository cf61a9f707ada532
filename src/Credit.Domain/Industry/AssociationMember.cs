using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Domain.Subjects;

namespace Credit.Domain.Industry;

/// <summary>A member of an industry association, or an applicant for membership (R-3.4.4.a). An association acts on its own members only.</summary>
public sealed class AssociationMember : Aggregate
{
    private AssociationMember()
    {
    }

    /// <summary>Key of the association.</summary>
    public string Association { get; private init; } = "";

    /// <summary>The organisation.</summary>
    public Guid SubjectId { get; private init; }

    /// <summary>Where it stands.</summary>
    public MembershipState State { get; private set; }

    /// <summary>Day it applied.</summary>
    public DateOnly AppliedOn { get; private init; }

    /// <summary>Day it was admitted.</summary>
    public DateOnly? AdmittedOn { get; private set; }

    /// <summary>Day the membership, or the application, ended.</summary>
    public DateOnly? EndedOn { get; private set; }

    /// <summary>Enters an applicant in the association's registry.</summary>
    internal static Outcome<AssociationMember> Apply(string association, Subject subject, DateOnly today)
    {
        if (subject.Kind == SubjectKind.NaturalPerson)
        {
            return new Refusal("member-is-person", "会员应为单位。", "Members are organisations.", Clause.R("3.4.4.a"), "subject.kind");
        }

        var member = new AssociationMember { Association = association, SubjectId = subject.Id, AppliedOn = today };
        member.Announce(new MembershipApplied(member.Id, subject.Id, association), Clause.R("3.4.4.a"));
        return member;
    }

    /// <summary>Admits the applicant.</summary>
    internal Outcome<AssociationMember> Admit(DateOnly today) => Fire(MembershipTrigger.Admit, _ => AdmittedOn = today);

    /// <summary>The member leaves by itself.</summary>
    internal Outcome<AssociationMember> Leave(DateOnly today) => Fire(MembershipTrigger.Leave, _ => EndedOn = today);

    /// <summary>
    /// What a sanction does to the membership: the first three leave it as it is, but are for members only; 不予接纳 ends an
    /// application, 劝退 the membership.
    /// </summary>
    internal Outcome<AssociationMember> Suffer(SanctionKind sanction, DateOnly today)
    {
        var on = sanction switch
        {
            SanctionKind.AdmissionRefused => MembershipTrigger.RefuseAdmission,
            SanctionKind.Expulsion => MembershipTrigger.Expel,
            _ => MembershipTrigger.Sanction,
        };
        return Fire(on, move => EndedOn = move.To is MembershipState.Refused or MembershipState.Expelled ? today : EndedOn);
    }

    private Outcome<AssociationMember> Fire(MembershipTrigger on, Action<Move<MembershipState, MembershipTrigger>> effect) =>
        MembershipLifecycle.Table.Fire(State, on).Then<AssociationMember>(move =>
        {
            State = move.To;
            effect(move);
            Announce(new MembershipMoved(Id, SubjectId, Association, on, State), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });
}
