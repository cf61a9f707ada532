using System.Reflection;
using Microsoft.OData.UriParser;

namespace Credit.OData.FastLane;

/// <summary>What the fast lane answers: a list or its number, filtered, sorted, paged.</summary>
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
    int Take, int Skip, object?[]? Place, bool Count, bool OnlyCount);
