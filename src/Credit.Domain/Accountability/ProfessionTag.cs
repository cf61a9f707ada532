using Credit.Domain.Policy;

namespace Credit.Domain.Accountability;

/// <summary>Key groups of the policy .</summary>
public enum Profession
{
    /// <summary>会计审计人员.</summary>
    AccountingAndAudit,

    /// <summary>导游.</summary>
    TourGuide,

    /// <summary>保险经纪人.</summary>
    InsuranceBroker,

    /// <summary>教师.</summary>
    Teacher,

    /// <summary>医务人员.</summary>
    MedicalStaff,

    /// <summary>公职人员: opens the integrity file of the person, confidential (R-3.4.2.b).</summary>
    PublicServant,
}

/// <summary>What an integrity file is a reference for (R-3.4.2.b). It decides nothing by itself.</summary>
public enum IntegrityPurpose
{
    /// <summary>任用.</summary>
    Appointment,

    /// <summary>招录聘用.</summary>
    Hiring,

    /// <summary>考核.</summary>
    Assessment,

    /// <summary>评先评优.</summary>
    Honours,
}

/// <summary>A profession of a natural person .</summary>
public sealed class ProfessionTag : Aggregate
{
    private ProfessionTag()
    {
    }

    /// <summary>The person.</summary>
    public Guid PersonId { get; private init; }

    /// <summary>The profession.</summary>
    public Profession Profession { get; private init; }

    /// <summary>Department that set the tag.</summary>
    public string SetBy { get; private init; } = "";

    /// <summary>Day set.</summary>
    public DateOnly SetOn { get; private init; }

    /// <summary>First day it no longer holds; null while it does.</summary>
    public DateOnly? EndedOn { get; private set; }

    internal static ProfessionTag Set(Guid person, Profession profession, string department, DateOnly today)
    {
        var tag = new ProfessionTag { PersonId = person, Profession = profession, SetBy = department, SetOn = today };
        tag.Announce(new ProfessionTagChanged(tag.Id, Ended: false), Clause.R(profession == Profession.PublicServant ? "3.4.2.b" : "3.6.3"));
        return tag;
    }

    internal Outcome<ProfessionTag> End(DateOnly today)
    {
        if (EndedOn is not null)
        {
            return new Refusal("tag-already-ended", "该职业标签已结束。", "The profession tag has already ended.", Clause.R("3.6.3"));
        }

        EndedOn = today;
        Announce(new ProfessionTagChanged(Id, Ended: true), Clause.R(Profession == Profession.PublicServant ? "3.4.2.b" : "3.6.3"));
        return this;
    }
}
