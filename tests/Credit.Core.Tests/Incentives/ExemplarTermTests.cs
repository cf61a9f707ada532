using System.Text.Json;
using Credit.Core.Tests.Listing;
using Credit.Testing;

namespace Credit.Core.Tests.Incentives;

/// <summary>An exemplar that nobody shows in time.</summary>
public sealed class ExemplarTermTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly IncentiveJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.3.1.c")]
    public async Task After_the_last_day_department_and_lead_office_are_told_and_the_publication_is_late()
    {
        var code = Proposals.Code("E00");
        var approved = await _journey.ExemplarAsync(IncentiveJourney.Company(code), published: false);
        var id = approved.GetProperty("id").GetGuid();
        host.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 27, 15, 59, 59, TimeSpan.Zero));
        host.ForgetTokens();
        await host.SweepAsync();
        (await InboxAsync("market-supervision.officer", id)).ShouldBe(0, "the last day");
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        await host.SweepAsync();

        (await InboxAsync("market-supervision.officer", id)).ShouldBe(1);
        (await InboxAsync("development-reform.officer", id)).ShouldBe(1);
        var published = await _journey.DoneAsync("market-supervision.officer", $"/api/exemplars/{id}/publication", new { channels = new[] { "区政府网站" } }, 2);
        published.GetProperty("publishedLate").GetBoolean().ShouldBeTrue();
    }

    private async Task<int> InboxAsync(string user, Guid about) =>
        (await _journey.ReadAsync(user, "/api/inbox")).GetProperty("items").EnumerateArray()
            .Count(item => item.GetProperty("kind").GetString() == "DeadlinePassed" && item.GetProperty("text").GetString()!.Contains(about.ToString(), StringComparison.Ordinal));
}
