using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Core.Tests.Checks;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Register;
using Credit.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Receipts;

/// <summary>What an instant means where changes are committed in another order than they were recorded in (I55). Its host's clock goes forward only.</summary>
[Trait("Invariant", "I55")]
public sealed class KnownInstantTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Nothing_recorded_later_is_known_at_an_instant_though_it_was_committed_before_what_was_recorded_first()
    {
        var head = await HeadAsync();
        host.Clock.Advance(Second);
        var instant = host.Clock.GetUtcNow();
        host.Clock.Advance(Second);
        await using var late = await OpenAsync("先记后提");
        host.Clock.Advance(Second);
        await using (var soon = await OpenAsync("后记先提"))
        {
            await soon.CommitAsync();
        }

        await SequenceAsync();
        await late.CommitAsync();
        await SequenceAsync();
        (await HeadAsync()).ShouldBe(head + 2);

        (await KnownAsync(new { instant })).ShouldBe(head, "both were recorded after it");
        (await StatusAsync(new { position = head, instant })).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(new { position = head + 1, instant = instant + Second })).ShouldBe(HttpStatusCode.UnprocessableEntity, "what is placed there was recorded later");

        // When the one recorded later is known, so is the other: of commits the log has no time.
        (await KnownAsync(new { instant = instant + Second })).ShouldBe(head);
        (await KnownAsync(new { instant = instant + (2 * Second) })).ShouldBe(head + 2);
    }

    [Fact]
    public async Task The_instant_of_a_receipt_stands_for_its_position_though_something_recorded_before_it_was_committed_later()
    {
        await using var late = await OpenAsync("先记后提");
        host.Clock.Advance(Second);
        var receipt = (await host.CheckAsync("finance.officer", [KnownAtTests.Organisation(Proposals.Code("X31"))])).GetProperty("receipt");
        await late.CommitAsync();
        await SequenceAsync();
        host.Clock.Advance(Second);
        var (position, asOf) = (receipt.GetProperty("position").GetInt64(), receipt.GetProperty("asOf").GetString()!);
        (await HeadAsync()).ShouldBeGreaterThan(position);

        (await KnownAsync(new { instant = asOf })).ShouldBe(position, "that is what was answered then");
        (await KnownAsync(new { position, instant = asOf })).ShouldBe(position);
        (await KnownAsync(new { instant = host.Clock.GetUtcNow() })).ShouldBe(await HeadAsync());
    }

    private async Task<long> KnownAsync(object knownAt)
    {
        using var client = await host.AsAsync("finance.officer");
        using var answer = await client.PostAsJsonAsync("/api/checks", KnownAtTests.Body(Proposals.Code("X31"), knownAt, null, "118号"));
        var told = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, told);
        return JsonSerializer.Deserialize<JsonElement>(told).GetProperty("receipt").GetProperty("knownAt").GetInt64();
    }

    private async Task<HttpStatusCode> StatusAsync(object knownAt)
    {
        using var client = await host.AsAsync("finance.officer");
        using var answer = await client.PostAsJsonAsync("/api/checks", KnownAtTests.Body(Proposals.Code("X31"), knownAt, null, "118号"));
        return answer.StatusCode;
    }

    private async Task<long> HeadAsync()
    {
        await SequenceAsync();
        await using var command = host.Services.GetRequiredService<StoreSources>().Application.CreateCommand("SELECT coalesce(max(position), 0) FROM core.register_position");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private Task<int> SequenceAsync() => host.Services.GetRequiredService<Sequencer>().RunOnceAsync(CancellationToken.None);

    private async Task<Written> OpenAsync(string name)
    {
        var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        await db.Database.BeginTransactionAsync();
        db.Add(RegisterBench.NewSubject(name));
        await db.SaveChangesAsync();
        return new(scope, db);
    }

    /// <summary>Recorded, and not committed until it is said.</summary>
    private sealed class Written(AsyncServiceScope scope, CreditDbContext db) : IAsyncDisposable
    {
        public Task CommitAsync() => db.Database.CommitTransactionAsync();

        public ValueTask DisposeAsync() => scope.DisposeAsync();
    }
}
