using System.Globalization;
using System.Text.Json;
using Credit.Testing;

namespace Credit.Core.Tests.Enforcement;

/// <summary>A task that the papers owe.</summary>
/// <param name="Department">Key of the department.</param>
/// <param name="Measure">Key of the measure.</param>
/// <param name="Obligation">Mandatory or recommended.</param>
public sealed record OwedTask(string Department, string Measure, string Obligation);

/// <summary>
/// The memoranda as they lie in the modules' folders, read as plain JSON: what a listing owes is computed here from the papers alone,
/// by none of the code that gives tasks out.
/// </summary>
internal static class MemorandumPapers
{
    private static readonly Lazy<IReadOnlyList<JsonElement>> Files = new(() =>
    [
        .. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "modules"))
            .Select(module => Path.Combine(module, "Memoranda")).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.json")).Order(StringComparer.Ordinal)
            .Select(file => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file))),
    ]);

    private static readonly Lazy<IReadOnlySet<string>> Outside = new(() => JsonSerializer
        .Deserialize<JsonElement>(File.ReadAllText(Path.Combine(Repository.Root, "src", "Credit.Core", "Reference", "departments.json")))
        .EnumerateArray().Where(department => department.GetProperty("outsideDistrict").GetBoolean()).Select(department => department.GetProperty("key").GetString()!).ToHashSet());

    /// <summary>How many files there are.</summary>
    public static int Count => Files.Value.Count;

    /// <summary>Every list and domain that sets some memorandum off.</summary>
    public static IEnumerable<(string List, string Domain)> Triggers => Files.Value
        .SelectMany(file => Texts(file.GetProperty("trigger").GetProperty("domains")).Select(domain => (file.GetProperty("trigger").GetProperty("list").GetString()!, domain)))
        .Distinct();

    /// <summary>What an entry owes on a day, by the papers.</summary>
    /// <param name="list">List of the entry.</param>
    /// <param name="domain">Its domain.</param>
    /// <param name="ableButRefuses">The subject is able to perform but refuses.</param>
    /// <param name="day">First day of its validity.</param>
    public static IReadOnlyList<OwedTask> Owed(string list, string domain, bool ableButRefuses, DateOnly day) =>
    [
        .. (from file in Files.Value
            let trigger = file.GetProperty("trigger")
            where trigger.GetProperty("list").GetString() is var about && (about == list || (list == "Watch" && about == "Black"))
            where Texts(trigger.GetProperty("domains")).Contains(domain)
            from version in file.GetProperty("versions").EnumerateArray()
            where Day(version.GetProperty("effectiveFrom"))!.Value <= day && !(Day(version.GetProperty("effectiveTo")) < day)
            from measure in version.GetProperty("measures").EnumerateArray()
            where measure.GetProperty("evidence").GetString() is "Seen" or "High"
            where list != "Watch" || measure.GetProperty("watchApplicable").GetBoolean()
            where ableButRefuses || !measure.GetProperty("onlyAbleButRefuses").GetBoolean()
            from department in Texts(measure.GetProperty("departments"))
            where !Outside.Value.Contains(department)
            select new OwedTask(department, $"{file.GetProperty("code").GetString()}/{measure.GetProperty("ordinal").GetString()}", measure.GetProperty("obligation").GetString()!)).Distinct(),
    ];

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(each => each.GetString()!);

    private static DateOnly? Day(JsonElement day) => day.ValueKind == JsonValueKind.Null ? null : DateOnly.ParseExact(day.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
