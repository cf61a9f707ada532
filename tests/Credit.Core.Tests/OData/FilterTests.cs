using System.Text.Json;

namespace Credit.Core.Tests.OData;

/// <summary>What a filter lets through, against the same rows filtered in memory with the null rules of OData 4.01.</summary>
public sealed class FilterTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    private static readonly (string Filter, Func<SampleRow, bool> Meaning)[] Filters =
    [
        ("Number eq 3", row => row.Number == 3),
        ("Number ne 3", row => row.Number != 3),
        ("3 lt Number", row => row.Number > 3),
        ("Number ge 3 and Number le 5", row => row.Number is >= 3 and <= 5),
        ("Big gt 300000000000", row => row.Big > 300_000_000_000),
        ("Big eq 3000000000", row => row.Big == 3_000_000_000),
        ("Flag", row => row.Flag),
        ("not Flag", row => !row.Flag),
        ("Flag eq false", row => !row.Flag),
        ("true", _ => true),
        ("not true", _ => false),
        ("Score eq 1", row => row.Score == 1),
        ("Score ne 1", row => row.Score != 1),
        ("not (Score eq 1)", row => row.Score != 1),
        ("Score eq null", row => row.Score is null),
        ("Score ne null", row => row.Score is not null),
        ("null eq Score", row => row.Score is null),
        ("Score gt 1", row => row.Score > 1),
        ("not (Score gt 1)", row => !(row.Score > 1)),
        ("not (Score le 1)", row => !(row.Score <= 1)),
        ("Score gt null", _ => false),
        ("not (Score gt null)", _ => true),
        ("Number eq null", _ => false),
        ("Number ne null", _ => true),
        ("Amount eq 1.5", row => row.Amount == 1.5m),
        ("Amount eq 2", row => row.Amount == 2m),
        ("Amount lt 2.25", row => row.Amount < 2.25m),
        ("not (Amount lt 2.25)", row => !(row.Amount < 2.25m)),
        ("Note eq '注%25_1'", row => row.Note == "注%_1"),
        ("Note ne '注%25_1'", row => row.Note != "注%_1"),
        ("contains(Note,'%25_1')", row => row.Note is not null && row.Note.Contains("%_1", StringComparison.Ordinal)),
        ("contains(Note,'_')", row => row.Note is not null),
        ("contains(Note,'')", row => row.Note is not null),
        ("startswith(Note,'注')", row => row.Note is not null),
        ("startswith(Name,'n1')", row => row.Name == "n1"),
        ("endswith(Name,'1')", row => row.Name == "n1"),
        // A function of null is null, and so is its negation: neither lets the row through.
        ("not contains(Note,'1')", row => row.Note is not null && !row.Note.Contains('1', StringComparison.Ordinal)),
        ("not (contains(Note,'1') or Score gt 1)", row => row.Note is not null && !row.Note.Contains('1', StringComparison.Ordinal) && !(row.Score > 1)),
        ("not (contains(Note,'1') and Score gt 1)", row => (row.Note is not null && !row.Note.Contains('1', StringComparison.Ordinal)) || !(row.Score > 1)),
        ("not not contains(Note,'1')", row => row.Note?.Contains('1', StringComparison.Ordinal) == true),
        ("Name gt 'n2'", row => string.CompareOrdinal(row.Name, "n2") > 0),
        ("Name eq 'it''s'", _ => false),
        ("Note gt '注%25_1'", row => row.Note is not null && string.CompareOrdinal(row.Note, "注%_1") > 0),
        ("not (Note gt '注%25_1')", row => !(row.Note is not null && string.CompareOrdinal(row.Note, "注%_1") > 0)),
        ("Number in (1,3)", row => row.Number is 1 or 3),
        ("not (Number in (1,3))", row => row.Number is not (1 or 3)),
        ("Score in (1,3)", row => row.Score is 1 or 3),
        ("not (Score in (1,3))", row => row.Score is not (1 or 3)),
        ("Name in ('n1','n3')", row => row.Name is "n1" or "n3"),
        ("Amount in (1.5,2)", row => row.Amount is 1.5m or 2m),
        ("Day in (2026-01-02,2026-01-03)", row => row.Day == new DateOnly(2026, 1, 2) || row.Day == new DateOnly(2026, 1, 3)),
        ("Day eq 2026-01-02", row => row.Day == new DateOnly(2026, 1, 2)),
        ("Day gt 2026-01-08", row => row.Day > new DateOnly(2026, 1, 8)),
        ("Day gt 0001-01-01", _ => true),
        ("Day lt 9999-12-31", _ => true),
        ("Until eq null", row => row.Until is null),
        ("Until le 2026-06-01", row => row.Until <= new DateOnly(2026, 6, 1)),
        ("not (Until le 2026-06-01)", row => !(row.Until <= new DateOnly(2026, 6, 1))),
        ("At eq 2026-01-01T05:00:00Z", row => row.At.Hour == 5),
        ("At eq 2026-01-01T13:00:00%2B08:00", row => row.At.Hour == 5),
        ("At lt 2026-01-01T05:00:00.001Z", row => row.At.Hour <= 5),
        ("At gt 0001-01-01T00:00:00Z", _ => true),
        ("Number eq 1 or Number eq 2 and Flag", row => row.Number == 1 || (row.Number == 2 && row.Flag)),
        ("(Number eq 1 or Number eq 2) and Flag", row => row.Number is 1 or 2 && row.Flag),
    ];

    public static TheoryData<string> Cases => [.. Filters.Select(each => each.Filter)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_filter_lets_through_what_OData_says(string filter)
    {
        var expected = Samples.Mirror.Where(Filters.Single(each => each.Filter == filter).Meaning).Select(row => row.Plain).Order(StringComparer.Ordinal).ToArray();

        var asked = Escaped(filter);
        var found = await WholeAsync($"/odata/public/Samples?$filter={asked}");

        found.Select(row => row.GetProperty("Plain").GetString()!).Order(StringComparer.Ordinal).ShouldBe(expected);
        (await feed.AskAsync($"/odata/public/Samples/$count?$filter={asked}")).Body.ShouldBe($"{expected.Length}");
        var first = await feed.AskAsync($"/odata/public/Samples?$filter={asked}&$count=true&$top=0");
        first.Json.GetProperty("@odata.count").GetInt32().ShouldBe(expected.Length);
        first.Rows.ShouldBeEmpty();
    }

    /// <summary>Texts of the theory are written as they read, but for characters that an address cannot hold.</summary>
    private static string Escaped(string filter) => string.Concat(filter.Select(letter => letter switch
    {
        ' ' => "%20",
        > '\u007f' => Uri.EscapeDataString(letter.ToString()),
        _ => letter.ToString(),
    }));

    private async Task<List<JsonElement>> WholeAsync(string target)
    {
        List<JsonElement> rows = [];
        for (string? next = target; next is not null;)
        {
            var page = await feed.AskAsync(next);
            page.Status.ShouldBe(200, page.Body);
            rows.AddRange(page.Rows);
            next = page.NextLink is { } link ? new Uri(link).PathAndQuery : null;
        }

        return rows;
    }
}
