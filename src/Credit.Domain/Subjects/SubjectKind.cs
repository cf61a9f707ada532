namespace Credit.Domain.Subjects;

/// <summary>The four kinds of credit subject (R-3.1.1.a; individually-owned businesses as the double-publicity standard has them).</summary>
public enum SubjectKind
{
    /// <summary>自然人.</summary>
    NaturalPerson,

    /// <summary>法人.</summary>
    LegalPerson,

    /// <summary>非法人组织.</summary>
    UnincorporatedOrganization,

    /// <summary>个体工商户.</summary>
    IndividualBusiness,
}
