using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;

namespace Credit.OData;

/// <summary>Chinese names of sets, columns and ways. Modules bring none: their sets are described in English.</summary>
internal sealed record ChineseNames(IReadOnlyDictionary<string, string> Sets, IReadOnlyDictionary<string, string> Columns, IReadOnlyDictionary<string, string> Ways)
{
    /// <summary>The names, as kept beside the sets.</summary>
    public static ChineseNames Load()
    {
        using var file = typeof(ChineseNames).Assembly.GetManifestResourceStream("chinese-names.json")!;
        return JsonSerializer.Deserialize<ChineseNames>(file, JsonSerializerOptions.Web)!;
    }
}

/// <summary>What the code says of columns, from the documentation beside its assembly.</summary>
internal sealed class RowComments
{
    private readonly Dictionary<Assembly, IReadOnlyDictionary<string, string>> _known = [];

    /// <summary>The comment of a column; null where there is none, as with a module that was dropped in.</summary>
    public string? Of(PropertyInfo column)
    {
        var assembly = column.DeclaringType!.Assembly;
        if (!_known.TryGetValue(assembly, out var comments))
        {
            _known[assembly] = comments = Read(assembly);
        }

        return comments.GetValueOrDefault($"P:{column.DeclaringType.FullName}.{column.Name}");
    }

    private static IReadOnlyDictionary<string, string> Read(Assembly assembly)
    {
        var file = assembly.Location.Length == 0 ? "" : Path.ChangeExtension(assembly.Location, ".xml");
        return !File.Exists(file) ? new Dictionary<string, string>() : XDocument.Load(file).Descendants("member")
            .Where(member => member.Attribute("name")?.Value.StartsWith("P:", StringComparison.Ordinal) == true && member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => string.Join(' ', member.Element("summary")!.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }
}
