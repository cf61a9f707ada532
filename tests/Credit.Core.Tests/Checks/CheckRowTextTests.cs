using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Domain.Accountability;
using Credit.Domain.Enforcement;
using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Core.Tests.Checks;

/// <summary>Rows as they are hashed: whoever parses one and writes it canonically gets the same bytes.</summary>
public sealed class CheckRowTextTests
{
    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    public void A_verdict_is_canonical_and_says_everything()
    {
        var task = Guid.CreateVersion7();
        var entry = Guid.CreateVersion7();
        var text = Written(bytes => CheckRowText.Write(bytes, new(
            7, Guid.Empty, Restricted: true,
            [
                new(
                    entry, ListKind.Black, "税收\"征管\"\\\n\u0001𠮷", "tax", new(2026, 11, 24), new(2029, 11, 23), Suspended: false, Restricts: true, Responsibility.LegalRepresentative,
                    [new("TAX-BLACK/9", "TAX-BLACK", 2, "<b>&'限制", MeasureObligation.Mandatory, ["P01", "P02"], BasisSource.Memorandum, [], task, new(2026, 12, 1))]),
            ],
            new(Eligible: false, [new("listed", For: false, "中", "e", "R")], Committed: true, SupervisionClass.D, ClassBasis.BlackEntry, [new(AdviceKind.Restrict, "中", "e", "R")]))));

        text.ShouldBe(Canonical(JsonNode.Parse(text)));
        text.ShouldBe(
            $$"""{"hits":[{"answersAs":"LegalRepresentative","domain":"税收\"征管\"\\\n\u0001𠮷","entryId":"{{entry}}","list":"Black","measures":[{"canonical":["P01","P02"],"due":"2026-12-01","measureKey":"TAX-BLACK/9","memorandum":"TAX-BLACK","memorandumVersion":2,"obligation":"Mandatory","taskId":"{{task}}"}],"recogniser":"tax","restricts":true,"suspended":false,"validFrom":"2026-11-24","validTo":"2029-11-23"}],"index":7,"restricted":true,"standing":{"advice":["Restrict"],"basis":"BlackEntry","class":"D","committed":true,"eligible":false,"reasons":["listed"]},"subjectId":"00000000-0000-0000-0000-000000000000"}""");
    }

    [Fact]
    public void A_row_that_names_nobody_says_why_and_what_to_do_without_what_was_given()
    {
        var catalogue = ErrorCatalogue.Load();
        var text = Written(bytes => CheckRowText.Write(
            bytes, 3, [new("subject-code-invalid", "无效。", "Not valid.", Clause.Standard("GB 32100-2015"), "code"), new("malformed-json", "坏。", "Bad.", Clause.Standard("RFC 8259"))], catalogue));

        text.ShouldBe(Canonical(JsonNode.Parse(text)));
        var row = JsonSerializer.Deserialize<JsonElement>(text);
        row.GetProperty("errors")[0].GetProperty("hint").GetString().ShouldBe(catalogue.Find("subject-code-invalid")!.HintZh);
        row.GetProperty("errors")[1].GetProperty("field").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void Nothing_found_is_short()
    {
        var text = Written(bytes => CheckRowText.Write(bytes, new(0, null, Restricted: false, [], Standing: null)));

        text.ShouldBe("""{"hits":[],"index":0,"restricted":false,"standing":null,"subjectId":null}""");
    }

    // RFC 8785, written another way: members sorted by UTF-16, numbers as they are, only what must be is escaped.
    private static string Canonical(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject members => "{" + string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{Quoted(member.Key)}:{Canonical(member.Value)}")) + "}",
        JsonArray elements => "[" + string.Join(',', elements.Select(Canonical)) + "]",
        _ when node.GetValueKind() == JsonValueKind.String => Quoted(node.GetValue<string>()),
        _ => node.ToJsonString(),
    };

    private static string Quoted(string text) => "\"" + string.Concat(text.Select(letter => letter switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\b' => "\\b",
        '\f' => "\\f",
        < ' ' => $"\\u{(int)letter:x4}",
        _ => letter.ToString(),
    })) + "\"";

    private static string Written(Action<ArrayBufferWriter<byte>> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        write(bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
