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
        ("Street", "Name"), ("City", "Note"), ("Completed", "Flag"), ("Items", "Twins"), ("Category", "Group"), ("Customer", "Group"), ("Product", "Group"), ("Sizes", "Tags"), ("Addresses", "Twins"), ("Model", "Credit"), ("ID", "Name"), ("Sales", "Samples"), ("Employees", "Samples"), ("Country", "Title"), ("Age", "Number"),
        ("Manager", "Twins"), ("Currency", "Group"), ("Code", "Title"), ("Quantity", "Number"), ("EmailAddresses", "Tags"), ("BestSellingProduct", "SampleRow"),
    ];

    /// <summary>A row that the group leads to by which theirs are replaced.</summary>
    private const string OneOfTheGroup = "c4ca4238-a0b9-2382-0dcc-509a6f75849b";

    /// <summary>Words that the grammar or our model has. What says another is said of another model.</summary>
    private static readonly HashSet<string> Known = [.. """
        Samples SampleGroups SampleRow SampleGroupRow Credit Name Note Number Score Big Amount Flag Day Until At Tags Plain Group Twins Members Title Id Edm String Decimal
        eq ne gt ge lt le in and or not add sub mul div divby mod asc desc any all lambda null true false INF NaN max as with from sum min average countdistinct TRUE FALSE NOT EQ
        filter orderby select expand top skip count search compute apply format levels it this ref value id entity metadata batch skiptoken deltatoken index schemaversion each root
        contains startswith endswith length indexof substring tolower toupper trim concat year month day hour minute second fractionalseconds date time totaloffsetminutes now mindatetime
        maxdatetime round floor ceiling cast isof totalseconds matchesPattern case startsWith endsWith
        these topcount topsum toppercent bottomcount bottomsum bottompercent addnested nest ancestors descendants traverse rollup rolluprecursive identity isdefined crossjoin at LT keep start
        hassubset hassubsequence geo preorder postorder join outerjoin aggregate groupby application json atom xml minimal none full charset utf blue green red Hugo that bar foo baz quux AND OR a b c d e f T Z key x
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Cases that are answered otherwise than the grammar says, by the reason.</summary>
    private static readonly (string Reason, string[] Inputs)[] Exceptions =
    [
        ("Names of keywords are read in either case.", ["tRUe"]),
        ("Blanks around a condition say nothing.", ["$filter= true"]),
        ("Terms of a search may hold any sign, for codes do.", ["$search=#1", "$search=a;b"]),
        ("A semicolon in an inner search stands in a phrase, percent-encoded or not.", ["$expand=Manager($search=a%3Bb)"]),
        ("Ways to several rows are not aggregated along.",
            [
                "$apply=aggregate(Product/$count as Stuff)", "$apply=groupby((Name),aggregate(Sales/$count as SalesCount))", "$apply=groupby((Name),aggregate(Sales/Amount/$count as SalesCount))",
                "$apply=groupby((Name),aggregate(Sales/$count as SalesCount,Sales/Amount with sum as Total))", "$apply=groupby((Name),aggregate(Sales/Amount with sum as Total))",
            ]),
        ("A preference that cannot be read is not honoured, and no error.",
            ["odata.include-annotations=\"Namespace\"", "odata.include-annotations=\"Namespace.\"", "odata.maxpagesize=0", "odata.maxpagesize=-1"]),
        ("Searches in single quotes, which need not be whole, are not known.",
            ["$search='\"blue'", "$search='\"blue\" \"green'", "$search='\"'", "$search='\"bl'", "$search='\"blue%20p'", "$search='('", "$expand=Manager($search='gr(een')", "$expand=Manager($search='a%3Bb')"]),
        ("Options of the service's own: there are none.", ["!deltatoken='201208210403'", "$orderby=Name&!deltatoken=0412312321"]),
        ("Keys stand in parentheses.", ["Customers/1", "Orders/1/Items", "Orders/1/Items/1"]),
        ("Keys are of the kind and number that the set has.",
            ["Categories(ID=1,Size=5)", "Categories(2018-02-13T23:59:59Z)", "Categories(2018-02-13T23%3A59%3A59Z)", "Categories(23:59:59)", "Categories(23%3A59%3A59)"]),
        ("Names of types have their namespace before them; those here are names of ways in our model.",
            [
                "Categories?$expand=Products/BestSellingProduct", "Products?$expand=BestSellingProduct/Sales", "cast(Model.Customer)", "cast(Customer)", "cast(Category,Model.Customer)", "cast(Category,Customer)", "isof(Model.Customer)",
                "isof(Customer)", "isof(Category,Model.Customer)", "isof(Category,Customer)",
            ]),
        ("Rows and lists are not values, nor numbers truths; our rows are no texts.", ["Products", "Items", "Items(1)", "Size eq true", "$filter=endswith($it,'.com')", "FirstName in (FirstName)"]),
        ("A row is no media stream.", ["Categories(1)/$value"]),
        ("Our groups have no such column, and of a column nothing is expanded.",
            [
                "Customers?$select=EmailAddresses($filter=endswith($this,'.com'))", "$expand=Addresses/Country", "$apply=groupby((Country,Name),aggregate(Amount with sum as Total))",
                "Customers?$select=Addresses($filter=endswith($this/Street,'gasse'))",
            ]),
        ("Levels are of ways that lead to rows of the same kind.", ["$expand=Customer($levels=4)", "expand=Customer(levels=4)"]),
        ("Fragments are no part of a request.", ["http://host/service/$metadata#Customers"]),
        ("Groups are by values, not by rows.", ["$apply=groupby((Customer,Product/Name))"]),
        ("A way is expanded once, also where the options differ.", ["$expand=Category($levels=4),Category($levels=max)", "$expand=*,*/$ref,*($levels=2),Category"]),
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

    /// <summary>
    /// What is said with names of our model alone is answered; or refused because it is outside the profile, with 501; or it is listed, with the
    /// reason. What the grammar does not know is refused, but for what is listed.
    /// </summary>
    [Fact]
    public async Task Every_case_of_the_profile_is_read_and_no_other()
    {
        List<string> wrong = [];
        var (read, outside, elsewhere, refused, literals) = (0, 0, 0, 0, 0);
        var listed = Exceptions.SelectMany(each => each.Inputs).ToHashSet(StringComparer.Ordinal);
        foreach (var (rule, input, failAt) in Cases().Where(each => each.Rule != "context"))
        {
            var (target, headers) = Target(rule, input);
            if (failAt is null && IsLiteral(rule))
            {
                literals++;
                continue;
            }

            if (failAt is null && headers.Length == 0 && !IsOurs(target))
            {
                elsewhere++;
                continue;
            }

            var answer = await feed.AskAsync(target, headers);
            // A row there is not, a method not allowed, a format and an isolation not given are answers.
            var isRead = answer.Status is 200 or 204 or 405 or 406 or 412 || (answer.Status == 404 && answer.ErrorCode == "not-found");
            if (isRead == failAt is null || answer.Status == 501)
            {
                _ = failAt is not null ? refused++ : isRead ? read++ : outside++;
            }
            else if (!listed.Remove(input))
            {
                wrong.Add($"{answer.Status} {(failAt is null ? "" : $"wrong at {failAt} ")}{rule} {input} => {target} {(answer.Status < 400 ? "" : answer.Body)}");
            }
        }

        wrong.ShouldBeEmpty();
        listed.ShouldBeEmpty();
        // As docs/odata.md has it.
        (read, outside, elsewhere, refused, literals).ShouldBe((278, 99, 380, 92, 103));
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

    // Of kinds that columns have they are cases of another test; a filter that is one says nothing.
    private static bool IsLiteral(string rule) => Columns.ContainsKey(rule) || rule.EndsWith("Literal", StringComparison.Ordinal) || rule.EndsWith("Value", StringComparison.Ordinal)
        || rule.StartsWith("geo", StringComparison.Ordinal) || rule is "stringInUrl" or "odataIdentifier";

    private static bool IsOurs(string target) => Quotes().Replace(Uri.UnescapeDataString(target["/odata/public/".Length..]), "")
        is var said && Word().Matches(said).All(word => Known.Contains(word.Value) || Own().Matches(said).Any(own => own.Groups[1].Value == word.Value));

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
        if (!rule.EndsWith("Value", StringComparison.Ordinal))
        {
            ours = GroupKey().Replace(Host().Replace(ours, ""), key => $"SampleGroups({(key.Groups[1].Success ? "Name=" : "")}'n1')").Replace("key=1", "key='n1'", StringComparison.Ordinal);
            ours = SampleKey().Replace(ours, $"${{name}}({OneOfTheGroup})");
            ours = rule == "anyExpr" ? "Twins/" + ours : ours.StartsWith("lambda/", StringComparison.Ordinal) ? $"Twins/any(lambda:{ours})" : ours;
            ours = Followed().Replace(rule.EndsWith("Expr", StringComparison.Ordinal) ? " " + ours : ours, ours.StartsWith("SampleGroups", StringComparison.Ordinal) ? "Members" : "Twins").TrimStart();
        }

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
                return ("/odata/public/" + Printable(ours), []);
            case "odataRelativeUri" or "resourcePath" or "entitySetName":
                return ("/odata/public/" + Printable(ours), []);
            case "queryOptions" or "systemQueryOption" or "customQueryOption" or "filter" or "orderby" or "orderBy" or "select" or "expand" or "search" or "compute" or "skiptoken" or "deltatoken":
                return ($"{List}?{Printable(ours)}", []);
            case "searchExpr":
                return ($"{List}?$search={Printable(ours)}", []);
            case "firstMemberExpr":
                return ($"{List}?$top=1&$filter={Printable(ours)}%20eq%20null", []);
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

    [GeneratedRegex("'[^']*'|\"[^\"]*\"")]
    private static partial Regex Quotes();

    // What a case gives a name to.
    [GeneratedRegex("(?:\\bas |\\b(?:any|all)\\( ?)([A-Za-z]+)")]
    private static partial Regex Own();

    [GeneratedRegex("^SampleGroups\\((Name=)?[0-9]+\\)")]
    private static partial Regex GroupKey();

    [GeneratedRegex("\\b(?<name>Samples|Credit.SampleRow)\\((Name=)?[0-9]+\\)", RegexOptions.ExplicitCapture)]
    private static partial Regex SampleKey();

    // Elsewhere than at the beginning the name of the set is that of a way to it.
    [GeneratedRegex("(?<=[/=(,;: ])Samples\\b")]
    private static partial Regex Followed();

    [GeneratedRegex("^https?://[^/]+/([^/]+/){0,2}", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Host();
}
