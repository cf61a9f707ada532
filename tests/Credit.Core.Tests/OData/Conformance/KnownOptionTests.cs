namespace Credit.Core.Tests.OData.Conformance;

/// <summary>
/// Every option the standard knows, asked of every kind of address in every spelling: it shows in the answer, or it is refused by its own name.
/// None is silently ignored.
/// </summary>
public sealed class KnownOptionTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    private const string Root = "/odata/public/";

    private static readonly (string Name, string Value)[] Options =
    [
        ("$filter", "Number%20eq%203"), ("$orderby", "Big%20desc"), ("$top", "1"), ("$skip", "1"), ("$select", "Name"), ("$count", "true"), ("$search", "_1"), ("$expand", "*"),
        ("$apply", "groupby((Name))"), ("$compute", "length(Name)%20as%20Long"), ("$format", "application/json;metadata=full"), ("$skiptoken", "WyJcdTAwMDAiXQ"), ("$deltatoken", "x"),
        ("$id", "SampleGroups('n2')"), ("$levels", "2"), ("$index", "1"), ("$schemaversion", "1"), ("$at", "2026-01-01"), ("$from", "2026-01-01"), ("$to", "2026-01-01"),
        ("$toInclusive", "2026-01-01"), ("$nope", "1"),
    ];

    [Fact]
    public async Task No_known_option_is_ignored_at_any_address()
    {
        // A row with several twins, none of them of the number filtered by: of an empty list, $top or $filter show nothing. Twins are all of one
        // number, so that they are sorted by another column.
        var id = (await feed.AskAsync(Root + "Samples?$filter=Name%20eq%20'n1'%20and%20Note%20ne%20null%20and%20Score%20ne%203%20and%20Twins/$count%20gt%201&$top=1")).Rows[0].GetProperty("Id").GetString();
        string[] addresses =
        [
            "Samples", "Samples/$count", "Samples/$filter(Flag)", $"Samples({id})", $"Samples({id})/Name", $"Samples({id})/Name/$value", $"Samples({id})/Tags", $"Samples({id})/Tags/$count",
            $"Samples({id})/Group", $"Samples({id})/Group/$ref", $"Samples({id})/Twins/$ref", "SampleGroups('n1')/Members", "SampleGroups('n1')/Members/$count",
            "$entity?$id=SampleGroups('n1')", "$metadata", "",
        ];
        List<string> wrong = [];
        var (honoured, refused) = (0, 0);
        foreach (var address in addresses)
        {
            var plain = await feed.AskAsync(Root + address);
            plain.Status.ShouldBe(200, address);
            foreach (var (name, value) in Options)
            {
                foreach (var spelt in new[] { name, name[1..], name.ToUpperInvariant() }.Where(spelt => address.Length == 0 || spelt != "$id" || !address.StartsWith('$')))
                {
                    var target = $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{spelt}={value}";
                    var answer = await feed.AskAsync(Root + target);
                    var shows = answer.Status is 200 or 204 && (answer.Body != plain.Body || answer.Headers.GetValueOrDefault("Content-Type") != plain.Headers.GetValueOrDefault("Content-Type"));
                    if (!shows && !IsRefusedByName(answer, name))
                    {
                        wrong.Add($"{answer.Status} {target} {answer.Body[..Math.Min(answer.Body.Length, 200)]}");
                    }

                    _ = shows ? honoured++ : refused++;
                }
            }
        }

        wrong.ShouldBeEmpty();
        honoured.ShouldBeGreaterThan(100);
        refused.ShouldBeGreaterThan(400);
    }

    [Fact]
    public async Task No_known_option_is_ignored_inside_an_expansion()
    {
        var plain = await feed.AskAsync(Root + "Samples?$top=9&$expand=Twins");
        List<string> wrong = [];
        foreach (var (name, value) in Options)
        {
            foreach (var spelt in new[] { name, name[1..], name.ToUpperInvariant() })
            {
                var answer = await feed.AskAsync($"{Root}Samples?$top=9&$expand=Twins({spelt}={value})");
                var shows = answer.Status == 200 && answer.Body != plain.Body;
                if (!shows && !IsRefusedByName(answer, "$expand") && !IsRefusedByName(answer, name))
                {
                    wrong.Add($"{answer.Status} {spelt}={value} {answer.Body[..Math.Min(answer.Body.Length, 200)]}");
                }

                if (name is "$filter" or "$orderby" or "$top" or "$skip" or "$select" or "$count" or "$search" or "$expand" or "$compute" or "$levels" && !shows)
                {
                    wrong.Add($"not honoured: {answer.Status} {spelt}={value} {answer.Body[..Math.Min(answer.Body.Length, 200)]}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    private static bool IsRefusedByName(FeedAnswer answer, string name) =>
        answer.Status is 400 or 406 or 501 && (answer.Json.GetProperty("error").GetProperty("target").GetString() is { } target && target.Equals(name, StringComparison.OrdinalIgnoreCase)
            || name == "$nope" && answer.ErrorCode == "option-unknown");
}
