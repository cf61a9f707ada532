using Credit.OData;
using Npgsql;
using NpgsqlTypes;

namespace Credit.Core.Tests.OData;

/// <summary>Patterns of <c>matchesPattern</c> mean to the database what they mean to ECMAScript.</summary>
public sealed class PatternTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    public static TheoryData<string, string, bool> Meanings => new()
    {
        { "^.$", "\n", false },
        { "^.$", "\r", false },
        { "^.$", "\u2028", false },
        { "^.$", "a", true },
        { "^.$", "😀", true },
        { "^..$", "😀", false },
        { @"^\u{1F600}$", "😀", true },
        { @"^\uD83D\uDE00$", "😀", true },
        { "^[😀-😂]$", "😁", true },
        { "a$", "a\n", false },
        { "^b", "a\nb", false },
        { "[^a]", "\n", true },
        { "^[^]$", "\n", true },
        { @"^\s$", "\u3000", true },
        { @"^\s$", "\ufeff", true },
        { @"^\S$", "\u3000", false },
        { @"^\d$", "٣", false },
        { @"^\w$", "é", false },
        { @"^\W$", "中", true },
        { @"^[\d-]+$", "1-2", true },
        { "^[a-z-]+$", "a-", true },
        { "^[-a]$", "-", true },
        { @"^[\]\\^]+$", @"]\^", true },
        { @"^\cJ$", "\n", true },
        { @"^[\b]$", "\b", true },
        { @"^\t\v\f$", "\t\v\f", true },
        { "(?:)", "", true },
        { "", "a", true },
        { "^(|a)+$", "aaa", true },
        { "^(a*)*$", "aab", false },
        { "^a||b$", "x", true },
        { "^(a|b){2,3}$", "aba", true },
        { "^(a|b){2,3}$", "abab", false },
        { "A", "a", false },
    };

    public static TheoryData<string, int> Refused => new()
    {
        { "(", 400 }, { ")", 400 }, { "[a", 400 }, { "*a", 400 }, { "a**", 400 }, { "^*", 400 }, { "a{2,1}", 400 }, { "a{", 400 }, { "{", 400 }, { "}", 400 }, { "]", 400 },
        { @"\", 400 }, { @"\q", 400 }, { @"\0", 400 }, { @"\ud800", 400 }, { @"\u{110000}", 400 }, { @"\x1", 400 }, { "[b-a]", 400 }, { @"[\d-a]", 400 }, { @"\c1", 400 },
        { "a{256}", 400 }, { "((a{99}){99})", 400 }, { new string('a', 201), 400 }, { new string('(', 30) + new string(')', 30), 400 }, { "a{99999999999}", 400 },
        { "(?=a)", 501 }, { "(?!a)", 501 }, { "(?<=a)", 501 }, { "(?<n>a)", 501 }, { "(?i:a)", 501 }, { @"\b", 501 }, { @"\B", 501 }, { @"(a)\1", 501 }, { @"\k<n>", 501 },
        { @"\p{L}", 501 }, { @"[\P{L}]", 501 }, { "[]", 501 }, { @"[^\s\S]", 501 },
    };

    [Theory]
    [MemberData(nameof(Meanings))]
    public async Task A_sign_means_what_it_means_to_ECMAScript(string pattern, string text, bool matches) =>
        (await MatchesAsync(feed, [(pattern, text)])).ShouldBe([matches]);

    [Theory]
    [MemberData(nameof(Refused))]
    [Trait("Invariant", "X29")]
    public async Task What_is_none_is_wrong_and_what_is_not_supported_is_named(string pattern, int status)
    {
        foreach (var option in new[] { "$filter=", "$orderby=", "$filter=Number eq 1 or not " })
        {
            var answer = await feed.AskAsync($"/odata/public/Samples?{option.Replace(" ", "%20", StringComparison.Ordinal)}matchesPattern(Name,'{Uri.EscapeDataString(pattern)}')");

            answer.Status.ShouldBe(status, answer.Body);
            Refusals.Refused(answer);
            if (status == 501)
            {
                answer.ErrorCode.ShouldBe("function-not-supported");
            }
        }
    }

    [Fact]
    public async Task A_pattern_is_known_before_any_row_is()
    {
        foreach (var call in new[] { "matchesPattern(Name,Note)", "matchesPattern(Name,concat('a','b'))", "matchesPattern('n1',Name)" })
        {
            var answer = await feed.AskAsync($"/odata/public/Samples?$filter={call}");
            (answer.Status, answer.ErrorCode).ShouldBe((501, "function-not-supported"));
        }

        (await feed.AskAsync("/odata/public/Samples?$filter=matchesPattern(Number,'1')")).Status.ShouldBeOneOf(400, 501);
        (await feed.AskAsync("/odata/public/Samples/$count?$filter=matchesPattern(Name,@p)&@p='1$'")).Body.ShouldBe($"{Samples.Mirror.Count(row => row.Name == "n1")}");
    }

    internal static async Task<bool[]> MatchesAsync(FeedFixture feed, IReadOnlyList<(string Pattern, string Text)> asked)
    {
        await using var connection = new NpgsqlConnection(feed.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT array_agg(each.text ~ each.pattern ORDER BY each.n) FROM unnest($1, $2) WITH ORDINALITY AS each (pattern, text, n)", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = asked.Select(each => Pattern.Translated("$filter", each.Pattern)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = asked.Select(each => each.Text).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        return (bool[])(await command.ExecuteScalarAsync())!;
    }
}
