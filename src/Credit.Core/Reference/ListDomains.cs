using System.Collections.Frozen;

namespace Credit.Core.Reference;

/// <summary>领域: the domains in which departments of the district recognise entries. Modules add theirs by their criteria.</summary>
internal static class ListDomains
{
    /// <summary>The domains that ship with the core, by their official names.</summary>
    public static FrozenSet<string> Shipped { get; } = ReferenceFile.Read<string[]>("list-domains.json").ToFrozenSet(StringComparer.Ordinal);
}
