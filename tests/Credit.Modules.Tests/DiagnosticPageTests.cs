using System.Text.RegularExpressions;
using Credit.Core.Modules;

namespace Credit.Modules.Tests;

/// <summary>Every rule of modules has a page, and every page a rule.</summary>
public sealed partial class DiagnosticPageTests
{
    private static readonly string[] Sections = ["## What is wrong", "## Why", "## What to do", "## Example"];

    [Fact]
    public void Every_id_has_a_page_and_every_page_an_id() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "diagnostics"), "*.md").Select(page => Path.GetFileNameWithoutExtension(page)).Where(page => page != "README")
            .ShouldBe(Ids(), ignoreOrder: true);

    [Fact]
    public void Every_page_says_what_is_wrong_why_what_to_do_and_shows_it()
    {
        foreach (var id in Ids())
        {
            Missing(id, File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", id + ".md"))).ShouldBeEmpty(id);
        }
    }

    [Fact]
    public void The_table_of_pages_lists_every_rule_in_its_words()
    {
        var table = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", "README.md"));
        ModuleDiagnostic.All.Where(rule => !table.Contains($"[{rule.Id}]({rule.Id}.md) | {rule.Rule} |", StringComparison.Ordinal)).Select(rule => rule.Id).ShouldBeEmpty();
    }

    [Fact]
    public void A_page_without_a_section_or_with_an_empty_one_is_found() =>
        Missing("CRED099", "# CRED099 planted\n\n## What is wrong\nIt is.\n\n## Why\n\n## What to do\nMend it.\n").ShouldBe(["## Why", "## Example"]);

    [Fact]
    public void No_id_is_given_twice() => ModuleDiagnostic.All.Select(rule => rule.Id).ShouldBeUnique();

    [Fact]
    public void The_build_knows_ids_of_the_same_rules() =>
        Code().Matches(File.ReadAllText(Path.Combine(Repository.Root, "modules", "Directory.Build.targets"))).Select(match => match.Groups["id"].Value).ShouldBeSubsetOf(Ids());

    private static IEnumerable<string> Ids() => ModuleDiagnostic.All.Select(rule => rule.Id);

    private static IEnumerable<string> Missing(string id, string page) => page.StartsWith($"# {id} ", StringComparison.Ordinal)
        ? Sections.Where(section => !Regex.IsMatch(page, $@"^{section}\r?\n+(?!#)\S", RegexOptions.Multiline, TimeSpan.FromSeconds(5)))
        : [$"# {id} "];

    [GeneratedRegex("Code=\"(?<id>CRED\\d{3})\"", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Code();
}
