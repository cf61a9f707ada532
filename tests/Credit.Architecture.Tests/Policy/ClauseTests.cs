using System.Text.RegularExpressions;
using Credit.Testing;

namespace Credit.Architecture.Tests.Policy;

/// <summary>A rule cites its clause, and the clause exists.</summary>
public sealed partial class ClauseTests
{
    [Fact]
    public void The_papers_are_whole()
    {
        Papers.Requirements.Select(row => row.Id).ShouldBeUnique();
        Papers.Requirements.ShouldAllBe(row => row.Clause.Length > 3 && row.Obligation.Length > 0);
        Papers.Invariants.Concat(Papers.AbuseCases).ShouldAllBe(row => row.Text.Length > 10);
        Papers.Invariants.Select(row => row.Id).ShouldBe(Enumerable.Range(1, 96).Select(number => $"I{number}"));
        Papers.AbuseCases.Select(row => row.Id).ShouldBe(Enumerable.Range(1, 48).Select(number => $"X{number}"));
    }

    [Fact]
    public void Every_clause_a_rule_cites_is_a_row_of_the_requirements()
    {
        var sources = Repository.Sources("src", "modules").Select(file => (file, File.ReadAllText(file))).ToList();

        sources.SelectMany(source => Cited().Matches(source.Item2)).Count().ShouldBeGreaterThan(50);
        Unknown(sources).ShouldBeEmpty();
    }

    // The tests of this project name planted clauses; their traits are held by ComplianceTests.
    [Fact]
    public void Every_clause_or_invariant_a_comment_or_test_names_exists() => Unheard(
        Repository.Sources("src", "modules", "tests")
            .Where(file => !file.Contains("/Credit.Architecture.Tests/", StringComparison.Ordinal))
            .Select(file => (file, File.ReadAllText(file)))).ShouldBeEmpty();

    [Theory]
    [InlineData("""new("code", "原因。", "Reason.", Clause.R("3.9.9.z"), "field")""", "R-3.9.9.z")]
    [InlineData("""Clause.R("3.2.2")""", "R-3.2.2")]
    [InlineData("""Clause.Standard("I97")""", "I97")]
    [InlineData("""FireExecution(trigger, announcement, "3.5.7.z")""", "R-3.5.7.z")]
    public void A_clause_that_does_not_exist_is_found(string source, string cited) => Unknown([("/src/Planted.cs", source)]).ShouldBe([$"Planted.cs: {cited}"]);

    [Theory]
    [InlineData("/// <summary>Served first (R-3.2.7.a).</summary>", "R-3.2.7.a")]
    [InlineData("""[Trait("Invariant", "I120")]""", "I120")]
    [InlineData("// once only (I0)", "I0")]
    public void A_comment_or_test_that_names_what_does_not_exist_is_found(string source, string named) => Unheard([("/tests/Planted.cs", source)]).ShouldBe([$"Planted.cs: {named}"]);

    [Theory]
    [InlineData("""Clause.R("3.5.7.c")""")]
    [InlineData("""Clause.Standard("GB 32100-2015")""")]
    [InlineData("/// <summary>All of R-3.2.4, and I34.</summary>")]
    public void A_clause_that_exists_passes(string source)
    {
        Unknown([("/src/Planted.cs", source)]).ShouldBeEmpty();
        Unheard([("/src/Planted.cs", source)]).ShouldBeEmpty();
    }

    // A rule cites one row, never a whole section.
    private static IEnumerable<string> Unknown(IEnumerable<(string File, string Text)> sources) =>
        from source in sources
        from Match match in Cited().Matches(source.Text)
        let id = match.Groups["invariant"].Success ? match.Groups["invariant"].Value : "R-" + match.Groups["number"].Value
        where !Papers.Ids.Contains(id)
        select $"{Path.GetFileName(source.File)}: {id}";

    private static IEnumerable<string> Unheard(IEnumerable<(string File, string Text)> sources) =>
        from source in sources
        from Match match in Named().Matches(source.Text)
        where !Papers.Knows(match.Value)
        select $"{Path.GetFileName(source.File)}: {match.Value}";

    [GeneratedRegex(@"Clause\.R\(""(?<number>[^""]*)""\)|Clause\.Standard\(""(?<invariant>I\d+)""\)|""(?<number>\d(\.\d+){2}\.[a-z])""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Cited();

    [GeneratedRegex(@"\bR-[2-4](\.\d+)+(\.[a-z]\b)?|\bI\d{1,3}\b(?![-/.]\d)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Named();
}
