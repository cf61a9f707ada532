using Credit.Abstractions;
using Credit.OData;

namespace Credit.Core.Tests.OData.Hidden;

/// <summary>
/// An expression that fails on some rows only must not be tried on rows the caller does not see: whether it fails would tell of them
/// whatever one likes to ask. Here it fails on every row that holds a word, and no row shown holds it.
/// </summary>
public sealed class FaultOnHiddenRowsTests(EverySetTests.Filled filled) : IClassFixture<EverySetTests.Filled>
{
    private static readonly string?[] Callers = [null, "tax.officer", "development-reform.officer"];

    // Where the word is, the place of it is not -1, and the product is too large for an integer.
    private const string Fault = "((indexof({0},'{1}') add 1) mul 2147483647) mul 2147483647";

    private static readonly string[] Forms =
    [
        "?$filter={0} ge 0&$count=true", "/$count?$filter={0} ge 0", "/$filter({0} ge 0)", "?$compute={0} as X&$filter=X ge 0", "?$filter=not ({0} lt 0)",
        "?$apply=filter({0} ge 0)/aggregate($count as N)", "?$apply=groupby(({2}))/filter({0} ge 0)", "?$filter={2} ne 'x' or {0} gt 1",
        "?$filter=-({0}) le 0", "?$orderby={0}",
    ];

    // Cheap to ask for and quick to sort: what begins a text is in it.
    private static readonly string[] Words = ["甲", "乙公司", "a,b", "say \"no\"", "it''s", "zz", "Ä", "任城某某商贸有限公司", "null", "<b>", "37081119900101001X"];

    [Fact]
    [Trait("Invariant", "I78")]
    [Trait("Invariant", "X8")]
    [Trait("Invariant", "X9")]
    public async Task No_expression_is_tried_on_a_row_that_is_not_shown()
    {
        List<string> told = [];
        var (asked, turn) = (0, 0);
        foreach (var (set, user) in Asked())
        {
            var rows = await filled.AllAsync(user, Address(set));
            foreach (var column in set.Layout.Columns.Where(column => set.Row.GetProperty(column.Name)!.PropertyType == typeof(string) && set.Shape.Filterable.Contains(column.Name)))
            {
                var absent = Words.Where(word => rows.All(row => row.GetProperty(column.Name).GetString()?.Contains(word.Replace("''", "'", StringComparison.Ordinal), StringComparison.Ordinal) != true)).Skip(turn % 3).Take(user is null ? 3 : 1);
                foreach (var word in absent.ToArray())
                {
                    var form = Forms[turn++ % Forms.Length];
                    var target = Address(set) + string.Format(null, form, string.Format(null, Fault, column.Name, word), word, column.Name);
                    var answer = await filled.AskAsync(user, Escaped(target));
                    asked++;
                    if (answer.Status != 200)
                    {
                        told.Add($"{user} {target}: {answer.Status} {answer.Body}");
                    }
                }
            }
        }

        told.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(300);
    }

    [Fact]
    [Trait("Invariant", "I78")]
    [Trait("Invariant", "X10")]
    public async Task Nor_on_one_that_a_way_leads_to()
    {
        List<string> told = [];
        var asked = 0;
        foreach (var (set, user) in Asked().Where(each => each.Set.Shape.Ways.Count > 0))
        {
            foreach (var way in set.Shape.Ways)
            {
                var target = filled.Feed.Sets.Find(set.Surface, way.Target)!;
                var rows = await filled.AllAsync(user, Address(target));
                if (target.Layout.Columns.FirstOrDefault(each => target.Row.GetProperty(each.Name)!.PropertyType == typeof(string) && target.Shape.Filterable.Contains(each.Name))?.Name is not { } column)
                {
                    continue;
                }

                var single = way.To.Name == target.Shape.KeyColumn!.Name;
                foreach (var word in Words.Where(word => rows.All(row => row.GetProperty(column).GetString()?.Contains(word.Replace("''", "'", StringComparison.Ordinal), StringComparison.Ordinal) != true)).Skip(asked % 3).Take(3).ToArray())
                {
                    string[] forms = single
                        ? [$"?$filter={string.Format(null, Fault, $"{way.Name}/{column}", word)} ge 0"]
                        : [
                            $"?$filter={way.Name}/any(e:{string.Format(null, Fault, $"e/{column}", word)} ge 0)",
                            $"?$filter={way.Name}/all(e:{string.Format(null, Fault, $"e/{column}", word)} ge 0)",
                            $"?$filter={way.Name}/$count($filter={string.Format(null, Fault, column, word)} ge 0) ge 0",
                            $"?$filter={way.Name}/$count($filter={string.Format(null, Fault, column, word)} ge 0) ge 0 and {way.Name}/$count ge 0",
                            $"?$top=3&$orderby={way.Name}/$count($filter={string.Format(null, Fault, column, word)} ge 0)",
                            $"?$top=3&$compute={way.Name}/$count($filter={string.Format(null, Fault, column, word)} ge 0) as X",
                            $"?$top=3&$expand={way.Name}($filter={string.Format(null, Fault, column, word)} ge 0)",
                        ];
                    foreach (var form in forms)
                    {
                        var answer = await filled.AskAsync(user, Escaped(Address(set) + form));
                        asked++;
                        if (answer.Status != 200)
                        {
                            told.Add($"{user} {Address(set)}{form}: {answer.Status} {answer.Body}");
                        }
                    }
                }
            }
        }

        told.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task The_expression_fails_on_a_row_that_is_shown()
    {
        var rows = await filled.AllAsync(null, "/odata/public/Departments");
        var name = rows.Select(row => row.GetProperty("Name").GetString()!).First(name => name.Length > 0 && name.All(char.IsLetterOrDigit));

        var answer = await filled.AskAsync(null, Escaped($"/odata/public/Departments?$filter={string.Format(null, Fault, "Name", name)} ge 0"));

        answer.Status.ShouldBe(400, answer.Body);
    }

    private IEnumerable<(QueryableSet Set, string? User)> Asked() =>
        from set in filled.Feed.Sets.Sets
        where set.Name is not ("QueryTraces" or "Failing")
        from user in Callers
        where user is null == (set.Surface == Surface.Public)
        select (set, user);

    private static string Address(QueryableSet set) => $"/odata/{set.Surface.ToString().ToLowerInvariant()}/{set.Name}";

    private static string Escaped(string target)
    {
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        var path = mark < 0 ? target : target[..mark];
        var query = mark < 0 ? "" : "?" + string.Join('&', target[(mark + 1)..].Split('&').Select(pair => pair[..(pair.IndexOf('=', StringComparison.Ordinal) + 1)] + Uri.EscapeDataString(pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..])));
        return Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal).Replace("%24", "$", StringComparison.Ordinal).Replace("%28", "(", StringComparison.Ordinal).Replace("%29", ")", StringComparison.Ordinal) + query;
    }
}
