namespace Credit.Domain.Listing;

/// <summary>The lists of the policy on which a subject is recognised. The warning list is derived, not recognised.</summary>
public enum ListKind
{
    /// <summary>红名单.</summary>
    Red,

    /// <summary>黑名单.</summary>
    Black,

    /// <summary>重点关注名单.</summary>
    Watch,
}

/// <summary>The four kinds of conduct of 三(四)1. A punish entry has exactly one.</summary>
public enum ConductCategory
{
    /// <summary>严重危害人民群众身体健康和生命安全的行为.</summary>
    HealthAndSafety,

    /// <summary>严重破坏市场公平竞争秩序和社会正常秩序的行为.</summary>
    Market,

    /// <summary>拒不履行法定义务，严重影响司法机关、行政机关公信力的行为.</summary>
    Refusal,

    /// <summary>拒不履行国防义务的行为.</summary>
    Defence,
}

/// <summary>The five kinds of basis a recognition may rest on (R-3.2.1.b).</summary>
public enum BasisKind
{
    /// <summary>登记类信息.</summary>
    Registration,

    /// <summary>行政行为信息, criminal punishment included.</summary>
    AdministrativeAct,

    /// <summary>拒不履行生效裁决信息.</summary>
    UnfulfilledJudgment,

    /// <summary>表彰奖励信息.</summary>
    Commendation,

    /// <summary>其他依法认定信息.</summary>
    Other,
}

/// <summary>Level of a recognition standard. A list may rest on the first two only (R-3.2.1.a, I14).</summary>
public enum StandardLevel
{
    /// <summary>国家级.</summary>
    National,

    /// <summary>省级, approved by the superior authority and the provincial government.</summary>
    Provincial,

    /// <summary>市级: cannot back a list.</summary>
    City,

    /// <summary>区县级: cannot back a list.</summary>
    District,
}
