using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Domain.Enforcement;

namespace Credit.Modules.Tests;

/// <summary>What the modules' files say about a memorandum is what the papers on the memoranda say (R-3.5.3.a).</summary>
public sealed class MemorandaEqualThePapersTests
{
    private static readonly PaperMemoranda Papers = PaperMemoranda.Instance;

    private static readonly ILookup<string, Measure> Loaded = ModuleCatalog.Discover().Memoranda
        .Where(memorandum => memorandum.Version == 1).SelectMany(memorandum => memorandum.Measures.Select(measure => (memorandum.Code, measure)))
        .ToLookup(pair => pair.Code, pair => pair.measure);

    private static readonly CanonicalMeasures Dictionary = CanonicalMeasures.Load();

    public static TheoryData<string> Tables => [.. Papers.Reading.Sections.Select(section => section.Code)];

    public static TheoryData<string> Told => [.. Papers.Reading.Prose.Select(prose => prose.Code)];

    [Theory]
    [MemberData(nameof(Tables))]
    [Trait("Requirement", "R-3.5.3.a")]
    public void Every_row_of_a_table_is_loaded_as_it_stands_and_no_other(string code)
    {
        var rows = Papers.Rows.Where(row => row.Code == code).ToArray();
        var beside = Papers.Reading.Sections.Single(section => section.Code == code).NotInTable ?? [];
        rows.ShouldNotBeEmpty();
        Loaded[code].Select(measure => measure.Ordinal).Except(beside).ShouldBe(rows.Select(row => row.Ordinal), ignoreOrder: true);
        rows.Join(Loaded[code], row => row.Ordinal, measure => measure.Ordinal, Differences).SelectMany(each => each).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Told))]
    [Trait("Requirement", "R-3.5.3.a")]
    public void Every_measure_told_in_prose_is_loaded_in_its_order_and_no_other(string code)
    {
        var prose = Papers.Reading.Prose.Single(each => each.Code == code);
        Loaded[code].Count().ShouldBe(prose.Canonical.Count);
        Loaded[code].ShouldAllBe(measure => prose.Evidence == null || measure.Evidence == prose.Evidence);
        Loaded[code].Zip(prose.Canonical).Where(pair => pair.Second is not null && !pair.First.Canonical.SequenceEqual(pair.Second))
            .Select(pair => pair.First.Key).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "R-3.5.3.b")]
    public void What_the_papers_call_mandatory_is_so_here_or_says_why_not() => Papers.Rows
        .Where(row => row.Obligations is [MeasureObligation.Mandatory])
        .SelectMany(row => Loaded[row.Code].Where(measure => measure.Ordinal == row.Ordinal))
        .Where(measure => measure.Obligation != MeasureObligation.Mandatory && measure.PrintedObligation != MeasureObligation.Mandatory)
        .Select(measure => measure.Key).ShouldBeEmpty();

    [Fact]
    public void The_reading_of_the_papers_finds_every_row()
    {
        Papers.Rows.CountBy(row => row.Code).ShouldBe(
            [
                new("COURT", 39), new("TAX-BLACK", 25), new("TAX-RED", 23), new("SAIC", 17), new("PRT", 21), new("SAFE", 21), new("ENV", 25), new("FDA", 19),
                new("WAGE", 19), new("TRANS", 25), new("IPR", 30),
            ],
            ignoreOrder: true);
    }

    private static IEnumerable<string> Differences(PaperRow row, Measure measure)
    {
        var name = measure.Key;
        if (row.Canonical is { Count: > 0 } canonical && !canonical.ToHashSet().SetEquals(measure.Canonical))
        {
            yield return $"{name}: canonical {string.Join(',', measure.Canonical)}, the papers {string.Join(',', canonical)}";
        }

        if (row.Nature is { } nature && nature != measure.Nature)
        {
            yield return $"{name}: {measure.Nature}, the papers {nature}";
        }

        if (row.Obligations is { } obligations && !obligations.Contains(measure.PrintedObligation ?? measure.Obligation))
        {
            yield return $"{name}: {measure.PrintedObligation ?? measure.Obligation}, the papers {string.Join(" or ", obligations)}";
        }

        if (row.Evidence != measure.Evidence)
        {
            yield return $"{name}: evidence {measure.Evidence}, the papers {row.Evidence}";
        }

        if (row.Bodies is not null)
        {
            var (must, may, open) = Papers.Reading.OutOfRemit.Contains(name) ? ([], [], false) : Papers.DepartmentsOf(row.Bodies);
            may.UnionWith(measure.Canonical.SelectMany(key => Dictionary.Find(key)?.Departments ?? []));
            var missing = must.Except(measure.Departments).ToArray();
            var more = open ? [] : measure.Departments.Except(must).Except(may).ToArray();
            if (missing.Length + more.Length > 0)
            {
                yield return $"{name}: departments lack {string.Join(',', missing)}, have beside {string.Join(',', more)} ({string.Join('/', row.Bodies)})";
            }
        }
    }
}
