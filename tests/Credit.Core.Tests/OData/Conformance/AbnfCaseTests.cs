using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Credit.Core.Tests.OData.Conformance;

/// <summary>
/// The test cases of the OASIS grammar, asked of our model: names of its model are put in the place of theirs. Each is answered, or
/// refused with a code; none breaks anything. Literals are read or refused as the grammar says.
/// </summary>
public sealed partial class AbnfCaseTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    /// <summary>Literals of the grammar that no value of the platform can hold.</summary>
    private static readonly string[] OutOfRange = ["0000-01-01", "-10000-04-01", "1972-06-30T23:59:60Z", "0000-01-01T00:00Z", "-10000-04-01T00:00Z"];

    private static readonly (string Theirs, string Ours)[] Names =
    [
        ("Categories", "SampleGroups"), ("Products", "Samples"), ("Customers", "SampleGroups"), ("Orders", "Samples"), ("CompanyName", "Name"), ("LastName", "Note"), ("FirstName", "Name"),
        ("Price", "Amount"), ("Cost", "Amount"), ("Revenue", "Amount"), ("Size", "Number"), ("Rating", "Number"), ("ReleaseDate", "Day"), ("BirthDate", "Day"), ("StartTime", "At"), ("EndTime", "At"),
        ("Street", "Name"), ("City", "Note"), ("Completed", "Flag"), ("Items", "Twins"), ("Category", "Group"), ("Customer", "Group"), ("Product", "Group"), ("Sizes", "Tags"), ("Addresses", "Twins"), ("Model", "Credit"), ("ID", "Name"),
    ];

    private static readonly Dictionary<string, string> Columns = new()
    {
        ["guid"] = "Id",
        ["date"] = "Day",
        ["dateTimeOffsetValue"] = "At",
        ["dateTimeOffsetLiteral"] = "At",
        ["dateTimeOffsetValueInUrl"] = "At",
        ["stringLiteral"] = "Name",
        ["boolean"] = "Flag",
        ["int32Literal"] = "Number",
        ["int64Literal"] = "Big",
        ["decimalLiteral"] = "Amount",
        ["decimalValue"] = "Amount",
        ["doubleLiteral"] = "Amount",
    };

    [Fact]
    public async Task No_case_of_the_grammar_breaks_anything()
    {
        var cases = Cases();
        cases.Count.ShouldBeGreaterThan(1000);
        List<string> wrong = [];
        var (answered, refused) = (0, 0);
        foreach (var (rule, input, _) in cases.Where(each => each.Rule != "context"))
        {
            var clock = Stopwatch.StartNew();
            var (target, headers) = Target(rule, input);
            var answer = await feed.AskAsync(target, headers);
            var code = answer.Status >= 400 && !HasCode(answer);
            if (answer.Status is not (200 or 204) && answer.Status is < 400 or (> 499 and not 501) || code || clock.ElapsedMilliseconds > 3000)
            {
                wrong.Add($"{answer.Status} {rule} {target} {answer.Body}");
            }

            _ = answer.Status < 300 ? answered++ : refused++;
        }

        wrong.ShouldBeEmpty();
        answered.ShouldBeGreaterThan(150);
        refused.ShouldBeGreaterThan(150);
    }

    [Fact]
    public async Task Literals_are_read_or_refused_as_the_grammar_says()
    {
        List<string> wrong = [];
        var literals = Cases().Where(each => Columns.ContainsKey(each.Rule))
            // Values of bodies are not escaped; in an address everything may be.
            .Where(each => !each.Rule.EndsWith("Value", StringComparison.Ordinal) || !each.Input.Contains('%', StringComparison.Ordinal)).ToList();
        literals.Count.ShouldBeGreaterThan(40);
        foreach (var (rule, input, failAt) in literals)
        {
            var escaped = input.Contains('%', StringComparison.Ordinal) ? Printable(input.Replace("+", "%2B", StringComparison.Ordinal)) : Uri.EscapeDataString(input);
            var answer = await feed.AskAsync($"/odata/public/Samples?$top=1&$filter={Columns[rule]}%20eq%20{escaped}");
            var read = failAt is null && !OutOfRange.Contains(input);
            if (answer.Status != (read ? 200 : 400))
            {
                wrong.Add($"{answer.Status} {rule} {failAt} {input}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    private static bool HasCode(FeedAnswer answer)
    {
        try
        {
            return answer.Json.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString()!.Length > 0 : answer.Json.GetProperty("code").GetString()!.Length > 0;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException)
        {
            return false;
        }
    }

    internal static (string Target, (string, string)[] Headers) Target(string rule, string input)
    {
        const string List = "/odata/public/Samples";
        var ours = Word().Replace(input, word => Names.FirstOrDefault(pair => pair.Theirs == word.Value).Ours ?? word.Value);
        switch (rule)
        {
            case "header" or "request-id":
                var colon = ours.IndexOf(':', StringComparison.Ordinal);
                return (List + "?$top=1", colon <= 0 || !ours.All(char.IsAscii) ? [] : [(ours[..colon].Trim(), ours[(colon + 1)..].Trim())]);
            case "preference" or "maxpagesizePreference" or "includeAnnotationsPreference":
                return (List + "?$top=1", [("Prefer", ours)]);
            case "prefer":
                return (List + "?$top=1", [("Prefer", ours[(ours.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())]);
            case "odataUri":
                return ("/odata/public/" + Printable(Host().Replace(ours, "")), []);
            case "odataRelativeUri" or "resourcePath" or "entitySetName":
                return ("/odata/public/" + Printable(ours), []);
            case "queryOptions" or "systemQueryOption" or "customQueryOption" or "filter" or "orderby" or "orderBy" or "select" or "expand" or "search" or "compute" or "skiptoken" or "deltatoken":
                return ($"{List}?{Printable(ours)}", []);
            case "searchExpr":
                return ($"{List}?$search={Printable(ours)}", []);
            case "commonExpr":
                return ($"{List}?$top=1&$orderby={Printable(ours)}", []);
            default:
                return ($"{List}?$top=1&$filter={Printable(ours)}", []);
        }
    }

    // What an address cannot hold as it is; the rest is sent as the case has it.
    private static string Printable(string text) => string.Concat(text.Select(letter => letter is <= ' ' or '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}' or '\u007f' or '#' or > '\u007f'
        ? string.Concat(System.Text.Encoding.UTF8.GetBytes(char.IsSurrogate(letter) ? "?" : letter.ToString()).Select(each => $"%{each:X2}"))
        : letter.ToString()));

    internal static IReadOnlyList<(string Rule, string Input, int? FailAt)> Cases()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "odata-abnf-cases.json")));
        return [.. file.RootElement.GetProperty("cases").EnumerateArray().Select(each => (
            each.GetProperty("rule").GetString()!, each.GetProperty("input").GetString()!,
            each.GetProperty("failAt") is { ValueKind: JsonValueKind.Number } at ? at.GetInt32() : (int?)null))];
    }

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex Word();

    [GeneratedRegex("^https?://[^/]+/([^/]+/){0,2}", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Host();
}
