namespace Credit.Domain.Listing;

/// <summary>Where entries are published (R-3.2.4.d, R-3.4.3.a).</summary>
public enum PublicationChannel
{
    /// <summary>信用中国(济宁任城).</summary>
    CreditChina,

    /// <summary>The recogniser's own site.</summary>
    DepartmentSite,

    /// <summary>The district government's portal.</summary>
    GovernmentPortal,

    /// <summary>国家企业信用信息公示系统(山东).</summary>
    Necips,
}

/// <summary>Why an entry left its list: a closed set (I24).</summary>
public enum ExitReason
{
    /// <summary>期限届满.</summary>
    Expired,

    /// <summary>误列入.</summary>
    Erroneous,

    /// <summary>认定标准变化.</summary>
    StandardChanged,

    /// <summary>信用修复.</summary>
    Repaired,

    /// <summary>转入黑名单.</summary>
    Upgraded,

    /// <summary>被列入黑名单.</summary>
    Blacklisted,

    /// <summary>被列入重点关注名单.</summary>
    Watchlisted,

    /// <summary>滥用激励.</summary>
    Misuse,
}

/// <summary>One channel on which an entry was published; the exit must be announced there too (I68).</summary>
public sealed class Publication
{
    private Publication()
    {
    }

    /// <summary>Identity.</summary>
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>The channel.</summary>
    public PublicationChannel Channel { get; private init; }

    /// <summary>First day shown.</summary>
    public DateOnly PublishedOn { get; private init; }

    /// <summary>Day the exit was announced on this channel; null until then.</summary>
    public DateOnly? ExitAnnouncedOn { get; private set; }

    internal static Publication On(PublicationChannel channel, DateOnly day) => new() { Channel = channel, PublishedOn = day };

    internal void AnnounceExit(DateOnly day) => ExitAnnouncedOn = day;
}
