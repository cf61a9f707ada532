using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Exchange;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Oversight;
using Credit.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Exchange;

/// <summary>A city that is there, goes away, refuses, and answers twice or too late.</summary>
public sealed class FakeCity
{
    public List<(long Position, Guid Correlation, string Step, string Body)> Got { get; } = [];

    public bool Gone { get; set; }

    public int AwayAfter { get; set; } = int.MaxValue;

    public Func<string, bool> Refuses { get; set; } = _ => false;
}

internal sealed class FakeCityTransport(FakeCity city) : ICityTransport
{
    public Task<Delivery> SendAsync(CityMessage message, CancellationToken cancel)
    {
        var step = JsonSerializer.Deserialize<JsonElement>(message.Body);
        var name = step.GetProperty("step").GetString()!;
        if (city.Gone || city.Got.Count >= city.AwayAfter)
        {
            // It got the message, and the answer was lost: the next try is a duplicate.
            city.Got.Add((message.Position, step.GetProperty("correlationId").GetGuid(), name, message.Body));
            (city.Gone, city.AwayAfter) = (true, int.MaxValue);
            return Task.FromResult(new Delivery(Handover.Away, "timeout"));
        }

        if (city.Refuses(message.Body))
        {
            return Task.FromResult(new Delivery(Handover.Refused, "http-422"));
        }

        city.Got.Add((message.Position, step.GetProperty("correlationId").GetGuid(), name, message.Body));
        return Task.FromResult(new Delivery(Handover.Received, "R" + message.Position));
    }

    public Task<IReadOnlyList<CityReceipt>> ReadReceiptsAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<CityReceipt>>([]);

    public Task KeptAsync(CityReceipt receipt, CancellationToken cancel) => Task.CompletedTask;
}

/// <summary>A host that pushes to a fake city.</summary>
public sealed class PushingHost : HostFixture
{
    public FakeCity City { get; } = new();

    protected override IReadOnlyList<string> Settings =>
        ["--Exchange:City:Transport", "file", "--Exchange:City:Outbox", "/nowhere", "--Exchange:City:Receipts", "/nowhere"];

    protected override void Adjust(IServiceCollection services) => services.AddSingleton<ICityTransport>(new FakeCityTransport(City));
}

/// <summary>What is in the log reaches the city, whatever happens to the city.</summary>
[Trait("Requirement", "R-2.2")]
public sealed class CityDispatchTests(PushingHost host) : IClassFixture<PushingHost>
{
    private readonly TaskJourney _journey = new(host);
    private readonly OversightDesk _desk = new(host);

    [Fact]
    [Trait("Requirement", "R-3.5.1.a")]
    [Trait("Invariant", "I87")]
    [Trait("Invariant", "I96")]
    public async Task A_city_that_goes_away_and_comes_back_has_everything_once_and_in_order_and_what_it_refuses_is_parked_and_replayed()
    {
        await GoesAwayAndComesBackAsync();
        await RefusesOneSubjectAsync();
    }

    private async Task GoesAwayAndComesBackAsync()
    {
        var city = host.City;
        city.AwayAfter = 3;
        var (entry, _) = await _journey.DispatchedAsync("Q0");
        var (other, _) = await _journey.DispatchedAsync("Q1");
        (await StandingAsync()).GetProperty("lag").GetInt32().ShouldBeGreaterThan(10);

        await RunAsync();
        city.Got.Count.ShouldBe(4, "three, and one whose answer was lost");
        await RunAsync();
        city.Got.Count.ShouldBe(4, "it is left in peace while it is away");
        host.Clock.Advance(TimeSpan.FromHours(2));
        host.ForgetTokens();
        await RunAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await RunAsync();
        (await _desk.InboxAsync("development-reform.officer", "ExchangeAlarm")).ShouldHaveSingleItem("away for longer than an hour, said once");

        city.Gone = false;
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await RunAsync();

        (await StandingAsync()).GetProperty("lag").GetInt32().ShouldBe(0);
        (await StandingAsync()).GetProperty("parked").GetInt32().ShouldBe(0, "being away is no message's fault");
        var first = city.Got.GroupBy(message => message.Position).Select(same => same.First()).ToArray();
        city.Got.GroupBy(message => message.Position).ShouldAllBe(same => same.Select(message => message.Body).Distinct().Count() == 1);
        foreach (var about in new[] { entry.Id, other.Id })
        {
            first.Where(message => message.Correlation == about).Select(message => message.Position).ShouldBeInOrder();
            first.Where(message => message.Correlation == about).Take(2).Select(message => message.Step).ShouldBe(["list-entry.recognised.v1", "list-entry.published.v1"]);
        }

        var count = city.Got.Count;
        await RunAsync();
        city.Got.Count.ShouldBe(count, "nothing is sent again");
    }

    private async Task RefusesOneSubjectAsync()
    {
        var city = host.City;
        var (bad, _) = await _journey.DispatchedAsync("Q2");
        var (good, _) = await _journey.DispatchedAsync("Q3");
        city.Refuses = body => body.Contains("list-entry.recognised.v1", StringComparison.Ordinal) && body.Contains(Proposals.Code("Q2"), StringComparison.Ordinal);
        for (var turn = 0; turn < 8; turn++)
        {
            await RunAsync();
            host.Clock.Advance(TimeSpan.FromMinutes(6));
        }

        host.ForgetTokens();
        city.Got.ShouldNotContain(message => message.Correlation == bad.Id, "later messages of the subject wait behind the parked one");
        city.Got.ShouldContain(message => message.Correlation == good.Id, "others go on");
        var parked = (await _desk.GetAsync("development-reform.officer", "/api/exchange/city/parked")).EnumerateArray().ShouldHaveSingleItem();
        parked.GetProperty("failure").GetString().ShouldBe("http-422");
        (await _desk.InboxAsync("development-reform.officer", "ExchangeAlarm")).Count.ShouldBe(2);
        (await _desk.StatusOfAsync("finance.officer", "/api/exchange/city/parked")).ShouldBe(HttpStatusCode.Forbidden);
        (await StandingAsync()).GetProperty("lag").GetInt32().ShouldBeGreaterThan(0);

        city.Refuses = _ => false;
        using var lead = await host.AsAsync("development-reform.officer");
        using var replayed = await lead.PostAsync($"/api/exchange/city/parked/{parked.GetProperty("position").GetInt64()}/replay", null);
        replayed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var again = await lead.PostAsync($"/api/exchange/city/parked/{parked.GetProperty("position").GetInt64()}/replay", null);
        again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await RunAsync();

        (await StandingAsync()).GetProperty("lag").GetInt32().ShouldBe(0);
        city.Got.Where(message => message.Correlation == bad.Id).Select(message => message.Position).ShouldBeInOrder();
        city.Got.Where(message => message.Correlation == bad.Id).Select(message => message.Position).ShouldBeUnique();
    }

    private async Task RunAsync()
    {
        await host.SettleAsync();
        await host.Services.GetRequiredService<CityDispatch>().RunOnceAsync(CancellationToken.None);
    }

    private async Task<JsonElement> StandingAsync()
    {
        await host.SettleAsync();
        using var client = await host.AsAsync("development-reform.officer");
        return await client.GetFromJsonAsync<JsonElement>("/api/exchange/city");
    }
}
