using System.Net;
using System.Text.Json;
using Credit.Core.Tests.Intake;
using Credit.Testing;

namespace Credit.Core.Tests.Publicity;

/// <summary>First on the department's or the government's site, then on the platform.</summary>
[Trait("Requirement", "R-3.1.4.b")]
public sealed class SitesTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Page = "http://www.rencheng.gov.cn/art/2026/11/20/sgs.html";

    private readonly Reports _reports = new(host);

    [Fact]
    public async Task A_record_keeps_and_shows_both_channels_and_both_times()
    {
        var batch = await _reports.SendAsync(
            Reports.Officer, [("siteChannel", "DepartmentSite"), ("sitePage", Page), ("siteOn", "2026-11-21")], SampleSheet.Penalty(1));

        var shown = (await _reports.PublicAsync($"Penalties?$filter=SubjectCode eq '{SampleSheet.Code(1)}'")).ShouldHaveSingleItem();

        (Text(shown, "SiteChannel"), Text(shown, "SitePage"), Text(shown, "SiteOn")).ShouldBe(("DepartmentSite", Page, "2026-11-21"));
        shown.GetProperty("ShownSince").GetDateTimeOffset().ShouldBe(HostFixture.Start);
        batch.GetProperty("completedAt").GetDateTimeOffset().ShouldBe(HostFixture.Start);
        var listed = (await _reports.ReadAsync(Reports.Officer, $"/odata/official/IntakeBatches({batch.GetProperty("id")})"));
        (Text(listed, "SiteChannel"), Text(listed, "SitePage"), Text(listed, "SiteOn")).ShouldBe(("DepartmentSite", Page, "2026-11-21"));
    }

    [Fact]
    public async Task A_version_that_waited_for_its_confirmation_is_shown_from_then_on()
    {
        await _reports.SendAsync(Reports.Officer, [], SampleSheet.Penalty(2));
        var batch = await _reports.SendAsync(Reports.Officer, [], SampleSheet.Penalty(2, ("CF_NR_FK", "2")));
        host.Clock.Advance(TimeSpan.FromMinutes(30));
        await _reports.CorrectAsync("market-supervision.approver", batch);

        var shown = (await _reports.PublicAsync($"Penalties?$filter=SubjectCode eq '{SampleSheet.Code(2)}'")).ShouldHaveSingleItem();

        shown.GetProperty("ShownSince").GetDateTimeOffset().ShouldBe(host.Clock.GetUtcNow());
        shown.GetProperty("SiteChannel").ValueKind.ShouldBe(JsonValueKind.Null, "nothing was stated");
    }

    [Theory]
    [InlineData("siteChannel", "CreditChina", "site-channel-invalid")]
    [InlineData("siteChannel", "", "site-channel-invalid")]
    [InlineData("sitePage", "www.rencheng.gov.cn", "site-page-invalid")]
    [InlineData("sitePage", "javascript:alert(1)", "site-page-invalid")]
    [InlineData("sitePage", "http://www.rencheng.gov.cn/370811199001010014", "site-page-invalid")]
    [InlineData("sitePage", "", "site-page-invalid")]
    [InlineData("siteOn", "2026-11-25", "site-day-invalid")]
    [InlineData("siteOn", "", "site-day-invalid")]
    public async Task A_site_without_channel_page_or_day_or_after_the_platform_is_refused(string field, string value, string code)
    {
        var fields = new Dictionary<string, string> { ["siteChannel"] = "GovernmentPortal", ["sitePage"] = Page, ["siteOn"] = "2026-11-24", [field] = value };

        var (status, body, _) = await _reports.TrySendAsync(
            Reports.Officer, "penalties", "a.csv", SampleSheet.Csv(SampleSheet.Penalty(3)), [.. fields.Where(each => each.Value.Length > 0).Select(each => (each.Key, each.Value))]);

        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString()).ShouldBe([code]);
    }

    [Fact]
    public async Task What_is_no_double_publicity_states_no_site()
    {
        var (status, body, _) = await _reports.TrySendAsync(
            Reports.Officer, "subjects", "a.csv", SampleSheet.Csv(SampleSheet.Subject(4)), ("siteChannel", "DepartmentSite"), ("sitePage", Page), ("siteOn", "2026-11-21"));

        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        body.GetRawText().ShouldContain("not-double-publicity");
    }

    private static string? Text(JsonElement row, string member) => row.GetProperty(member).GetString();
}
