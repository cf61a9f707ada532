using System.Text.Json;

namespace Credit.Core.Tests.Intake;

internal sealed record ExpectedIssue(string? Field, string? Column, string Code);

internal sealed record ExpectedRow(
    int Row,
    string Verdict,
    string? OnTime,
    DateOnly? Due,
    string? Planted,
    IReadOnlyList<string>? Acceptable,
    IReadOnlyList<ExpectedIssue>? Issues,
    IReadOnlyDictionary<string, string>? Normalised,
    int? RelatedRow,
    string? Publish)
{
    public bool Allows(string verdict) => verdict == Verdict || (Acceptable?.Contains(verdict, StringComparer.Ordinal) ?? false);
}

internal sealed record ExpectedFile(
    string File,
    string RecordKind,
    string FileVerdict,
    IReadOnlyList<string>? FileIssues,
    IReadOnlyList<string>? UnknownColumns,
    IReadOnlyList<string>? MissingColumns,
    IReadOnlyList<int>? IgnoredRows,
    int? HeaderRow,
    string? Requires,
    IReadOnlyList<ExpectedRow> Rows);

/// <summary>The verdicts that the test files were planted with.</summary>
internal static class Expectations
{
    private static readonly JsonDocument Document = JsonDocument.Parse(File.ReadAllBytes(PathOf("expected.json")));

    public static IReadOnlyDictionary<string, ExpectedFile> Files { get; } = Document.RootElement.GetProperty("files")
        .Deserialize<List<ExpectedFile>>(JsonSerializerOptions.Web)!.ToDictionary(file => file.File);

    public static IEnumerable<string> Codes => Document.RootElement.GetProperty("codes").EnumerateObject().Select(code => code.Name);

    public static DateOnly Received { get; } = DateOnly.Parse(Document.RootElement.GetProperty("receivedDate").GetString()!);

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Data", file);
}
