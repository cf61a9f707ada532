using System.Net;
using System.Text.Json.Nodes;
using Credit.Core.Register;
using Credit.Core.Tests.Checks;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Receipts;

/// <summary>Position and instant of a question about the past belong together (I55). Its host's clock goes forward only.</summary>
[Trait("Invariant", "I55")]
public sealed class KnownAtPairTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task An_instant_that_is_not_of_the_position_is_refused_so_that_no_old_state_is_signed_as_that_of_today()
    {
        var register = new TaskJourney(host);
        var code = Proposals.Code("X11");
        var before = (await host.CheckAsync("finance.officer", [KnownAtTests.Organisation(code)])).GetProperty("receipt");
        host.Clock.Advance(TimeSpan.FromDays(1));
        host.ForgetTokens();
        await register.DispatchedAsync("X11");
        await host.Services.GetRequiredService<Sequencer>().RunOnceAsync(CancellationToken.None);
        host.Clock.Advance(TimeSpan.FromHours(1));
        host.ForgetTokens();
        var listed = (await host.CheckAsync("finance.officer", [KnownAtTests.Organisation(code)])).GetProperty("receipt");
        var (old, head) = (before.GetProperty("position").GetInt64(), listed.GetProperty("position").GetInt64());
        var (then, now) = (before.GetProperty("asOf").GetString()!, listed.GetProperty("asOf").GetString()!);
        head.ShouldBeGreaterThan(old);
        using var client = await host.AsAsync("finance.officer");
        async Task<(HttpStatusCode Status, string Body)> AskedAsync(object knownAt)
        {
            using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(client, "/api/checks", KnownAtTests.Body(code, knownAt, null, "118号"));
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }

        var again = JsonNode.Parse((await AskedAsync(new { position = old, instant = then })).Body)!["receipt"]!;
        foreach (var (position, instant) in new[] { (0, now), (old, now), (head, then), (old, (string)again["asOf"]!) })
        {
            var (status, told) = await AskedAsync(new { position, instant });
            (status, (string?)JsonNode.Parse(told)!["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "known-at-apart"), $"{position} {instant} {told}");
        }

        ((bool)again["found"]!, (string)again["validAt"]!).ShouldBe((false, before.GetProperty("validAt").GetString()!));
        foreach (var known in new object[] { new { position = head, instant = now }, new { instant = now }, new { position = head } })
        {
            var (status, told) = await AskedAsync(known);
            status.ShouldBe(HttpStatusCode.OK, told);
            JsonNode.Parse(told)!["receipt"]!["found"]!.GetValue<bool>().ShouldBeTrue();
        }
    }
}
