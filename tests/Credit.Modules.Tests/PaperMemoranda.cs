using System.Text.Json;
using System.Text.RegularExpressions;
using Credit.Domain.Enforcement;

namespace Credit.Modules.Tests;

/// <summary>One row of a memorandum as the papers on the memoranda have it, its wording as it stands in the cell; what they leave open is null.</summary>
internal sealed record PaperRow(
    string Code, string Ordinal, string? Wording, IReadOnlyList<string>? Canonical, MeasureNature? Nature, IReadOnlyList<MeasureObligation>? Obligations, IReadOnlyList<string>? Bodies, Evidence Evidence);

/// <summary>
/// The tables of the papers, read as they stand (<c>Data/memoranda.md</c>), with the reading that a table needs
/// (<c>Data/memoranda-reading.json</c>): marks that stand in a heading, memoranda told in prose, names of bodies in short.
/// </summary>
internal sealed partial class PaperMemoranda
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    private static readonly Lazy<PaperMemoranda> Lazily = new(() => new());

    private PaperMemoranda()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Credit.Modules.Tests", "Data");
        Reading = JsonSerializer.Deserialize<PaperReading>(File.ReadAllText(Path.Combine(folder, "memoranda-reading.json")), Json)!;
        var lines = File.ReadAllLines(Path.Combine(folder, "memoranda.md"));
        Rows = [.. ReadTables(lines, Reading)];
        Sections = ReadSections(lines);
        Dictionary = lines.Select(line => DictionaryRow().Match(line)).Where(row => row.Success).ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value.Trim());
    }

    public static PaperMemoranda Instance => Lazily.Value;

    public PaperReading Reading { get; }

    public IReadOnlyList<PaperRow> Rows { get; }

    /// <summary>Text of each section, by its number.</summary>
    public IReadOnlyDictionary<int, string> Sections { get; }

    /// <summary>The wording of each canonical measure.</summary>
    public IReadOnlyDictionary<string, string> Dictionary { get; }

    /// <summary>
    /// True when the two say the same in the same words: marks of evidence and explanations in brackets are the compiler's, and whether
    /// a comma is a Chinese one, or a slash stands for 、, is no difference of wording.
    /// </summary>
    public static bool SameWords(string paper, string file) =>
        new[] { paper, EvidenceMark().Replace(paper, ""), Bare(paper) }.Select(Plain).Contains(Plain(file));

    /// <summary>Bodies of a cell; a row that names others by 等 or an ellipsis leaves the rest open.</summary>
    public (HashSet<string> Must, HashSet<string> May, bool Open) DepartmentsOf(IEnumerable<string> bodies)
    {
        var (must, may, open) = (new HashSet<string>(), new HashSet<string>(), false);
        foreach (var cell in bodies)
        {
            var body = cell.TrimEnd('…');
            body = body.EndsWith('等') ? body[..^1] : body;
            open |= body.Length < cell.Length;
            var known = Reading.Bodies[body];
            must.UnionWith(known.Must ?? []);
            may.UnionWith(known.May ?? []);
            open |= known.Open;
        }

        return (must, may, open);
    }

    private static IEnumerable<PaperRow> ReadTables(string[] lines, PaperReading reading)
    {
        PaperSection? section = null;
        string[]? columns = null;
        var plus = 0;
        foreach (var line in lines)
        {
            if (Heading().Match(line) is { Success: true } heading)
            {
                var number = int.Parse(heading.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
                section = reading.Sections.SingleOrDefault(each => each.Section == number);
                columns = null;
                plus = 0;
            }

            if (section is null || !line.StartsWith('|') || line.All(letter => letter is '|' or '-' or ' '))
            {
                continue;
            }

            string[] cells = [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];
            if (cells.Contains("measure"))
            {
                columns = cells;
            }
            else if (columns is not null && !(section.NotLoaded ?? []).Contains(cells[0]))
            {
                foreach (var row in RowsOf(section, columns, cells, ref plus))
                {
                    yield return row;
                }
            }
        }
    }

    private static PaperRow[] RowsOf(PaperSection section, string[] columns, string[] cells, ref int plus)
    {
        string? Cell(params string[] names) => names.Select(name => Array.IndexOf(columns, name)).Where(at => at >= 0 && at < cells.Length).Select(at => cells[at]).FirstOrDefault();
        var ordinal = cells[0] == "+" ? $"+{++plus}" : cells[0].Replace('–', '-');
        var canonical = Canonical().Matches(cells[2] + (section.Splits is null ? "" : cells[1])).Select(match => match.Value).Distinct().ToArray();
        var marks = string.Join(' ', cells.Skip(1));
        var evidence = (section.Seen ?? []).Contains(ordinal) ? Evidence.Seen
            : marks.Contains("K-lo", StringComparison.Ordinal) ? Evidence.Low
            : marks.Contains("K-med", StringComparison.Ordinal) ? Evidence.Medium
            : marks.Contains("K-hi", StringComparison.Ordinal) ? Evidence.High
            : SeenMark().IsMatch(marks) ? Evidence.Seen : section.Evidence;
        if (section.Splits?.GetValueOrDefault(cells[0]) is { } prefix)
        {
            return [.. canonical.Select(key => new PaperRow(section.Code, prefix + key, null, [key], null, null, null, evidence))];
        }

        return
        [
            new(section.Code, ordinal, cells[1], canonical, NatureOf(Cell("nature")), ObligationsOf(Cell("M/R")), Cell("dept") is { } dept ? BodiesOf(dept) : null, evidence),
        ];
    }

    private static MeasureNature? NatureOf(string? cell) => cell?.FirstOrDefault() switch
    {
        '行' => MeasureNature.Administrative,
        '市' => MeasureNature.Market,
        '业' => MeasureNature.Industry,
        '社' => MeasureNature.Social,
        '司' => MeasureNature.Judicial,
        _ => null,
    };

    private static MeasureObligation[]? ObligationsOf(string? cell) => cell switch
    {
        null => [MeasureObligation.Recommended],
        _ when cell.StartsWith("M/R", StringComparison.Ordinal) => null,
        _ when cell.StartsWith('M') => [MeasureObligation.Mandatory],
        _ when cell.StartsWith('R') => [MeasureObligation.Recommended],
        _ => null,
    };

    private static string[] BodiesOf(string cell) =>
        [.. Aside().Replace(cell.Split('→')[0], "").Split('/', '、', '+', ',', '，').Select(body => body.Trim())];

    private static Dictionary<int, string> ReadSections(string[] lines)
    {
        var (sections, number) = (new Dictionary<int, string>(), 0);
        foreach (var line in lines)
        {
            number = Heading().Match(line) is { Success: true } heading ? int.Parse(heading.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : number;
            sections[number] = sections.GetValueOrDefault(number) + line + '\n';
        }

        return sections;
    }

    private static string Plain(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)).Select(letter => letter switch
    {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '(' => '（',
        ')' => '）',
        '/' => '、',
        _ => letter,
    }));

    // The measure's own words remain.
    private static string Bare(string cell) => Aside().Replace(cell, "").Trim();

    [GeneratedRegex(@"^## (\d+)\.")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| ([PR]\d\d) [A-Z0-9-]+ \|([^|]+)\|")]
    private static partial Regex DictionaryRow();

    [GeneratedRegex(@"\s*[(（](S|K-)[^)）]*[)）]")]
    private static partial Regex EvidenceMark();

    [GeneratedRegex(@"[PR]\d\d")]
    private static partial Regex Canonical();

    [GeneratedRegex(@"(?<![A-Za-z-])S(?![A-Za-z])")]
    private static partial Regex SeenMark();

    [GeneratedRegex(@"\s*[(（][^)）]*[)）]")]
    private static partial Regex Aside();
}

