using Credit.Abstractions;
using Credit.Core.Store;
using Credit.OData.Changes;

namespace Credit.OData.Sets;

/// <summary>Matches of the district's catalogue with the province's and the city's, all versions .</summary>
public sealed record UpstreamMatchRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Key of the district's item.</summary>
    public string Item { get; init; } = "";

    /// <summary>Province or City.</summary>
    public string Level { get; init; } = "";

    /// <summary>Version of the match.</summary>
    public int Number { get; init; }

    /// <summary>Number of the upper item.</summary>
    public string ItemNumber { get; init; } = "";

    /// <summary>Its title.</summary>
    public string Title { get; init; } = "";

    /// <summary>Document it is printed in.</summary>
    public string Document { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>Day of the proposal.</summary>
    public DateOnly ProposedOn { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly? DecidedOn { get; init; }
}

/// <summary>Matches of the district's catalogue with the province's and the city's, all versions; every department reads them.</summary>
internal sealed class UpstreamMatchSet(OfficialDbContext db) : IEntitySet<UpstreamMatchRow>, IScopedSet<UpstreamMatchRow>
{
    public static string Name => "UpstreamMatches";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Matches of the district's catalogue with the province's and the city's, all versions.";

    public static void Shape(ISetShape<UpstreamMatchRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Item, each => each.Level, each => each.State, each => each.DecidedOn)
        .Sort(each => each.Item, each => each.Number)
        .Follows("UpstreamMatch")
        .Page(size: 100, max: 1000);

    public IQueryable<UpstreamMatchRow> Rows() => db.UpstreamMatches.Select(each => new UpstreamMatchRow
    {
        Id = each.Id,
        Item = each.Item,
        Level = each.Level.ToString(),
        Number = each.Number,
        ItemNumber = each.ItemNumber,
        Title = each.Title,
        Document = each.Document,
        State = each.State.ToString(),
        ProposedOn = each.ProposedOn,
        DecidedOn = each.DecidedOn,
    });

    /// <inheritdoc/>
    public IQueryable<UpstreamMatchRow> Within(IQueryable<UpstreamMatchRow> rows) => rows;
}
