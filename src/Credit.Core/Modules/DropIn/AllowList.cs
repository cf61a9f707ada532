using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Credit.Core.Reference;
using Microsoft.Extensions.Configuration;

namespace Credit.Core.Modules.DropIn;

/// <summary>
/// The reviewed files: a JSON array in <c>modules.allow.json</c> (another place by <c>Modules:AllowList</c>) and the lines
/// of <c>Modules:Allow</c>. The file is looked for beside the host's settings, not in the folder it guards.
/// </summary>
internal sealed class AllowList
{
    /// <summary>Where the list is when the settings name no other file.</summary>
    public const string DefaultFile = "modules.allow.json";

    private readonly FrozenDictionary<string, AllowedFile> _files;

    private AllowList(IEnumerable<AllowedFile> files) => _files = files.ToFrozenDictionary(file => file.File, StringComparer.Ordinal);

    /// <summary>All lines, by file name.</summary>
    public IEnumerable<AllowedFile> Files => _files.Values.OrderBy(file => file.File, StringComparer.Ordinal);

    /// <summary>Reads file and settings, and adds everything wrong with them to the reasons.</summary>
    public static AllowList Read(IConfiguration configuration, ICollection<string> reasons)
    {
        AllowedFile[] lines = [.. FromFile(configuration["Modules:AllowList"], reasons), .. FromSettings(configuration.GetSection("Modules:Allow"), reasons)];
        foreach (var fault in lines.SelectMany(line => line.Faults()))
        {
            reasons.Add($"Allow-list: {fault}");
        }

        foreach (var twice in lines.GroupBy(line => line.File, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            reasons.Add($"Allow-list: {twice.Key} stands in it more than once.");
        }

        return new AllowList(lines.DistinctBy(line => line.File, StringComparer.Ordinal));
    }

    /// <summary>The line of this file, or null.</summary>
    public AllowedFile? Find(string file) => _files.GetValueOrDefault(file);

    private static AllowedFile[] FromFile(string? named, ICollection<string> reasons)
    {
        var path = Path.GetFullPath(named ?? DefaultFile);
        if (!File.Exists(path))
        {
            if (named is not null)
            {
                reasons.Add($"Allow-list: there is no {named}.");
            }

            return [];
        }

        try
        {
            return JsonSerializer.Deserialize<AllowedFile[]>(File.ReadAllBytes(path), ReferenceFile.Json) ?? [];
        }
        catch (JsonException malformed)
        {
            reasons.Add($"Allow-list: {Path.GetFileName(path)} cannot be read: {malformed.Message}");
            return [];
        }
    }

    private static IEnumerable<AllowedFile> FromSettings(IConfigurationSection section, ICollection<string> reasons)
    {
        foreach (var line in section.GetChildren())
        {
            if (DateOnly.TryParseExact(line["ReviewedOn"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                && bool.TryParse(line["Optional"] ?? "false", out var optional))
            {
                yield return new AllowedFile(line["File"] ?? "", line["Sha256"] ?? "", line["Reviewer"] ?? "", day, optional);
            }
            else
            {
                reasons.Add($"Allow-list: {line.Path} needs ReviewedOn as yyyy-MM-dd, and Optional is true or false.");
            }
        }
    }
}
