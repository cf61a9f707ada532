using System.Net;
using Credit.Testing;

namespace Credit.Core.Tests.Enforcement;

public sealed class ExpiredEntryTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _journey = new(host);

    [Fact]
    [Trait("Invariant", "I39")]
    public async Task A_measure_of_an_entry_whose_term_is_over_is_not_carried_out_though_no_job_ran_yet()
    {
        var (_, tasks) = await _journey.DispatchedAsync("Y3", "2026-11-25");
        var task = tasks.Single(each => each.MeasureKey == "TAX-BLACK/9");
        (await _journey.OnTaskAsync("finance.officer", task.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);

        host.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.FromHours(8)));
        host.ForgetTokens();

        var applied = await _journey.OnTaskAsync("finance.officer", task.Id, "application");
        applied.Status.ShouldBe(HttpStatusCode.Conflict, applied.Body);
        applied.Body.ShouldContain("measure-not-running");
        var told = await _journey.OnTaskAsync("finance.officer", task.Id, "feedback", new { handleType = 1, action = "禁止参加", result = "已禁止" });
        told.Status.ShouldBe(HttpStatusCode.Conflict, told.Body);
    }
}
