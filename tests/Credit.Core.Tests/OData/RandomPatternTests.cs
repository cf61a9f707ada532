using System.Text.RegularExpressions;
using Credit.OData;

namespace Credit.Core.Tests.OData;

/// <summary>Random patterns match in the database what they match here.</summary>
public sealed class RandomPatternTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    private static readonly string[] Atoms =
        ["a", "b", "-", "_", "0", "中", ".", @"\.", @"\/", @"\d", @"\W", @"\w", @"\D", @"\S", "[ab]", "[^a]", "[0-9_-]", @"[^\d中]", @"[\w.]", "[a-c^]", @"\u4e2d", @"\x61", "(?:)", "()"];

    private static readonly string[] Counts = ["", "", "", "*", "+", "?", "{2}", "{1,}", "{0,2}", "*?", "+?", "??", "{0}"];

    [Fact]
    public async Task Random_patterns_match_what_they_match_here()
    {
        var random = new Random(20261126);
        var made = Enumerable.Range(0, 3000).Select(_ => (Pattern: Random(random, 3), Text: string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => "ab-_0中/"[random.Next(7)])))).ToArray();
        // The longest of them exceed a limit, and are refused.
        var asked = made.Where(each => Pattern.TryTranslate(each.Pattern) is not null).ToArray();
        asked.Length.ShouldBeGreaterThan(2900);

        var found = await PatternTests.MatchesAsync(feed, asked);

        var wrong = asked.Zip(found).Where(each => Matches(each.First.Pattern, each.First.Text) != each.Second).ToArray();
        wrong.Take(9).Select(each => $"{each.First.Pattern} of {each.First.Text}: {each.Second}").ShouldBeEmpty();
        found.Count(each => each).ShouldBeInRange(300, 2700, "both answers occur");
    }

    // Not RegexOptions.ECMAScript: its engine walks back, and on loops around what may be empty it never ends, overflows, or finds what is not there:
    // (\u4e2d{0,2})*a(?:a?\x61+?()*?){2}, which needs three a, in 中_aa. The automaton knows the standard's classes under other names only.
    private static bool Matches(string pattern, string text) => Regex.IsMatch(
        text,
        pattern.Replace(@"[\w.]", "[a-zA-Z0-9_.]", StringComparison.Ordinal).Replace(@"\w", "[a-zA-Z0-9_]", StringComparison.Ordinal).Replace(@"\W", "[^a-zA-Z0-9_]", StringComparison.Ordinal),
        RegexOptions.NonBacktracking);

    private static string Random(Random random, int depth)
    {
        var pattern = string.Join('|', Enumerable.Range(0, random.Next(5) == 0 ? 2 : 1).Select(_ => string.Concat(Enumerable.Range(0, 1 + random.Next(3)).Select(_ =>
            (depth > 0 && random.Next(4) == 0 ? $"({(random.Next(2) == 0 ? "?:" : "")}{Random(random, depth - 1)})" : Atoms[random.Next(Atoms.Length)]) + Counts[random.Next(Counts.Length)]))));
        return depth == 3 ? (random.Next(2) == 0 ? "^" : "") + (pattern.Contains('|', StringComparison.Ordinal) ? $"(?:{pattern})" : pattern) + (random.Next(2) == 0 ? "$" : "") : pattern;
    }
}
