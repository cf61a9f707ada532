using System.Reflection;
using Microsoft.OData.UriParser;

namespace Credit.OData.FastLane;

/// <summary>What the fast lane answers: rows of a set by their columns, or their number; filtered, sorted, paged.</summary>
/// <param name="Filters">Conditions, all of them to be met.</param>
/// <param name="Order">Sorting, the key last.</param>
/// <param name="Shown">Names of the columns shown.</param>
/// <param name="Take">Rows of this page.</param>
/// <param name="Skip">Rows left out.</param>
/// <param name="Place">Values of the order's columns to go on after; null at the beginning.</param>
/// <param name="Count">The number of all rows is wanted, too.</param>
/// <param name="OnlyCount">Nothing but the number is wanted.</param>
internal sealed record FastQuery(
    IReadOnlyList<FilterClause> Filters, IReadOnlyList<(PropertyInfo Column, bool Descending)> Order, IReadOnlyCollection<string> Shown,
    int Take, int Skip, object?[]? Place, bool Count, bool OnlyCount)
{
    /// <summary>Key of the one row; null for a list.</summary>
    public object? Key { get; init; }

    /// <summary>Ways followed from every row.</summary>
    public IReadOnlyList<BoundExpand> Expand { get; init; } = [];

    /// <summary>The query as this lane answers it; null when it is one for the full lane.</summary>
    /// <exception cref="QueryRefusedException">The token was never given out for this order.</exception>
    public static FastQuery? Of(BoundQuery query)
    {
        if (!(query with { Also = [], Expand = [] }).IsPlain || (query.Shows == Shows.Row && query.Key is null)
            || (query.Expand.Count > 0 && (query.Key is not null || query.Format is not { Kind: FormatKind.Json, Metadata: not MetadataLevel.Full } || !query.Expand.All(IsOneLevel))))
        {
            return null;
        }

        return new(
            [.. query.Also, .. query.Filter is null ? Array.Empty<FilterClause>() : [query.Filter]],
            [.. query.Order.Select(term => (term.Column!, term.Descending))],
            [.. query.Columns.Select(column => column.Name)],
            query.Shows == Shows.Row ? 1 : Math.Min(query.Top ?? int.MaxValue, query.Page),
            query.SkipToken is null ? query.Skip : 0,
            query.SkipToken is { } token ? Paging.PlaceOf(token, query.Order) : null,
            query.Count, query.OnlyCount)
        { Key = query.Key, Expand = query.Expand };
    }

    private static bool IsOneLevel(BoundExpand way) => way is { Shows: ExpandShows.Rows, Target.Fast: not null, Query: { IsPlain: true, Count: false } };
}
