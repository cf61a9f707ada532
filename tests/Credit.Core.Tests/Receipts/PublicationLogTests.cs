using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Receipts;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Host.Startup;
using Credit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Tests.Receipts;

/// <summary>Every public entry is in a log that nobody rewrites unseen, with the content the public is shown.</summary>
[Trait("Invariant", "I75")]
public sealed class PublicationLogTests(HostFixture host) : IClassFixture<HostFixture>, IDisposable
{
    private readonly OfflineVerifier _verifier = new();
    private readonly TaskJourney _register = new(host);

    private PublicationLog Log => host.Services.GetRequiredService<PublicationLog>();

    public void Dispose() => _verifier.Dispose();

    [Fact]
    public async Task A_public_entry_is_proven_at_once_with_the_content_the_feed_shows()
    {
        var entry = await _register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("W00")));

        var proof = await ProofAsync(entry.Id);

        var (code, told) = await _verifier.VerifyAsync(await GetAsync("/.well-known/credit-keys"), proof.ToJsonString());
        code.ShouldBe(0, told);
        proof["published"]!.AsArray().ShouldHaveSingleItem()!["leaf"]!["announcement"]!.GetValue<string>().ShouldBe("list-entry.published.v1");
        var row = JsonNode.Parse(await GetAsync($"/odata/public/ListEntries({entry.Id})"))!;
        foreach (var (shown, proven) in new[] { ("facts", "facts"), ("subjectName", "subjectName"), ("subjectCode", "subjectCode"), ("domain", "domain"), ("validTo", "validTo") })
        {
            Member(row, shown).ShouldBe(proof["content"]![proven]!.GetValue<string>(), shown);
        }

        // What was recognised is what is proven, by the table of the register.
        var kept = await _register.ReadAsync(db => db.Entries.FindAsync(entry.Id).AsTask());
        (proof["content"]!["facts"]!.GetValue<string>(), proof["content"]!["validTo"]!.GetValue<string>()).ShouldBe((kept!.Facts, kept.ValidTo.ToString("yyyy-MM-dd")));
        foreach (var alter in new Action<JsonObject>[]
        {
            other => other["content"]!["facts"] = "少缴税款二十万元。",
            other => other["content"]!["validTo"] = "2027-11-23",
            other => other["published"]![0]!["leaf"]!["position"] = 1,
            other => other["published"]![0]!["path"]![0] = new string('0', 64),
            other => other["head"]!["size"] = other["head"]!["size"]!.GetValue<long>() + 1,
            other => other["head"]!["root"] = new string('0', 64),
        })
        {
            var altered = proof.DeepClone().AsObject();
            alter(altered);
            (await _verifier.VerifyAsync(await GetAsync("/.well-known/credit-keys"), altered.ToJsonString())).Code.ShouldBe(2);
        }
    }

    [Fact]
    public async Task What_is_not_public_has_no_proof_and_neither_has_what_is_no_longer()
    {
        var proposed = await _register.Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("W10")));
        var watched = await _register.Entries.InForceAsync("tax", Proposals.Watch(Proposals.Code("W11")));
        var closed = await _register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("W12")).With(("publishable", false), ("unpublishableReason", "涉密")));
        foreach (var id in new[] { proposed.Id, watched.Id, closed.Id, Guid.CreateVersion7() })
        {
            (await StatusAsync($"/feeds/proof?entry={id}")).ShouldBe(HttpStatusCode.NotFound);
        }

        (await host.ScalarAsync<long>($"SELECT count(*) FROM core.published_content WHERE entry_id IN ('{proposed.Id}', '{watched.Id}', '{closed.Id}')")).ShouldBe(0);
        var shown = (await _register.Entries.PutAsync("tax.approver", $"/api/entries/{watched.Id}/publication-choice", watched.Version, new { shown = true, reason = "涉及公共安全" })).Status;
        shown.ShouldBe(HttpStatusCode.OK);
        (await ProofAsync(watched.Id))["published"]![0]!["leaf"]!["announcement"]!.GetValue<string>().ShouldBe("list-entry.publication-chosen.v1");
    }

    [Fact]
    public async Task A_corrected_entry_is_proven_as_corrected_and_as_it_was_first_published()
    {
        var (entry, _) = await _register.DispatchedAsync("W20");
        var before = await ProofAsync(entry.Id);
        var objection = await _register.ObjectAsync("association", entry.Id);
        (await _register.OnObjectionAsync("tax.officer", objection, "acceptance")).Status.ShouldBe(HttpStatusCode.OK);
        (await ProofAsync(entry.Id))["published"]!.AsArray().Count.ShouldBe(1, "verification changes nothing of the content");

        (await _register.OnObjectionAsync(
            "tax.reviewer", objection, "conclusion", new { conclusion = "Corrected", finding = "已核实", correctedFacts = "少缴税款二十万元。" })).Status.ShouldBe(HttpStatusCode.OK);

        var proof = await ProofAsync(entry.Id);
        proof["content"]!["facts"]!.GetValue<string>().ShouldBe("少缴税款二十万元。");
        var published = proof["published"]!.AsArray();
        published.Count.ShouldBe(2);
        JsonNode.DeepEquals(published[0]!["leaf"], before["published"]![0]!["leaf"]).ShouldBeTrue();
        proof.ToJsonString().ShouldNotContain(before["salt"]!.GetValue<string>(), customMessage: "what was wrong is not opened again");
        (await _verifier.VerifyAsync(await GetAsync("/.well-known/credit-keys"), proof.ToJsonString())).Code.ShouldBe(0);
    }

    [Fact]
    public async Task The_tree_is_that_of_the_definition_and_each_head_continues_the_ones_before()
    {
        List<JsonNode> heads = [];
        foreach (var mark in new[] { "W30", "W31", "W32" })
        {
            _ = await _register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code(mark)));
            await host.SettleAsync();
            await Log.CatchUpAsync(CancellationToken.None);
            await Log.SignAsync(CancellationToken.None);
            heads.Add(JsonNode.Parse(await GetAsync("/feeds/heads"))!);
        }

        var leaves = await LeavesAsync();
        foreach (var head in heads)
        {
            Convert.ToHexStringLower(Defined(leaves[..(int)head["size"]!])).ShouldBe(head["root"]!.GetValue<string>());
        }

        foreach (var (first, second) in new[] { (0, 1), (0, 2), (1, 2), (2, 2) })
        {
            var (one, two) = (heads[first], heads[second]);
            var proof = JsonNode.Parse(await GetAsync($"/feeds/consistency?first={one["size"]}&second={two["size"]}"))!;
            (proof["firstRoot"]!.GetValue<string>(), proof["secondRoot"]!.GetValue<string>()).ShouldBe((one["root"]!.GetValue<string>(), two["root"]!.GetValue<string>()));
            Domain.Receipts.MerkleTree.Continues(
                (long)one["size"]!, Bytes(one["root"]), (long)two["size"]!, Bytes(two["root"]), [.. proof["path"]!.AsArray().Select(Bytes)]).ShouldBeTrue();
        }

        (await StatusAsync("/feeds/consistency?first=0")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await StatusAsync("/feeds/consistency?first=1&second=99999999")).ShouldBe(HttpStatusCode.UnprocessableEntity);

        // The heads are outside of the database too, in their order.
        var kept = await File.ReadAllLinesAsync(host.InDataDirectory("heads", "log-heads.jsonl"));
        heads.ShouldAllBe(head => kept.Any(line => JsonNode.DeepEquals(JsonNode.Parse(line), head)));
        kept.Select(line => (long)JsonNode.Parse(line)!["size"]!).ShouldBeInOrder(SortDirection.Ascending);
        (await Log.FindContradictionAsync(heads.Select(head => ((long)head["size"]!, Bytes(head["root"]))), CancellationToken.None)).ShouldBeNull();
    }

    [Theory]
    [InlineData("W40", "UPDATE core.register_position SET hash = sha256(hash) WHERE position = {0}")]
    [InlineData("W41", "UPDATE core.published_content SET hash = sha256(hash) WHERE position = {0}")]
    [InlineData("W42", "DELETE FROM core.published_content WHERE position = {0}")]
    [InlineData("W43", "UPDATE core.register_entry SET wire_name = 'list-entry.noticed.v1' WHERE id = (SELECT entry_id FROM core.register_position WHERE position = {0})")]
    public async Task One_row_that_was_altered_contradicts_the_heads_signed_after_it(string mark, string alteration)
    {
        var entry = await _register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code(mark)));
        var before = await HeadAsync();
        var position = (long)(await ProofAsync(entry.Id))["published"]![0]!["leaf"]!["position"]!;
        var after = await HeadAsync();
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using (var command = new NpgsqlCommand(
            $"CREATE TABLE IF NOT EXISTS kept_p AS TABLE core.register_position; CREATE TABLE IF NOT EXISTS kept_c AS TABLE core.published_content; SET session_replication_role = replica; {alteration.Replace("{0}", $"{position}", StringComparison.Ordinal)}",
            connection))
        {
            await command.ExecuteNonQueryAsync();
        }

        try
        {
            var found = await Log.FindContradictionAsync([before, after], CancellationToken.None);
            found.ShouldBe(after.Size);
        }
        finally
        {
            await using var restore = new NpgsqlCommand(
                $"""
                UPDATE core.register_position p SET hash = k.hash FROM kept_p k WHERE k.position = p.position;
                INSERT INTO core.published_content SELECT * FROM kept_c ON CONFLICT (position) DO UPDATE SET hash = EXCLUDED.hash;
                UPDATE core.register_entry SET wire_name = 'list-entry.published.v1' WHERE id = (SELECT entry_id FROM core.register_position WHERE position = {position});
                DROP TABLE kept_p; DROP TABLE kept_c;
                """,
                connection);
            await restore.ExecuteNonQueryAsync();
        }

        (await Log.FindContradictionAsync([before, after], CancellationToken.None)).ShouldBeNull("put right again");
    }

    [Fact]
    [Trait("Invariant", "I81")]
    public async Task The_command_that_verifies_the_log_compares_the_signed_heads_too()
    {
        _ = await _register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("W50")));
        _ = await HeadAsync();
        var folder = Directory.CreateTempSubdirectory("credit-signed-heads-").FullName;
        try
        {
            var (heads, signed) = (Path.Combine(folder, "heads.jsonl"), Path.Combine(folder, "signed.jsonl"));
            using var auditor = await host.AsAsync("auditor");
            await File.WriteAllTextAsync(heads, await auditor.GetStringAsync(new Uri("/api/register/head", UriKind.Relative)));
            File.Copy(host.InDataDirectory("heads", "log-heads.jsonl"), signed);
            async Task<(int Code, string Told)> VerifyAsync()
            {
                await using var app = CreditHost.Build(
                    ["--head", heads, "--signed-heads", signed, "--ConnectionStrings:Credit", host.ConnectionString, "--DataDirectory", folder, "--Logging:LogLevel:Default", "Critical"]);
                await using var told = new StringWriter();
                return (await app.VerifyLogAsync(told), told.ToString());
            }

            var whole = await VerifyAsync();
            whole.Code.ShouldBe(LogVerification.Whole, whole.Told);
            var lines = await File.ReadAllLinesAsync(signed);
            var last = JsonNode.Parse(lines[^1])!.AsObject();
            last["root"] = new string('0', 64);
            await File.WriteAllLinesAsync(signed, [.. lines[..^1], last.ToJsonString()]);
            var forged = await VerifyAsync();
            (forged.Code, forged.Told.Contains($"signed head of {last["size"]} positions", StringComparison.Ordinal)).ShouldBe((LogVerification.Altered, true), forged.Told);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_public_role_reads_hashes_and_nothing_else_and_nobody_rewrites_the_tree()
    {
        (await host.TryAsync("SELECT * FROM core.log_node", "credit_public")).State.ShouldBe("42501");
        (await host.TryAsync("SELECT * FROM core.published_content", "credit_public")).State.ShouldBe("42501");
        (await host.TryAsync("SELECT * FROM pub.log_node", "credit_public")).State.ShouldBeNull();
        foreach (var table in new[] { "log_node", "published_content", "log_head" })
        {
            (await host.TryAsync($"DELETE FROM core.{table}", "credit_app")).State.ShouldBe("42501", table);
        }
    }

    private static string Member(JsonNode row, string name) =>
        row.AsObject().First(member => member.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value!.GetValue<string>();

    private static byte[] Bytes(JsonNode? hex) => Convert.FromHexString(hex!.GetValue<string>());

    // RFC 6962 §2.1, word by word.
    private static byte[] Defined(byte[][] leaves)
    {
        if (leaves.Length == 1)
        {
            return leaves[0];
        }

        var half = 1;
        while (half * 2 < leaves.Length)
        {
            half *= 2;
        }

        return SHA256.HashData([1, .. Defined(leaves[..half]), .. Defined(leaves[half..])]);
    }

    // The leaves from the tables, in letters of its own.
    private async Task<byte[][]> LeavesAsync()
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT CASE WHEN c.hash IS NULL THEN format('{"chainHash":"%s","position":%s}', encode(p.hash, 'hex'), p.position)
              ELSE format('{"announcement":"%s","chainHash":"%s","contentHash":"%s","position":%s}', e.wire_name, encode(p.hash, 'hex'), encode(c.hash, 'hex'), p.position) END
            FROM core.register_position p JOIN core.register_entry e ON e.id = p.entry_id LEFT JOIN core.published_content c USING (position) ORDER BY p.position
            """,
            connection);
        List<byte[]> leaves = [];
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            leaves.Add(SHA256.HashData([0, .. Encoding.UTF8.GetBytes(rows.GetString(0))]));
        }

        return [.. leaves];
    }

    private async Task<(long Size, byte[] Root)> HeadAsync()
    {
        await host.SettleAsync();
        await Log.CatchUpAsync(CancellationToken.None);
        await Log.SignAsync(CancellationToken.None);
        var head = JsonNode.Parse(await GetAsync("/feeds/heads"))!;
        return ((long)head["size"]!, Bytes(head["root"]));
    }

    private async Task<JsonObject> ProofAsync(Guid entry) => JsonNode.Parse(await GetAsync($"/feeds/proof?entry={entry}"))!.AsObject();

    private async Task<string> GetAsync(string address)
    {
        using var client = host.Anonymous();
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{address}: {body}");
        return body;
    }

    private async Task<HttpStatusCode> StatusAsync(string address)
    {
        using var client = host.Anonymous();
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        return answer.StatusCode;
    }
}
