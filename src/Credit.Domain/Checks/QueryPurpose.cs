namespace Credit.Domain.Checks;

/// <summary>What non-public credit information is asked for; mandatory and logged (R-3.1.5.a).</summary>
public enum QueryPurpose
{
    /// <summary>行政管理: a decision or supervision in the department's own procedure.</summary>
    Administration,

    /// <summary>市场交易.</summary>
    MarketTransaction,

    /// <summary>企业治理.</summary>
    CorporateGovernance,

    /// <summary>行业管理.</summary>
    IndustryManagement,

    /// <summary>社会公益.</summary>
    SocialWelfare,

    /// <summary>公共服务.</summary>
    PublicService,

    /// <summary>监督检查: oversight of the platform itself, audits and evaluations.</summary>
    Oversight,

    /// <summary>信息共享: a system that keeps its copy in step.</summary>
    Exchange,
}
