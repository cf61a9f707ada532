using System.Text.Json;
using Credit.Core.Register;
using Credit.Core.Tests.Listing;
using Credit.Host.Startup;
using Credit.Testing;

namespace Credit.Core.Tests.Register;

/// <summary>The command that compares the log with heads kept where no database administrator reaches (X4).</summary>
[Trait("Invariant", "I81")]
public sealed class LogVerificationTests(HostFixture host) : IClassFixture<HostFixture>, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("credit-heads-").FullName;

    private string Heads => Path.Combine(_folder, "heads.jsonl");

    public async Task InitializeAsync()
    {
        // Two heads were kept, and the log went on.
        await using var bench = new RegisterBench(host);
        for (var round = 0; round < 3; round++)
        {
            await bench.RegisterAsync();
            await bench.RegisterAsync();
            await bench.Sequencer.RunOnceAsync(CancellationToken.None);
            if (round < 2)
            {
                using var auditor = await host.AsAsync("auditor");
                await File.AppendAllTextAsync(Heads, await auditor.GetStringAsync(new Uri("/api/register/head", UriKind.Relative)) + "\n");
            }
        }

        await host.TryAsync("DROP TABLE IF EXISTS kept_entry, kept_position; CREATE TABLE kept_entry AS SELECT * FROM core.register_entry; CREATE TABLE kept_position AS SELECT * FROM core.register_position");
    }

    public async Task DisposeAsync()
    {
        (await host.TryAsync(
            """
            SET session_replication_role = replica; DELETE FROM core.register_position; DELETE FROM core.register_entry;
            INSERT INTO core.register_entry OVERRIDING SYSTEM VALUE SELECT * FROM kept_entry; INSERT INTO core.register_position SELECT * FROM kept_position;
            """)).State.ShouldBeNull();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_whole_log_that_went_on_after_the_heads_were_kept_passes()
    {
        var (code, told) = await VerifyAsync();

        code.ShouldBe(LogVerification.Whole, told);
        told.ShouldContain("2 kept heads");
    }

    [Theory]
    [InlineData("UPDATE core.register_entry SET changes = jsonb_set(changes, '{Name}', '\"他\"') WHERE id = {0}")]
    [InlineData("UPDATE core.register_entry SET actor = 'nobody' WHERE id = {0}")]
    [InlineData("UPDATE core.register_entry SET changes = '{}', salt = NULL WHERE id = {0}")]
    [InlineData("DELETE FROM core.register_position WHERE entry_id = {0}; DELETE FROM core.register_entry WHERE id = {0}")]
    public async Task An_altered_entry_ends_with_its_position(string alteration)
    {
        var place = await HeadAsync(0);
        var entry = await host.ScalarAsync<long>($"SELECT entry_id FROM core.register_position WHERE position = {place.Position}");

        (await host.TryAsync("SET session_replication_role = replica; " + alteration.Replace("{0}", $"{entry}", StringComparison.Ordinal))).State.ShouldBeNull();

        var (code, told) = await VerifyAsync();
        (code, told.Contains($"position {place.Position}", StringComparison.Ordinal)).ShouldBe((LogVerification.Altered, true), told);
    }

    [Fact]
    public async Task A_chain_that_was_recomputed_over_an_altered_entry_contradicts_the_kept_head()
    {
        var (first, second) = (await HeadAsync(0), await HeadAsync(1));
        var altered = await host.ScalarAsync<long>($"SELECT entry_id FROM core.register_position WHERE position = {second.Position}");

        // As an administrator would: alter, seal anew, and let the sequencer chain everything once more.
        (await host.TryAsync(
            $"""
            UPDATE core.register_entry SET actor = 'somebody.else', salt = salt WHERE id = {altered};
            DELETE FROM core.register_position;
            """)).State.ShouldBeNull();
        await using (var bench = new RegisterBench(host))
        {
            await bench.Sequencer.RunOnceAsync(CancellationToken.None);
            (await bench.Sequencer.FindBreakAsync(CancellationToken.None)).ShouldBeNull("in itself the chain fits");
        }

        var (code, told) = await VerifyAsync();

        code.ShouldBe(LogVerification.Altered, told);
        told.ShouldContain($"position {second.Position}");
        told.ShouldNotContain($"position {first.Position}:", customMessage: "the earlier head still fits");
    }

    [Fact]
    public async Task A_log_that_was_cut_off_before_the_kept_head_is_found()
    {
        var first = await HeadAsync(0);
        (await host.TryAsync($"DELETE FROM core.register_position WHERE position > {first.Position}")).State.ShouldBeNull();

        var (code, told) = await VerifyAsync();

        (code, told.Contains($"ends at {first.Position}", StringComparison.Ordinal)).ShouldBe((LogVerification.Altered, true), told);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{\"position\":3,\"hash\":\"short\"}")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"x\":1}")]
    [InlineData("{\"position\":0,\"hash\":null}")]
    public async Task Without_a_head_nothing_is_called_whole(string? content)
    {
        File.Delete(Heads);
        if (content is not null)
        {
            await File.WriteAllTextAsync(Heads, content);
        }

        (await VerifyAsync()).Code.ShouldBe(LogVerification.NoHead);
    }

    private async Task<RegisterHead> HeadAsync(int line) => JsonSerializer.Deserialize<RegisterHead>((await File.ReadAllLinesAsync(Heads))[line], JsonSerializerOptions.Web)!;

    private async Task<(int Code, string Told)> VerifyAsync()
    {
        await using var app = CreditHost.Build(["--head", Heads, "--ConnectionStrings:Credit", host.ConnectionString, "--DataDirectory", _folder, "--Logging:LogLevel:Default", "Critical"]);
        await using var told = new StringWriter();
        return (await app.VerifyLogAsync(told), told.ToString());
    }
}
