using Credit.Core.Intake.Cells;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Core.Intake;

/// <summary>
/// What a department states about a batch beside its rows: whether they are the service hall's copies (R-3.1.4.c), and where and
/// when they were published before the platform shows them (R-3.1.4.b). One statement holds for every record of the batch.
/// </summary>
/// <param name="Origin">Where the rows come from.</param>
/// <param name="Channel">Site of the department or of the government; null when nothing is stated.</param>
/// <param name="Page">Page there, in full.</param>
/// <param name="On">Day of publication there.</param>
internal sealed record SiteStatement(BatchOrigin Origin, PublicationChannel? Channel, string? Page, DateOnly? On)
{
    private const int LongestPage = 500;

    /// <summary>Everything that is wrong with the statement for records of this item.</summary>
    /// <param name="item">Catalogue item of the batch.</param>
    /// <param name="today">Day of receipt: the site comes first, the platform second.</param>
    public IEnumerable<Refusal> Check(CatalogueItem item, DateOnly today)
    {
        var states = Channel is not null || Page is not null || On is not null;
        if (!item.IsDoublePublicity && (states || Origin != BatchOrigin.Department))
        {
            yield return new(
                "not-double-publicity", "只有行政许可和行政处罚信息可以注明公示渠道和政务服务大厅来源。",
                "Only licences and penalties state a site or come from the service hall.", Clause.R("3.1.4.b"), states ? "siteChannel" : "origin");
            yield break;
        }

        if (!states)
        {
            yield break;
        }

        if (Channel is not { } channel || !item.Channels.Contains(channel))
        {
            yield return new(
                "site-channel-invalid", "公示渠道应为部门网站或政府网站。", "The site is the department's or the government's.", Clause.R("3.1.4.b"), "siteChannel");
        }

        if (Page is null || Page.Length > LongestPage || PersonalText.IsIn(Page) || !Uri.TryCreate(Page, UriKind.Absolute, out var page)
            || (page.Scheme != Uri.UriSchemeHttp && page.Scheme != Uri.UriSchemeHttps))
        {
            yield return new(
                "site-page-invalid", "公示网页应为不超过500个字符的完整网址，且不含个人号码。",
                "The page is a full http or https address of at most 500 characters without personal numbers.", Clause.R("3.1.4.b"), "sitePage");
        }

        if (On is not { } day || day > today)
        {
            yield return new(
                "site-day-invalid", "请填写公示日期，且不得晚于今日。", "The day of publication is given, and not after today.", Clause.R("3.1.4.b"), "siteOn");
        }
    }
}
