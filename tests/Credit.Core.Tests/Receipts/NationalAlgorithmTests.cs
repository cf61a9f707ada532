using System.Net;
using System.Text.Json.Nodes;
using Credit.Core.Tests.Checks;
using Credit.Core.Tests.Listing;
using Credit.Testing;

namespace Credit.Core.Tests.Receipts;

/// <summary>The same platform under SM2 and SM3.</summary>
[Trait("Invariant", "I55")]
public sealed class NationalAlgorithmTests(NationalAlgorithmTests.Host host) : IClassFixture<NationalAlgorithmTests.Host>
{
    [Fact]
    public async Task Receipts_and_heads_are_signed_by_the_algorithm_that_is_set_and_verify_outside()
    {
        using var verifier = new OfflineVerifier();
        var answer = (await host.CheckAsync("finance.officer", [new { kind = "LegalPerson", code = Proposals.Code("R10") }])).GetRawText();
        using var client = host.Anonymous();
        var keys = await client.GetStringAsync(new Uri("/.well-known/credit-keys", UriKind.Relative));

        var receipt = JsonNode.Parse(answer)!["receipt"]!;
        (receipt["algorithm"]!.GetValue<string>(), receipt["digest"]!.GetValue<string>()).ShouldBe(("SM2-SM3", "SM3"));
        var (code, told) = await verifier.VerifyAsync(keys, answer, pythonAlone: true);
        code.ShouldBe(0, told);
        (await verifier.VerifyAsync(keys, answer.Replace("\"restricted\":false", "\"restricted\":true", StringComparison.Ordinal), pythonAlone: true)).Code.ShouldBe(2);
    }

    [Fact]
    public async Task Codes_are_not_tried_one_after_the_other()
    {
        using var client = host.Anonymous();
        List<HttpStatusCode> answers = [];
        for (var tried = 0; tried < 4; tried++)
        {
            using var answer = await client.GetAsync(new Uri($"/verify/AAAAAAAAAAAAAAAAAAA{tried}", UriKind.Relative));
            answers.Add(answer.StatusCode);
        }

        answers.ShouldBe([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests]);
    }

    public sealed class Host : HostFixture
    {
        protected override IReadOnlyList<string> Settings => ["--Receipts:Algorithm", "SM2-SM3", "--Limits:VerificationsPerMinute", "2"];
    }
}
