using System.Globalization;
using System.Text;
using System.Text.Json;
using Credit.Abstractions;
using Credit.Core.Modules;

namespace Credit.Modules.Tests;

/// <summary>
/// The recognition standards of the modules say what the national rules on lists say (<c>Data/lists-2025.md</c> §6): whether everybody is
/// told first, how long the defence lasts, how long an entry lasts and when it can end early. The reading of each row is
/// <c>Data/national-lists.json</c>, the page is <c>docs/modules/standards.md</c>.
/// </summary>
public sealed class NationalListTests
{
    private static readonly IReadOnlyList<NationalList> Lists = Read<NationalList[]>("national-lists.json");

    private static readonly ModuleCatalog Modules = ModuleCatalog.Discover();

    public static TheoryData<string> Names => [.. Lists.Select(list => list.Name)];

    [Fact]
    public void Every_row_of_the_papers_is_read_as_it_stands_and_no_other() => Lists.Select(list => list.Paper).ShouldBe(
        File.ReadAllLines(PathOf("lists-2025.md")).SkipWhile(line => !line.StartsWith("## 6.", StringComparison.Ordinal)).TakeWhile(line => !line.StartsWith("## 7.", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|')).Skip(2));

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Requirement", "R-3.2.1.a")]
    [Trait("Requirement", "R-3.2.2.c")]
    [Trait("Invariant", "I60")]
    public void A_standard_says_what_the_national_rule_says(string name)
    {
        var list = Lists.Single(each => each.Name == name);
        foreach (var criterion in list.Criteria.Select(key => Modules.Criteria.Single(each => each.Key == key)))
        {
            (criterion.NoticeBeforeRecognition, criterion.DefenceWorkingDays, criterion.LongestTermInMonths, criterion.EarliestExitInMonths)
                .ShouldBe((list.NoticeFirst, list.DefenceWorkingDays, list.LongestMonths, list.EarliestExitMonths), criterion.Key);
        }

        (list.Criteria.Count > 0 || list.Because.Length > 0).ShouldBeTrue("a list without a standard says why");
    }

    [Fact]
    public void The_tests_that_show_a_rule_are_there()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText).ToArray();
        Lists.SelectMany(list => list.ShownBy).Where(test => test.Split('.') is not [var type, var method]
            || !tests.Any(text => text.Contains($"class {type}", StringComparison.Ordinal) && text.Contains($" {method}(", StringComparison.Ordinal))).ShouldBeEmpty();
        Lists.Where(list => list.Criteria.Count > 0 && list.ShownBy.Count == 0).Select(list => list.Name).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_of_standards_says_what_the_modules_say() => await Repository.HoldAsync("docs/modules/standards.md", Page());

    [Fact]
    public async Task The_page_of_departments_says_what_each_must_report() => await Repository.HoldAsync("docs/modules/departments.md", Departments());

    private static string Page()
    {
        var page = new StringBuilder("""
            # Standards and the national rules behind them

            Written by a test (`NationalListTests`): what each standard of the modules says, held against the national rule it rests on.
            *Defence* is working days after the prior notice; where a standard sets none the policy pack's count. *Early exit* is months before repair
            or early exit can be applied for. Natural persons are always told first.

            | national list | standard | told first | defence | longest term | early exit | read as | shown by |
            |---|---|---|---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var list in Lists)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {list.Name} | {Joined(list.Criteria)} | {(list.Criteria.Count == 0 ? "–" : list.NoticeFirst ? "yes" : "no")} | {Days(list.DefenceWorkingDays)} | {Months(list.LongestMonths)} | {Months(list.EarliestExitMonths)} | {list.Because} | {Joined(list.ShownBy)} |\n");
        }

        page.Append("\nStandards that rest on no rule of that table:\n\n| standard | title | list | told first | longest term | early exit |\n|---|---|---|---|---|---|\n");
        foreach (var criterion in Modules.Criteria.Where(each => !Lists.Any(list => list.Criteria.Contains(each.Key))).OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{criterion.Key}` | {criterion.Title} | {criterion.List} | {(criterion.NoticeBeforeRecognition ? "yes" : "no")} | {Months(criterion.LongestTermInMonths)} | {Months(criterion.EarliestExitInMonths)} |\n");
        }

        return page.ToString();
    }

    private static string Departments()
    {
        var page = new StringBuilder("""
            # What each department must report

            Written by a test (`NationalListTests`): the mandatory measures that memoranda in force give each department, and the report it answers by.
            Where there is none the department has no module yet and reports in plain words; a module of it writes one ([CRED019](../diagnostics/CRED019.md)).
            Drafts are given to nobody and are not here.

            | department | canonical | measures | report |
            |---|---|---|---|

            """.ReplaceLineEndings("\n"));
        var owed = from memorandum in Modules.Memoranda
                   from measure in memorandum.Measures
                   where measure is { IsDraft: false, Obligation: Domain.Enforcement.MeasureObligation.Mandatory }
                   from department in measure.Departments
                   group measure by (Department: department, Canonical: string.Join(", ", measure.Canonical)) into rows
                   orderby rows.Key.Department, rows.Key.Canonical
                   select rows;
        foreach (var rows in owed)
        {
            var keys = rows.Select(measure => measure.Key).Distinct().Order(StringComparer.Ordinal);
            page.Append(CultureInfo.InvariantCulture, $"| {rows.Key.Department} | {rows.Key.Canonical} | {string.Join(", ", keys)} | {(Modules.KindFor(rows.Key.Department, rows.First().Canonical) is { } kind ? $"`{kind.Kind}`" : "–")} |\n");
        }

        return page.ToString();
    }

    private static string Joined(IReadOnlyList<string> texts) => texts.Count == 0 ? "–" : string.Join(", ", texts.Select(text => $"`{text}`"));

    private static string Days(int? days) => days?.ToString(CultureInfo.InvariantCulture) ?? "–";

    private static string Months(int? months) => months is null ? "–" : $"{months} months";

    private static string PathOf(string file) => Path.Combine(Repository.Root, "tests", "Credit.Modules.Tests", "Data", file);

    private static T Read<T>(string file) => JsonSerializer.Deserialize<T>(File.ReadAllText(PathOf(file)), JsonSerializerOptions.Web)!;

    /// <summary>A row of the papers and how it is read.</summary>
    private sealed record NationalList(
        string Paper, IReadOnlyList<string> Criteria, bool NoticeFirst, int? DefenceWorkingDays, int? LongestMonths, int? EarliestExitMonths, string Because, IReadOnlyList<string> ShownBy)
    {
        public string Name => Paper.Split('|')[1].Trim();
    }
}
