using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Checks;
using Credit.Core.Receipts;
using Credit.Core.Store;
using Credit.Domain.Checks;
using Credit.Domain.Receipts;
using Credit.Testing;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Credit.Core.Tests.Receipts;

/// <summary>Receipts that are kept together have one signature, and each verifies by itself with nothing of the others (R-3.1.6.a).</summary>
[Trait("Requirement", "R-3.1.6.a")]
[Trait("Invariant", "I55")]
public sealed class ReceiptGroupTests(HostFixture host) : IClassFixture<HostFixture>, IDisposable
{
    private readonly OfflineVerifier _verifier = new();

    private JsonSerializerOptions Options => host.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

    private ReceiptSeal Seal => host.Services.GetRequiredService<ReceiptSeal>();

    public void Dispose() => _verifier.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    public async Task Each_answer_of_a_group_is_genuine_alone_and_no_other_is(int size)
    {
        var answers = await SignedAsync(size);
        var keys = await KeysAsync();

        answers.Select(answer => answer["receipt"]!["signature"]!.GetValue<string>()).Distinct().Count().ShouldBe(1);
        foreach (var index in new[] { 0, size / 2, size - 1 }.Distinct())
        {
            var answer = answers[index];
            answers.Where(other => other != answer).ShouldAllBe(other => !answer.ToJsonString().Contains(other["number"]!.GetValue<string>(), StringComparison.Ordinal));
            (answer["receipt"]!["group"] is null).ShouldBe(size == 1, "one alone is signed as such");
            (await Seal.IsGenuineAsync(answer["receipt"]!.ToJsonString(), CancellationToken.None)).ShouldBeTrue();
            var (code, told) = await _verifier.VerifyAsync(keys, answer.ToJsonString());
            code.ShouldBe(0, told);
        }

        foreach (var alter in Alterations(size))
        {
            var altered = answers[size / 2].DeepClone().AsObject();
            alter(altered["receipt"]!.AsObject());
            (await Seal.IsGenuineAsync(altered["receipt"]!.ToJsonString(), CancellationToken.None)).ShouldBeFalse(altered.ToJsonString());
            (await _verifier.VerifyAsync(keys, altered["receipt"]!.ToJsonString())).Code.ShouldBe(2, altered.ToJsonString());
        }
    }

    [Fact]
    public async Task A_receipt_of_the_first_version_is_genuine_still()
    {
        var desk = host.Services.GetRequiredService<SigningDesk>();
        var receipt = JsonNode.Parse((await SignedAsync(1))[0]["receipt"]!.ToJsonString())!.AsObject();
        foreach (var member in new[] { "group", "knownAt", "signature" })
        {
            _ = receipt.Remove(member);
        }

        receipt["kind"] = "credit-check-receipt.v1";
        receipt["signature"] = desk.Sign(CanonicalJson.Bytes(JsonSerializer.SerializeToElement(receipt)));

        (await Seal.IsGenuineAsync(receipt.ToJsonString(), CancellationToken.None)).ShouldBeTrue();
        (await _verifier.VerifyAsync(await KeysAsync(), receipt.ToJsonString())).Code.ShouldBe(0);
        JsonSerializer.Deserialize<SignedReceipt>(receipt.ToJsonString(), Options)!.Group.ShouldBeNull();
    }

    [Fact]
    public async Task A_replay_of_the_first_version_is_told_as_one_and_verifies_as_it_is_told()
    {
        var desk = host.Services.GetRequiredService<SigningDesk>();
        var answer = (await SignedAsync(1))[0];
        var receipt = answer["receipt"]!.AsObject();
        foreach (var member in new[] { "group", "knownAt", "signature" })
        {
            _ = receipt.Remove(member);
        }

        receipt["kind"] = "credit-check-receipt.v1";
        receipt["signature"] = desk.Sign(CanonicalJson.Bytes(JsonSerializer.SerializeToElement(receipt)));
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        var kept = new CheckReceipt
        {
            Number = (string)receipt["number"]!,
            Code = (string)receipt["code"]!,
            Department = "finance",
            Account = "finance.officer",
            Purpose = QueryPurpose.Administration,
            Kind = MatterKind.Other,
            Reference = "118号",
            Procedure = "资格审查",
            AskedAt = HostFixture.Start,
            Position = 7,
            KnownAt = 7,
        };
        kept.Take(Encoding.UTF8.GetBytes(answer.ToJsonString()));
        db.Add(kept);
        await db.SaveChangesAsync();

        using var client = host.Anonymous();
        var view = JsonNode.Parse(await client.GetStringAsync(new Uri($"/verify/{kept.Code}", UriKind.Relative)))!;
        ((bool)view["genuine"]!, (long?)view["knownAt"]).ShouldBe((true, 7L));
        JsonNode.DeepEquals(view["receipt"], receipt).ShouldBeTrue();
        (await _verifier.VerifyAsync(await KeysAsync(), view["receipt"]!.ToJsonString())).Code.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_no_receipt_at_all_the_samples_cannot_tell_and_do_not_break()
    {
        var keys = await KeysAsync();
        var receipt = (await SignedAsync(2))[0]["receipt"]!;
        foreach (var (known, text) in new[]
        {
            (keys, "[]"), (keys, "3"), (keys, ""), (keys, "{\"receipt\":{}}"), (keys, receipt.ToJsonString().Replace("\"found\":false", "\"found\":false,\"found\":false", StringComparison.Ordinal)),
            (keys, receipt.ToJsonString().Replace("\"path\":", "\"way\":", StringComparison.Ordinal)), ("{}", receipt.ToJsonString()),
            (keys, receipt.ToJsonString().Replace("\"size\":2", "\"size\":\"x\"", StringComparison.Ordinal)),
        })
        {
            (await _verifier.VerifyAsync(known, text)).Code.ShouldBe(3, text);
        }
    }

    private static IEnumerable<Action<JsonObject>> Alterations(int size)
    {
        yield return receipt => receipt["restricted"] = true;
        yield return receipt => receipt["knownAt"] = 3;
        if (size == 1)
        {
            yield return receipt => receipt["group"] = new JsonObject { ["index"] = 0, ["size"] = 1, ["path"] = new JsonArray() };
            yield break;
        }

        yield return receipt => receipt["group"] = null;
        yield return receipt => receipt["group"]!["index"] = (size / 2) - 1;
        yield return receipt => receipt["group"]!["path"]!.AsArray().Add(new string('0', 64));
        yield return receipt => receipt["group"]!["path"]![0] = new string('0', 64);
        yield return receipt => receipt["group"]!["size"] = size + 1;
    }

    private async Task<JsonObject[]> SignedAsync(int size)
    {
        List<UnsignedAnswer> unsigned = [];
        for (var index = 0; index < size; index++)
        {
            var verdict = new CheckVerdict(
                CheckReceipt.NewNumber(new(2026, 11, 24)), HostFixture.Start, 7, new(2026, 11, 24), "finance", QueryPurpose.Administration,
                new(MatterKind.Other, "任采公字〔2026〕118号", "资格审查"), Restricted: false, [new(0, null, Restricted: false, [], Standing: null)]);
            unsigned.Add(await Seal.WriteAsync(verdict, ["a"], exact: true, CheckReceipt.NewCode(), knownAt: null, CancellationToken.None));
        }

        return [.. Seal.Sign(unsigned).Select(text => JsonNode.Parse(Encoding.UTF8.GetString(text))!.AsObject())];
    }

    private async Task<string> KeysAsync()
    {
        using var client = host.Anonymous();
        return await client.GetStringAsync(new Uri("/.well-known/credit-keys", UriKind.Relative));
    }
}