/// <summary>How the papers are to be read where a table alone does not say.</summary>
internal sealed record PaperReading(
    IReadOnlyList<PaperSection> Sections, IReadOnlyList<PaperProse> Prose, IReadOnlyList<string> OutOfRemit, IReadOnlyDictionary<string, PaperBody> Bodies,
    IReadOnlyDictionary<string, PaperWording> Wordings, IReadOnlyDictionary<string, IReadOnlyList<string>> ProseDepartments);

/// <summary>A row that the file words otherwise than the papers, reviewed: both as they stood.</summary>
internal sealed record PaperWording(string Paper, string File);

/// <summary>A section with a table: its code, the mark of rows that have none, rows seen according to the heading.</summary>
internal sealed record PaperSection(
    int Section, string Code, Evidence Evidence, IReadOnlyList<string>? Seen = null, IReadOnlyList<string>? NotLoaded = null, IReadOnlyList<string>? NotInTable = null,
    IReadOnlyDictionary<string, string>? Splits = null);

/// <summary>
/// A memorandum told in prose: canonical keys row by row, null where the papers give none; the words of each row as they stand in the
/// section, null where it names the canonical measures only; the bodies it names for a row, as they stand there.
/// </summary>
internal sealed record PaperProse(
    string Code, int Section, Evidence? Evidence, IReadOnlyList<IReadOnlyList<string>?> Canonical, IReadOnlyList<string>? Wordings = null, IReadOnlyList<string>? Bodies = null);

/// <summary>District bodies behind a name in short: those it names, those it may mean, or any.</summary>
internal sealed record PaperBody(IReadOnlyList<string>? Must = null, IReadOnlyList<string>? May = null, bool Open = false);
