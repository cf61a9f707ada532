using System.Collections.Frozen;

namespace Credit.Core.Modules.DropIn;

/// <summary>What the host brings. It wins over every file of the folder.</summary>
internal static class HostAssemblies
{
    private static readonly FrozenSet<string> Brought = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(path => Path.GetFileNameWithoutExtension(path))
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The platform's own assemblies.</summary>
    public static FrozenSet<string> House { get; } =
        new[] { "Credit.Domain", "Credit.Abstractions", "Credit.Core", "Credit.OData", "Credit.Host" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True when the host brings this assembly.</summary>
    public static bool Has(string name) => Brought.Contains(name);
}
