using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Checks.Batches;
using Credit.Core.Receipts;
using Credit.Core.Store;
using Credit.Core.Tests.Checks;
using Credit.Core.Tests.Listing;
using Credit.Testing;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Credit.Core.Tests.Receipts;

/// <summary>Every check has a receipt that anybody verifies, also when nothing was found (R-3.1.6.a).</summary>
[Trait("Requirement", "R-3.1.6.a")]
[Trait("Invariant", "I55")]
public sealed class CheckReceiptTests(HostFixture host) : IClassFixture<HostFixture>, IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly OfflineVerifier _verifier = new();
    private readonly EntryJourney _entries = new(host);

    private JsonSerializerOptions Options => host.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

    public void Dispose() => _verifier.Dispose();

    [Fact]
    public async Task What_was_found_and_what_was_not_is_signed_and_any_other_answer_is_not_genuine()
    {
        var listed = Proposals.Code("R00");
        _ = await _entries.InForceAsync("tax", Proposals.Black(listed));
        await host.SettleAsync();
        var found = await AskAsync(listed);
        var nothing = await AskAsync(Proposals.Code("R01"));
        var keys = await KeysAsync();

        foreach (var (answer, wasFound) in new[] { (found, true), (nothing, false) })
        {
            var receipt = JsonNode.Parse(answer)!["receipt"]!;
            receipt["found"]!.GetValue<bool>().ShouldBe(wasFound);
            receipt["restricted"]!.GetValue<bool>().ShouldBe(wasFound);
            receipt["exact"]!.GetValue<bool>().ShouldBeTrue();
            receipt.ToJsonString().ShouldNotContain(wasFound ? listed : Proposals.Code("R01"));
            var (code, told) = await _verifier.VerifyAsync(keys, answer);
            code.ShouldBe(0, told);
            (await _verifier.VerifyAsync(keys, receipt.ToJsonString())).Code.ShouldBe(0);
        }

        // The answer laid out otherwise is the same answer.
        (await _verifier.VerifyAsync(keys, JsonNode.Parse(found)!.ToJsonString(Indented))).Code.ShouldBe(0);
        foreach (var alter in new Action<JsonObject>[]
        {
            answer => answer["subjects"]![0]!["hits"] = new JsonArray(),
            answer => answer["subjects"]![0]!["hits"]![0]!["restricts"] = false,
            answer => answer["restricted"] = false,
            answer => answer["matter"]!["reference"] = "任采公字〔2026〕119号",
            answer => answer["department"] = "tax",
            answer => answer["validAt"] = "2026-11-23",
            answer => answer["position"] = 1,
            answer => answer["number"] = "CX20261124-AAAAAAAAAAAA",
            answer => (answer["asOf"], answer["receipt"]!["asOf"]) = ("2026-11-23T02:00:00+00:00", "2026-11-23T02:00:00+00:00"),
            answer => answer["receipt"]!["restricted"] = false,
            answer => answer["receipt"]!["signature"] = JsonNode.Parse(nothing)!["receipt"]!["signature"]!.DeepClone(),
            answer => answer["receipt"]!["keyId"] = "AAAA",
            answer => answer["receipt"] = JsonNode.Parse(nothing)!["receipt"]!.DeepClone(),
        })
        {
            var altered = JsonNode.Parse(found)!.AsObject();
            alter(altered);
            (await _verifier.VerifyAsync(keys, altered.ToJsonString())).Code.ShouldBe(2, altered.ToJsonString());
        }
    }

    [Fact]
    public async Task The_answer_is_read_again_byte_for_byte_with_its_receipt()
    {
        var given = await AskAsync(Proposals.Code("R02"));

        using var client = await host.AsAsync("finance.officer");
        (await client.GetStringAsync(new Uri($"/api/checks/{JsonNode.Parse(given)!["number"]}", UriKind.Relative))).ShouldBe(given);
    }

    [Fact]
    public async Task The_holder_of_the_code_learns_when_who_and_whether_and_not_whom_or_what()
    {
        var listed = Proposals.Code("R03");
        var entry = await _entries.InForceAsync("tax", Proposals.Black(listed));
        await host.SettleAsync();
        var receipt = JsonNode.Parse(await AskAsync(listed))!["receipt"]!;
        var address = new Uri($"/verify/{receipt["code"]}", UriKind.Relative);

        using var machine = host.Anonymous();
        using var json = await machine.GetAsync(address);
        json.StatusCode.ShouldBe(HttpStatusCode.OK);
        json.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var view = JsonNode.Parse(await json.Content.ReadAsStringAsync())!;
        view["genuine"]!.GetValue<bool>().ShouldBeTrue();
        view["departmentName"]!.GetValue<string>().ShouldContain("财政");
        (view["found"]!.GetValue<bool>(), view["restricted"]!.GetValue<bool>()).ShouldBe((true, true));
        JsonNode.DeepEquals(view["receipt"], receipt).ShouldBeTrue();

        using var browser = host.Anonymous();
        browser.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        using var page = await browser.GetAsync(address);
        var html = await page.Content.ReadAsStringAsync();
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        html.ShouldStartWith("<!doctype html><html lang=\"zh-CN\">");
        html.IndexOf("查询凭证真实有效", StringComparison.Ordinal).ShouldBeInRange(0, html.IndexOf("The receipt is genuine", StringComparison.Ordinal));
        html.ShouldNotContain("<script");
        page.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldStartWith("default-src 'none'; style-src 'sha256-");
        foreach (var hidden in new[] { listed, "某某", "任采公字", "资格审查", "税收征管", "TAX-BLACK", entry.Id.ToString() })
        {
            view.ToJsonString(Indented).ShouldNotContain(hidden);
            html.ShouldNotContain(hidden);
        }
    }

    [Fact]
    public async Task Whatever_code_nobody_was_given_has_the_same_answer()
    {
        using var client = host.Anonymous();
        async Task<string> AnswerAsync(string code, string accept)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/verify/{code}", UriKind.Relative)) { Headers = { { "Accept", accept } } };
            using var answer = await client.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            var body = await answer.Content.ReadAsStringAsync();
            return accept == "text/html" ? body : string.Join(',', JsonNode.Parse(body)!.AsObject().Select(member => member.Key));
        }

        foreach (var accept in new[] { "text/html", "application/json" })
        {
            var answers = new List<string>();
            foreach (var code in new[] { "AAAAAAAAAAAAAAAAAAAA", "1", "'; drop table x", "A%20B", new string('Z', 300) })
            {
                answers.Add(await AnswerAsync(code, accept));
            }

            answers.Distinct().ShouldHaveSingleItem();
        }
    }

    [Theory]
    [InlineData("verdict = replace(verdict, '\"found\":false', '\"found\":true'), verdict_hash = sha256(convert_to(replace(verdict, '\"found\":false', '\"found\":true'), 'UTF8'))")]
    [InlineData("verdict = '{}', verdict_hash = sha256('{}')")]
    [InlineData("known_at = 1")]
    [InlineData("verdict = replace(verdict, '资格审查', '资格预审')")]
    [InlineData("department = 'tax'")]
    [InlineData("verdict = replace(verdict, '\"found\":false', '\"found\":false,\"found\":false')", true)]
    [InlineData("verdict = regexp_replace(verdict, '\"group\":(null|[{][^}]*[}])', '\"group\":{\"index\":0,\"size\":1}')", true)]
    [InlineData("verdict = replace(verdict, '\"policyPack\":\"', '\"policyPack\":\"\\ud800')", true)]
    [InlineData("verdict = replace(verdict, '\"keyId\":\"', '\"keyId\":\"\\u0000')", true)]
    public async Task A_receipt_that_was_altered_where_it_is_kept_is_called_so(string alteration, bool andItsHash = false)
    {
        var receipt = JsonNode.Parse(await AskAsync(Proposals.Code("R04")))!["receipt"]!;

        (await host.TryAsync($"UPDATE core.check_receipt SET {alteration} WHERE code = '{receipt["code"]}'")).State.ShouldBeNull();
        if (andItsHash)
        {
            (await host.ScalarAsync<bool>($"SELECT verdict_hash <> sha256(convert_to(verdict, 'UTF8')) FROM core.check_receipt WHERE code = '{receipt["code"]}'")).ShouldBeTrue("it was altered");
            (await host.TryAsync($"UPDATE core.check_receipt SET verdict_hash = sha256(convert_to(verdict, 'UTF8')) WHERE code = '{receipt["code"]}'")).State.ShouldBeNull();
        }

        using var client = host.Anonymous();
        var view = JsonNode.Parse(await client.GetStringAsync(new Uri($"/verify/{receipt["code"]}", UriKind.Relative)))!.AsObject();
        view["genuine"]!.GetValue<bool>().ShouldBeFalse();
        view.Where(member => member.Key != "genuine").ShouldAllBe(member => member.Value == null);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public async Task One_signature_holds_for_every_row_of_a_batch_and_for_no_other(int rows)
    {
        JsonObject[] told = [.. Enumerable.Range(0, rows).Select(index => new JsonObject { ["hits"] = new JsonArray(), ["index"] = index, ["restricted"] = false, ["subjectId"] = null })];
        byte[] hashes = [.. told.SelectMany(row => SHA256.HashData(Encoding.UTF8.GetBytes(row.ToJsonString())))];
        var head = new BatchVerdict(
            "CX20261124-K7Q2M9XZ4T5B", HostFixture.Start, 7, new(2026, 11, 24), "finance", Domain.Checks.QueryPurpose.Administration,
            new(Domain.Checks.MatterKind.Other, "1号", "资格审查"), Restricted: false, rows, 0, 0, 0, 0, "");
        await using var scope = host.Services.CreateAsyncScope();
        var options = Options;
        var receipt = await scope.ServiceProvider.GetRequiredService<ReceiptSeal>().SealBatchAsync(head, [], exact: true, hashes, CancellationToken.None);
        var keys = await KeysAsync();
        foreach (var index in new[] { 0, rows / 2, rows - 1 }.Distinct())
        {
            JsonObject Proof() => JsonSerializer.SerializeToNode(
                RowProof.Of(JsonSerializer.SerializeToElement(told[index]), index, hashes, JsonSerializer.Serialize(receipt, options), options), options)!.AsObject();
            var (code, said) = await _verifier.VerifyAsync(keys, Proof().ToJsonString());
            code.ShouldBe(0, said);
            foreach (var alter in new Action<JsonObject>[]
            {
                proof => proof["row"]!["restricted"] = true,
                proof => proof["row"]!["index"] = index + 1,
                proof => proof["index"] = index + 1,
                proof => proof["receipt"]!["root"] = new string('0', 64),
                proof => proof["receipt"]!["subjects"] = rows + 1,
                proof => proof["path"]!.AsArray().Add(new string('0', 64)),
            })
            {
                var altered = Proof();
                alter(altered);
                (await _verifier.VerifyAsync(keys, altered.ToJsonString())).Code.ShouldBe(2, altered.ToJsonString());
            }
        }
    }

    [Fact]
    public async Task A_batch_over_HTTP_is_signed_once_and_each_row_has_its_proof()
    {
        var listed = Proposals.Code("R07");
        _ = await _entries.InForceAsync("tax", Proposals.Black(listed));
        await host.SettleAsync();
        using var finance = await host.AsAsync("finance.officer");
        using var asked = await finance.PostAsJsonAsync("/api/checks/batch", new
        {
            purpose = "Administration",
            matter = new { kind = "Other", reference = "任采公字〔2026〕119号", procedure = "资格审查" },
            subjects = new[] { new { kind = "LegalPerson", code = Proposals.Code("R08") }, new { kind = "LegalPerson", code = listed }, new { kind = "LegalPerson", code = "91370811MA3TEXT0X1" } },
        });
        var answer = await asked.Content.ReadAsStringAsync();
        asked.StatusCode.ShouldBe(HttpStatusCode.OK, answer);
        var (keys, batch) = (await KeysAsync(), JsonNode.Parse(answer)!);
        var (code, told) = await _verifier.VerifyAsync(keys, answer);
        code.ShouldBe(0, told);
        (await _verifier.VerifyAsync(keys, answer.Replace("\"restricts\":true", "\"restricts\":false", StringComparison.Ordinal))).Code.ShouldBe(2);
        foreach (var (sum, end) in new[] { ("rowCount", 2), ("faulty", 2), ("unknown", 2), ("restrictedRows", 2), ("hits", 2), ("rows", 3) })
        {
            var altered = JsonNode.Parse(answer)!;
            altered[sum] = sum == "rows" ? null : altered[sum]!.GetValue<int>() + 1;
            (await _verifier.VerifyAsync(keys, altered.ToJsonString())).Code.ShouldBe(end, sum);
        }

        (await _verifier.VerifyAsync(keys, batch["receipt"]!.ToJsonString())).Code.ShouldBe(0);
        for (var index = 0; index < 3; index++)
        {
            var proof = await finance.GetStringAsync(new Uri($"/api/checks/{batch["number"]}/rows/{index}", UriKind.Relative));
            (code, told) = await _verifier.VerifyAsync(keys, proof);
            code.ShouldBe(0, told);
            JsonNode.DeepEquals(JsonNode.Parse(proof)!["row"], batch["rows"]![index]).ShouldBeTrue();
            (await _verifier.VerifyAsync(keys, proof.Replace("\"restricted\":", "\"restricted\":1", StringComparison.Ordinal))).Code.ShouldNotBe(0);
        }

        using var other = await host.AsAsync("tax.officer");
        (await other.GetAsync(new Uri($"/api/checks/{batch["number"]}/rows/1", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await finance.GetAsync(new Uri($"/api/checks/{batch["number"]}/rows/3", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var anonymous = host.Anonymous();
        var view = JsonNode.Parse(await anonymous.GetStringAsync(new Uri($"/verify/{batch["receipt"]!["code"]}", UriKind.Relative)))!;
        (view["genuine"]!.GetValue<bool>(), view["found"]!.GetValue<bool>(), view["receipt"]!["subjects"]!.GetValue<int>()).ShouldBe((true, true, 3));
    }

    [Fact]
    public async Task After_a_change_of_key_and_of_algorithm_older_receipts_verify_as_before()
    {
        var before = await AskAsync(Proposals.Code("R05"));
        var folder = Directory.CreateTempSubdirectory("credit-keys-").FullName;
        try
        {
            foreach (var algorithm in SignatureAlgorithms.All)
            {
                var desk = new SigningDesk(algorithm, folder, host.Services.GetRequiredService<StoreSources>(), TimeProvider.System);
                var given = JsonNode.Parse(before)!["receipt"]!.Deserialize<SignedReceipt>(Options)!;
                var signed = JsonSerializer.SerializeToNode(
                    await desk.SignAsync(by => given with { KeyId = by.KeyId, Algorithm = by.Algorithm, Signature = by.Value }, Options, IsSigned, CancellationToken.None), Options)!;
                var keys = await KeysAsync();
                var (code, told) = await _verifier.VerifyAsync(keys, signed.ToJsonString(), pythonAlone: algorithm.Name != "ES256");
                code.ShouldBe(0, told);
                signed["restricted"] = true;
                (await _verifier.VerifyAsync(keys, signed.ToJsonString(), pythonAlone: algorithm.Name != "ES256")).Code.ShouldBe(2);
                (await desk.VerifiesAsync(JsonSerializer.SerializeToElement(given, Options), IsSigned, CancellationToken.None)).ShouldBeTrue();
            }

            var published = JsonNode.Parse(await KeysAsync())!["keys"]!.AsArray();
            published.Select(key => key!["alg"]!.GetValue<string>()).ShouldBe(["ES256", "SM2-SM3", "ES256"], ignoreOrder: true);
            published.Count(key => key!["current"]!.GetValue<bool>()).ShouldBe(1);
            (await _verifier.VerifyAsync(await KeysAsync(), before)).Code.ShouldBe(0);
            (OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(Path.Combine(folder, "signing-es256.pem"))).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            (await host.TryAsync("UPDATE core.signing_key SET algorithm = 'none'", "credit_app")).State.ShouldBe("42501");
            (await host.TryAsync("DELETE FROM core.signing_key", "credit_app")).State.ShouldBe("42501");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsSigned(string member) => member is not ("group" or "signature");

    private async Task<string> AskAsync(string code)
    {
        using var client = await host.AsAsync("finance.officer");
        using var answer = await client.PostAsJsonAsync("/api/checks", new
        {
            purpose = "Administration",
            matter = new { kind = "Other", reference = "任采公字〔2026〕118号", procedure = "资格审查" },
            subjects = new[] { new { kind = "LegalPerson", code } },
        });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<string> KeysAsync()
    {
        using var client = host.Anonymous();
        return await client.GetStringAsync(new Uri("/.well-known/credit-keys", UriKind.Relative));
    }
}
