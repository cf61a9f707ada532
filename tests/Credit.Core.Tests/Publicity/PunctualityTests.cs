using System.Net;
using Credit.Core.Tests.Intake;
using Credit.Testing;

namespace Credit.Core.Tests.Publicity;

/// <summary>How punctually departments report.</summary>
public sealed class PunctualityTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Year = "/api/publicity/punctuality?from=2026-01-01&to=2026-12-31";

    private readonly Reports _reports = new(host);

    [Fact]
    [Trait("Requirement", "R-3.1.4.a")]
    [Trait("Invariant", "I28")]
    public async Task The_rate_of_a_department_is_its_first_reports_in_time_to_all_of_them()
    {
        await _reports.SendAsync(
            Reports.Officer, [], SampleSheet.Penalty(1), SampleSheet.Penalty(2), SampleSheet.Penalty(3, ("CF_JDRQ", "2026/11/13")), SampleSheet.Penalty(4, ("CF_JDRQ", "2026/11/12")));
        await _reports.SendAsync("finance.officer", [], SampleSheet.Penalty(5, ("CF_JDRQ", "2026/11/12")));

        var view = await _reports.ReadAsync("development-reform.officer", Year);

        view.GetProperty("rates").EnumerateArray().Select(rate => (
            rate.GetProperty("department").GetString(), rate.GetProperty("kind").GetString(), rate.GetProperty("stored").GetInt32(),
            rate.GetProperty("onTime").GetInt32(), rate.GetProperty("late").GetInt32(), rate.GetProperty("rate").GetDecimal()))
            .ShouldBe([("finance", "penalties", 1, 0, 1, 0m), ("market-supervision", "penalties", 4, 3, 1, 0.75m)]);

        // A correction ten days later is a new version, and its decision no later than it was.
        host.Clock.Advance(TimeSpan.FromDays(10));
        host.ForgetTokens();
        await _reports.CorrectAsync("market-supervision.approver", await _reports.SendAsync(Reports.Officer, [], SampleSheet.Penalty(1, ("CF_NR_FK", "2"))));
        (await _reports.ReadAsync("tax.officer", Year)).GetProperty("rates").GetRawText().ShouldBe(view.GetProperty("rates").GetRawText());
        (await _reports.ReadAsync("tax.officer", "/api/publicity/punctuality?from=2026-11-25&to=2026-12-31")).GetProperty("rates").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.4.a")]
    public async Task A_period_that_ends_before_it_begins_is_refused()
    {
        using var official = await host.AsAsync("tax.officer");
        (await official.GetAsync("/api/publicity/punctuality?from=2026-12-31&to=2026-01-01")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var anyone = host.Anonymous();
        (await anyone.GetAsync(Year)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
