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
        // Nulls: a literal, both sides, in lists.
        ("null", _ => false),
        ("not null", _ => false),
        ("null or Flag", row => row.Flag),
        ("not (null and Flag)", row => !row.Flag),
        ("null eq null", _ => true),
        ("Score eq Number", row => row.Score == row.Number),
        ("Score ne Number", row => row.Score != row.Number),
        ("Score gt Number", row => row.Score > row.Number),
        ("not (Score gt Number)", row => !(row.Score > row.Number)),
        ("Score in (1,null)", row => row.Score is 1 or null),
        ("not (Score in (1,null))", row => row.Score is not (1 or null)),
        ("Number in (1,null)", row => row.Number == 1),
        ("Note in ('注%25_1',null)", row => row.Note is "注%_1" or null),
        ("Until in (2026-06-01,null)", row => row.Until is null || row.Until == new DateOnly(2026, 6, 1)),
        ("At in (2026-01-01T05:00:00Z,2026-01-01T14:00:00%2B08:00)", row => row.At.Hour is 5 or 6),
        ("contains(Name,null)", _ => false),
        ("not contains(Name,null)", _ => false),
        ("contains(Note,'1') eq true", row => row.Note?.Contains('1', StringComparison.Ordinal) == true),
        ("contains(Note,'1') eq null", row => row.Note is null),
        ("contains(Note,'1') ne true", row => row.Note?.Contains('1', StringComparison.Ordinal) != true),
        ("(Number eq 3) eq Flag", row => (row.Number == 3) == row.Flag),
        // Arithmetic.
        ("Number add 1 eq 4", row => row.Number + 1 == 4),
        ("Number sub 5 lt 0", row => row.Number - 5 < 0),
        ("-Number lt -3", row => -row.Number < -3),
        ("Number mul 2 eq Score", row => row.Number * 2 == row.Score),
        ("Score add Number gt 5", row => row.Score + row.Number > 5),
        ("not (Score add Number gt 5)", row => !(row.Score + row.Number > 5)),
        ("Score add Number eq null", row => row.Score is null),
        ("Number div 2 eq 2", row => row.Number / 2 == 2),
        ("Number divby 2 eq 2.5", row => row.Number / 2m == 2.5m),
        ("Number mod 3 eq 1", row => row.Number % 3 == 1),
        ("Amount mul 2 eq 3", row => row.Amount * 2 == 3),
        ("Amount div 2 gt 1.1", row => row.Amount / 2 > 1.1m),
        ("6 div Number eq 2", row => row.Number != 0 && 6 / row.Number == 2),
        ("6 mod Number eq 0", row => row.Number != 0 && 6 % row.Number == 0),
        ("6 div Number eq null", row => row.Number == 0),
        ("Number gt 99999999999", _ => false),
        ("Number lt 2.5", row => row.Number < 2.5m),
        ("Big gt 99999999999999999999999", _ => false),
        ("Number add 1 mul 2 eq 7", row => row.Number + 2 == 7),
        ("(Number add 1) mul 2 eq 8", row => row.Number == 3),
        // Texts.
        ("length(Note) eq 4", row => row.Note is not null),
        ("length(Note) ne 4", row => row.Note is null),
        ("tolower('N1') eq Name", row => row.Name == "n1"),
        ("toupper(Name) eq 'N1'", row => row.Name == "n1"),
        ("trim(concat('  ',Name)) eq 'n1'", row => row.Name == "n1"),
        ("concat(Name,'x') eq 'n1x'", row => row.Name == "n1"),
        ("concat(Name,Note) eq null", row => row.Note is null),
        ("concat(concat(Name,'-'),Note) eq 'n1-注%25_1'", row => row.Name == "n1" && row.Note == "注%_1"),
        ("indexof(Note,'_') eq 2", row => row.Note is not null),
        ("indexof(Name,'x') eq -1", _ => true),
        ("substring(Name,1) eq '1'", row => row.Name == "n1"),
        ("substring(Name,0,1) eq 'n'", _ => true),
        ("substring(Note,-1) eq '1'", row => row.Note?.EndsWith('1') == true),
        ("substring(Note,-3,2) eq '%25_'", row => row.Note is not null),
        ("substring(Note,99) eq ''", row => row.Note is not null),
        ("substring(Note,-99) eq Note", row => true),
        ("contains('n1n2',Name)", row => row.Name is "n1" or "n2"),
        ("contains(Note,substring(Name,1))", row => row.Note?.Contains(row.Name[1..], StringComparison.Ordinal) == true),
        ("startswith(Note,Name)", _ => false),
        // Dates and instants.
        ("year(Day) eq 2026 and month(Day) eq 1 and day(Day) gt 5", row => row.Day.Day > 5),
        ("year(Until) eq 2026", row => row.Until is not null),
        ("month(Until) ne 6", row => row.Until is null),
        ("hour(At) ge 3", row => row.At.Hour >= 3),
        ("minute(At) eq 0 and second(At) eq 0", _ => true),
        ("date(At) eq 2026-01-01", _ => true),
        ("time(At) lt 03:00:00", row => row.At.Hour < 3),
        ("totaloffsetminutes(At) eq 0", _ => true),
        ("At lt now()", _ => true),
        ("At gt mindatetime() and At lt maxdatetime()", _ => true),
        ("At add duration'PT1H' gt 2026-01-01T05:00:00Z", row => row.At.Hour > 4),
        ("At sub 2026-01-01T00:00:00Z eq duration'PT3H'", row => row.At.Hour == 3),
        ("fractionalseconds(At) eq 0", _ => true),
        ("fractionalseconds(At add duration'PT59.25S') eq 0.25", _ => true),
        ("fractionalseconds(At sub duration'PT0.000001S') eq 0.999999", _ => true),
        ("fractionalseconds(time(At add duration'PT0.5S')) mul 2 eq 1", _ => true),
        ("totalseconds(At sub 2026-01-01T00:00:00Z) eq 10800", row => row.At.Hour == 3),
        ("totalseconds(duration'PT1M0.5S') eq 60.5", _ => true),
        // Patterns.
        ("matchesPattern(Name,'%5En[1-3]$')", row => row.Name is "n1" or "n2" or "n3"),
        ("matchesPattern(Name,'2')", row => row.Name == "n2"),
        ("matchesPattern(Note,'%5E.%25_(0%7C3)$')", row => row.Note is "注%_0" or "注%_3"),
        ("not matchesPattern(Note,'[03]$')", row => row.Note is not null && row.Note[^1] is not ('0' or '3')),
        ("matchesPattern(Note,'%5C%5C')", _ => false),
        ("matchesPattern(tolower(concat(Name,'X')),'x$') and matchesPattern(Name,'1') eq Flag", row => row.Name.Contains('1', StringComparison.Ordinal) == row.Flag),
        ("matchesPattern(Note,'1') eq null", row => row.Note is null),
        ("matchesPattern(null,'1')", _ => false),
        ("Tags/any(tag:matchesPattern(tag,'%5E乙$'))", row => row.Tags.Contains("乙")),
        // Choices.
        ("case(Flag:Number,true:Score) eq 3", row => row.Flag ? row.Number == 3 : row.Score == 3),
        ("case(Flag:Number) eq null", row => !row.Flag),
        ("not (case(Flag:Number) gt 3)", row => !(row.Flag && row.Number > 3)),
        ("case(Number eq 1:'one',Number eq 2:'two') eq 'two'", row => row.Number == 2),
        ("CASE(Number eq 1 : 'a:b', Number eq 12:'x,y)', TRUE : Note) eq 'a:b'", row => row.Number == 1),
        ("case(Score gt 2:Amount,Number gt 3:1,true:0.5) ge 1", row => row.Score > 2 ? row.Amount >= 1 : row.Number > 3),
        ("case(Note eq null:null,true:Number) eq null", row => row.Note is null),
        ("case(Score gt 1:Flag,true:Number eq 1)", row => row.Score > 1 ? row.Flag : row.Number == 1),
        ("not case(Score gt 1:Flag,Score le 1:not Flag)", row => row.Score is not null && (row.Score > 1 ? !row.Flag : row.Flag)),
        ("case(case(Flag:Number gt 3):'x',true:case(Score eq 1:'y')) in ('x','y')", row => (row.Flag && row.Number > 3) || row.Score == 1),
        ("case(At gt 2026-01-01T05:00:00Z:At,true:2026-01-01T00:00:00%2B08:00) gt 2026-01-01T06:30:00Z", row => row.At.Hour > 6),
        ("case(time(At) gt 05:00:00:Day,time(At) gt 03:00:00:2026-01-01) eq 2026-01-01", row => row.At.Hour > 5 ? row.Day == new DateOnly(2026, 1, 1) : row.At.Hour > 3),
        ("case(contains(Note,'1'):1,not contains(Note,'1'):2,true:3) eq 3", row => row.Note is null),
        ("length(case(Flag:Note,true:Name)) eq 2", row => !row.Flag),
        ("Number in (1,2) and case(Number eq 1:@a,true:@b) eq 5&@a=5&@b=case(Flag:5)", row => row.Number == 1 || (row.Number == 2 && row.Flag)),
        ("Twins/any(twin:case(twin/Flag:twin/Number,true:Number) eq 2)", row => row.Score is { } score && Samples.Mirror.Any(twin => twin.Number == score && (twin.Flag ? twin.Number : row.Number) == 2)),
        // Numbers.
        ("round(Amount) eq 3", row => row.Amount is { } amount && Math.Round(amount, MidpointRounding.AwayFromZero) == 3),
        ("floor(Amount) eq 2", row => row.Amount is { } amount && Math.Floor(amount) == 2),
        ("ceiling(Amount) eq 2", row => row.Amount is { } amount && Math.Ceiling(amount) == 2),
        ("round(Number) eq 3", row => row.Number == 3),
        // Types.
        ("cast(Number,Edm.String) eq '3'", row => row.Number == 3),
        ("cast(Number,'Edm.String') eq '3'", row => row.Number == 3),
        ("cast(Number,Edm.Decimal) div 2 eq 1.5", row => row.Number == 3),
        ("isof(Name,Edm.String)", _ => true),
        ("isof(Note,Edm.String)", row => row.Note is not null),
        ("isof(Credit.SampleRow)", _ => true),
        // Collections.
        ("Tags/any()", row => row.Tags.Length > 0),
        ("Tags/any(tag:tag eq '乙')", row => row.Tags.Contains("乙")),
        ("not Tags/any(tag:tag eq '乙')", row => !row.Tags.Contains("乙")),
        ("Tags/all(tag:tag eq 'a')", row => row.Tags.All(tag => tag == "a")),
        ("Tags/any(tag:contains(Note,'1') and tag eq 'a')", row => row.Note?.Contains('1', StringComparison.Ordinal) == true && row.Tags.Contains("a")),
        ("Tags/$count gt 1", row => row.Tags.Length > 1),
        ("Group/Title eq '组1'", row => row.Name == "n1"),
        ("Group/Title eq null", row => row.Name is "n3" or "n4"),
        ("Group eq null", row => row.Name is "n3" or "n4"),
        ("Group ne null", row => row.Name is "n0" or "n1" or "n2"),
        ("Twins/any(twin:twin/Flag and twin/Number eq 2)", row => row.Score == 2),
        ("Twins/any()", row => row.Score is not null),
        ("Twins/$count($filter=Flag) gt 18", row => row.Score is { } score && Samples.Mirror.Count(other => other.Number == score && other.Flag) > 18),
        ("Twins/$count(filter=Number gt 2 and Note ne null) eq 0", row => !Samples.Mirror.Any(other => other.Number == row.Score && other is { Number: > 2, Note: not null })),
        ("Twins/any(twin:twin/Twins/$count($filter=Flag) gt 18)", row => row.Score is { } score && Samples.Mirror.Any(twin => twin.Number == score && Samples.Mirror.Count(other => other.Number == twin.Score && other.Flag) > 18)),
        ("Twins/any(twin:twin/Tags/any(tag:tag eq twin/Name) or twin/Number eq $it/Number)", row => row.Score == row.Number),
        ("Twins/$count gt 36", row => row.Score is { } score && Samples.Mirror.Count(other => other.Number == score) > 36),
        // Spellings of 4.01, and aliases.
        ("Number EQ 3 AND NOT Flag", row => row.Number == 3 && !row.Flag),
        ("startsWith(Name,'n1')", row => row.Name == "n1"),
        ("Flag eq TRUE", row => row.Flag),
        ("Number in [1,3]", row => row.Number is 1 or 3),
        ("Number eq @n&@n=3", row => row.Number == 3),
        ("Amount eq @n&@n=1.5", row => row.Amount == 1.5m),
        ("Number in @list&@list=(1,3)", row => row.Number is 1 or 3),
        ("Name eq @text&@text='n1'", row => row.Name == "n1"),
        ("Number eq @unknown", _ => false),
        ("Score eq @unknown", row => row.Score is null),
        ("@whole&@whole=Number eq 3 or Flag", row => row.Number == 3 || row.Flag),
        ("Note eq '@n'&@n=1", _ => false),
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
