using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Credit.Core.Receipts;
using Credit.Core.Records;
using Credit.Core.Tests.Checks;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Receipts;

/// <summary>When the retention is over the names are gone, and what was proven stays proven.</summary>
[Trait("Invariant", "I91")]
public sealed class RetainedPastTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly Uri Checks = new("/api/checks", UriKind.Relative);

    private readonly TaskJourney _register = new(host);

    [Fact]
    [Trait("Invariant", "I55")]
    [Trait("Invariant", "I75")]
    public async Task Proofs_and_receipts_hold_after_the_retention_and_the_answer_of_then_is_refused_and_not_guessed()
    {
        using var verifier = new OfflineVerifier();
        var code = Proposals.Code("Y00");
        var (entry, _) = await _register.DispatchedAsync("Y00");
        var receipt = JsonNode.Parse((await host.CheckAsync("finance.officer", [new { kind = "LegalPerson", code }])).GetRawText())!["receipt"]!;
        var proof = await GetAsync($"/feeds/proof?entry={entry.Id}");
        var before = JsonNode.Parse(proof)!["head"]!;
        var left = await _register.Entries.MoveAsync(
            "tax.reviewer", await _register.Entries.ReadAsync("tax.officer", entry.Id), "exit", new { reason = "StandardChanged", explanation = "已修订。" });
        left.Status.ShouldBe(HttpStatusCode.OK, left.Body);
        await host.SettleAsync();
        (await AgainAsync(code, receipt)).Status.ShouldBe(HttpStatusCode.OK);

        host.Clock.SetUtcNow(new DateTimeOffset(host.Clock.GetUtcNow().AddYears(6).UtcDateTime, TimeSpan.Zero));
        host.ForgetTokens();
        (await host.Services.GetRequiredService<AnonymiseAfterRetention>().RunOnceAsync(CancellationToken.None)).ShouldBeGreaterThan(0);
        await host.SettleAsync();
        var log = host.Services.GetRequiredService<PublicationLog>();
        await log.CatchUpAsync(CancellationToken.None);
        await log.SignAsync(CancellationToken.None);

        var again = await AgainAsync(code, receipt);
        (again.Status, JsonNode.Parse(again.Body)!["code"]!.GetValue<string>()).ShouldBe((HttpStatusCode.Gone, "known-at-gone"));
        (await AgainAsync(code, null)).Status.ShouldBe(HttpStatusCode.OK, "today is told as ever");
        var keys = await GetAsync("/.well-known/credit-keys");
        (await verifier.VerifyAsync(keys, proof)).Code.ShouldBe(0);
        (await verifier.VerifyAsync(keys, receipt.ToJsonString())).Code.ShouldBe(0);
        (await host.ScalarAsync<long>($"SELECT count(*) FROM pub.published_content WHERE entry_id = '{entry.Id}' AND salt IS NULL")).ShouldBe(1);
        (await log.FindContradictionAsync([((long)before["size"]!, Convert.FromHexString((string)before["root"]!))], CancellationToken.None)).ShouldBeNull();
        var consistency = JsonNode.Parse(await GetAsync($"/feeds/consistency?first={before["size"]}"))!;
        ((string)consistency["firstRoot"]!).ShouldBe((string)before["root"]!);
    }

    private async Task<(HttpStatusCode Status, string Body)> AgainAsync(string code, JsonNode? receipt)
    {
        using var client = await host.AsAsync("finance.officer");
        using var answer = await client.PostAsJsonAsync(Checks, new
        {
            purpose = "Administration",
            matter = new { kind = "Other", reference = "任采公字〔2026〕118号", procedure = "资格审查" },
            subjects = new[] { new { kind = "LegalPerson", code } },
            knownAt = receipt is null ? null : new { position = (long?)receipt["position"], instant = (string?)receipt["asOf"] },
        });
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> GetAsync(string address)
    {
        using var client = host.Anonymous();
        return await client.GetStringAsync(new Uri(address, UriKind.Relative));
    }
}
