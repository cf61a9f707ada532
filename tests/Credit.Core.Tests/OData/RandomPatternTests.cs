using System.Text.RegularExpressions;

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
        var asked = Enumerable.Range(0, 3000).Select(_ => (Pattern: Random(random, 3), Text: string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => "ab-_0中/"[random.Next(7)])))).ToArray();

        var found = await PatternTests.MatchesAsync(feed, asked);

        var wrong = asked.Zip(found).Where(each => Regex.IsMatch(each.First.Text, each.First.Pattern, RegexOptions.ECMAScript) != each.Second).ToArray();
        wrong.Take(9).Select(each => $"{each.First.Pattern} of {each.First.Text}: {each.Second}").ShouldBeEmpty();
        found.Count(each => each).ShouldBeInRange(300, 2700, "both answers occur");
    }

    private static string Random(Random random, int depth)
    {
        var pattern = string.Join('|', Enumerable.Range(0, random.Next(5) == 0 ? 2 : 1).Select(_ => string.Concat(Enumerable.Range(0, 1 + random.Next(3)).Select(_ =>
            (depth > 0 && random.Next(4) == 0 ? $"({(random.Next(2) == 0 ? "?:" : "")}{Random(random, depth - 1)})" : Atoms[random.Next(Atoms.Length)]) + Counts[random.Next(Counts.Length)]))));
        return depth == 3 ? (random.Next(2) == 0 ? "^" : "") + (pattern.Contains('|', StringComparison.Ordinal) ? $"(?:{pattern})" : pattern) + (random.Next(2) == 0 ? "$" : "") : pattern;
    }
}
