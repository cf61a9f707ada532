namespace Credit.Core.Reference;

/// <summary>A town, a street or the development zone.</summary>
/// <param name="Key">Key; never changes.</param>
/// <param name="Code">Nine digits of the national table of areas; null where the table at hand has none.</param>
/// <param name="Name">Official name.</param>
/// <param name="Kind"><c>Town</c>, <c>Street</c> or <c>DevelopmentZone</c>.</param>
/// <param name="ManagedBy">Who really runs it.</param>
/// <param name="ManagedByDistrict">True when it reports to the district's platform.</param>
internal sealed record Area(string Key, string? Code, string Name, string Kind, string ManagedBy, bool ManagedByDistrict)
{
    /// <summary>The table that ships with the core.</summary>
    public static IReadOnlyList<Area> LoadAll() => ReferenceFile.Read<Area[]>("areas.json");
}
