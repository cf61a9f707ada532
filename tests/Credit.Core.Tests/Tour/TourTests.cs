using Credit.Core.Oversight;
using Credit.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Tour;

/// <summary>Walks the chapters of <c>docs/tour</c> on a real host: what the documentation shows is what happens.</summary>
public sealed class TourTests(TourHost host) : IClassFixture<TourHost>
{
    // Once in order, once backwards: a chapter rests on no other.
    [Fact]
    [Trait("Requirement", "R-3.5.1.b")]
    [Trait("Requirement", "R-3.5.7.b")]
    [Trait("Requirement", "R-3.1.2.a")]
    public async Task Every_step_of_the_tour_does_what_it_says_and_a_second_walk_does_too()
    {
        // What the host's clockwork does at its start.
        await host.Services.GetRequiredService<ReportingPeriods>().RunOnceAsync(CancellationToken.None);
        var chapters = TourChapters.ReadAll();
        foreach (var chapter in chapters)
        {
            await new TourWalk(host, chapter).RunAsync("in order");
        }

        foreach (var chapter in chapters.Reverse())
        {
            await new TourWalk(host, chapter).RunAsync("backwards");
        }
    }

    [Fact]
    public async Task A_step_that_does_not_do_what_it_says_fails_the_tour()
    {
        var walk = new TourWalk(host, new HttpFile("none", "", new Dictionary<string, string>(), []));
        using var client = new HttpClient();
        var live = new HttpStep("", null, 200, [], [], HttpMethod.Get, "{{host}}/health/live", new Dictionary<string, string>(), []);

        await walk.RunAsync(client, live, "as it is");
        await walk.RunAsync(client, live with { Expect = null }, "as it is, whatever went well");
        await Assert.ThrowsAsync<ShouldAssertException>(() => walk.RunAsync(client, live with { Expect = 404 }, "another status"));
        await Assert.ThrowsAsync<ShouldAssertException>(() => walk.RunAsync(client, live with { Expect = null, Address = "{{host}}/no/such/page" }, "nothing there"));
        await Assert.ThrowsAsync<ShouldAssertException>(() => walk.RunAsync(client, live with { Shows = ["no such text"] }, "a missing text"));
        await Assert.ThrowsAsync<ShouldAssertException>(() => walk.RunAsync(client, live with { Hides = [""] }, "a text too many"));
    }
}
