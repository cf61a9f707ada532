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
    [Trait("Requirement", "R-3.5.3.a")]
    public void Every_row_reads_as_the_papers_word_it_or_is_reviewed()
    {
        var other = Worded().Where(pair => !PaperMemoranda.SameWords(pair.Paper, pair.File)).ToDictionary(pair => pair.Key, pair => new PaperWording(pair.Paper, pair.File));
        other.Where(pair => Papers.Reading.Wordings.GetValueOrDefault(pair.Key) != pair.Value)
            .Select(pair => $"{pair.Key}: the papers \"{pair.Value.Paper}\", the file \"{pair.Value.File}\"").ShouldBeEmpty("change the file, or review the difference and list it");
        Papers.Reading.Wordings.Keys.Except(other.Keys).ShouldBeEmpty("what agrees, or is gone, is not listed");
    }

    [Fact]
    public void The_dictionary_of_measures_reads_as_the_papers_have_it()
    {
        Papers.Dictionary.Count.ShouldBe(57);
        Papers.Dictionary.Where(row => Dictionary.Find(row.Key) is not { } measure || !PaperMemoranda.SameWords(row.Value, measure.Wording)).Select(row => row.Key).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("限制政府采购", "限制政府采购", true)]
    [InlineData("停止执行/不予批准 财政资金, 补助 (S)", "停止执行、不予批准财政资金，补助", true)]
    [InlineData("社会公示 (企业信用信息公示系统)", "社会公示", true)]
    [InlineData("限制政府采购", "禁止政府采购", false)]
    [InlineData("限制政府采购 (K-med)", "限制参与政府采购", false)]
    public void Words_are_compared_and_not_marks(string paper, string file, bool same) => PaperMemoranda.SameWords(paper, file).ShouldBe(same);

    [Theory]
    [MemberData(nameof(Told))]
    [Trait("Requirement", "R-3.5.3.a")]
    public void The_words_and_bodies_of_a_memorandum_told_in_prose_stand_in_its_section(string code)
    {
        var prose = Papers.Reading.Prose.Single(each => each.Code == code);
        var section = Papers.Sections[prose.Section];
        (prose.Wordings ?? []).Index().Select(row => prose.Bodies is null ? row.Item : $"{row.Item}–{prose.Bodies[row.Index]}")
            .Where(words => !section.Contains(words, StringComparison.Ordinal)).ShouldBeEmpty();
        (prose.Wordings ?? prose.Canonical.SelectMany(keys => keys ?? [])).Count().ShouldBe(prose.Canonical.Count);
    }

    [Theory]
    [MemberData(nameof(Told))]
    [Trait("Requirement", "R-3.5.3.a")]
    public void A_row_told_in_prose_binds_whom_the_prose_names_or_else_whom_its_canonical_measure_does_or_is_listed(string code)
    {
        var prose = Papers.Reading.Prose.Single(each => each.Code == code);
        foreach (var (at, measure) in Loaded[code].Index())
        {
            var dictionary = measure.Canonical.SelectMany(key => Dictionary.Find(key)?.Departments ?? []).ToHashSet();
            var (must, may, open) = prose.Bodies is null ? (dictionary, [], false) : Papers.DepartmentsOf(prose.Bodies[at].Split('/'));
            may.UnionWith(dictionary);
            var agrees = must.IsSubsetOf(measure.Departments) && (open || must.Union(may).ToHashSet().IsSupersetOf(measure.Departments));
            var listed = Papers.Reading.ProseDepartments.GetValueOrDefault(measure.Key);
            (agrees ? listed is null : listed is not null && listed.ToHashSet().SetEquals(measure.Departments))
                .ShouldBeTrue($"{measure.Key}: {string.Join(',', measure.Departments)}, the papers {string.Join(',', must)}, listed {string.Join(',', listed ?? ["not"])}");
        }
    }

    [Theory]
    [MemberData(nameof(Told))]
    [Trait("Requirement", "R-3.5.3.a")]
    [Trait("Requirement", "R-3.5.3.b")]
    public void A_row_told_in_prose_is_of_the_nature_of_its_canonical_measure_and_of_no_stricter_class(string code) => Loaded[code]
        .Select(measure => (measure, Of: measure.Canonical.Select(key => Dictionary.Find(key)!).ToArray()))
        .Where(row => row.Of.Length > 0
            && (row.Of.All(canonical => canonical.Nature != row.measure.Nature)
                || (row.measure.Obligation == MeasureObligation.Mandatory && row.Of.All(canonical => canonical.Obligation != MeasureObligation.Mandatory))))
        .Select(row => row.measure.Key).ShouldBeEmpty();

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
        Papers.Reading.ProseDepartments.Keys.Except(Papers.Reading.Prose.SelectMany(prose => Loaded[prose.Code]).Select(measure => measure.Key)).ShouldBeEmpty("rows that are gone are not listed");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.2.a")]
    public void Number_and_signers_are_those_of_the_index()
    {
        var memoranda = ModuleCatalog.Discover().Memoranda.Where(memorandum => memorandum.Version == 1).ToDictionary(memorandum => memorandum.Code);
        var index = Papers.Sections[0].Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => memoranda.ContainsKey(cells[0])).ToArray();
        Papers.Reading.Sections.Select(section => section.Code).Union(Papers.Reading.Prose.Select(prose => prose.Code)).Except(index.Select(cells => cells[0]))
            .ShouldBeEmpty("a memorandum of a module that the papers do not tell has nothing to be compared with");
        index.Where(cells => !cells[2].Contains(memoranda[cells[0]].DocumentNumber, StringComparison.Ordinal)).Select(cells => cells[0]).ShouldBeEmpty();
        index.Where(cells => int.TryParse(cells[3], out _) && memoranda[cells[0]].Signers != $"{cells[3]}家").Select(cells => cells[0]).ShouldBeEmpty();
    }

    // A row that names its canonical measure only has that measure's words.
    private static IEnumerable<(string Key, string Paper, string File)> Worded() =>
    [
        .. from row in Papers.Rows
           from measure in Loaded[row.Code]
           where measure.Ordinal == row.Ordinal
           select (measure.Key, row.Wording ?? Papers.Dictionary[row.Canonical!.Single()], measure.Wording),
        .. from prose in Papers.Reading.Prose
           from pair in Loaded[prose.Code].Index()
           select (pair.Item.Key, prose.Wordings is { } words ? words[pair.Index] : Papers.Dictionary[prose.Canonical[pair.Index]!.Single()], pair.Item.Wording),
    ];

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
