using System.Reflection;
using Credit.Abstractions;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary>Where a path leads: to a set, and to what of it.</summary>
/// <param name="Set">The set whose rows are shown.</param>
/// <param name="Spot">Which of them, and what is shown.</param>
internal sealed record Route(QueryableSet Set, Spot Spot)
{
    /// <summary>Goes along a path. Ways are gone by reading the row they begin at, as the caller sees it.</summary>
    /// <param name="sets">All sets.</param>
    /// <param name="surface">Surface of the path.</param>
    /// <param name="path">The path as it came over the wire.</param>
    /// <param name="aliases">Values of parameter aliases.</param>
    /// <param name="enter">Called with each set before its rows are read.</param>
    /// <param name="read">Reads a column of one row: whether there is such a row, and the value.</param>
    /// <exception cref="QueryRefusedException">The path leads nowhere.</exception>
    public static async Task<Route> FindAsync(
        SetCatalog sets, Surface surface, string path, IReadOnlyDictionary<string, string> aliases,
        Func<QueryableSet, Task> enter, Func<QueryableSet, Spot, PropertyInfo, Task<(bool Found, object? Value)>> read)
    {
        Route? route = null;
        foreach (var segment in Address.Read(sets.ModelOf(surface), path, aliases))
        {
            var at = route?.Spot;
            switch (segment)
            {
                case EntitySetSegment entry:
                    route = new(sets.Find(surface, entry.EntitySet.Name)!, new Spot(Shows.Rows));
                    await enter(route.Set);
                    break;
                case KeySegment key when at is { Shows: Shows.Rows or Shows.References }:
                    route = route! with { Spot = at with { Key = KeyOf(route.Set, key), Shows = at.Shows == Shows.Rows ? Shows.Row : Shows.Reference } };
                    break;
                case FilterSegment filter when at is { Shows: Shows.Rows }:
                    route = route! with { Spot = at with { Also = [.. at.Also, new FilterClause(filter.Expression, filter.RangeVariable)] } };
                    break;
                case CountSegment when at is { Shows: Shows.Rows }:
                    route = route! with { Spot = at with { OnlyCount = true } };
                    break;
                case CountSegment when at is { Shows: Shows.Property, Property.PropertyType.IsArray: true }:
                    route = route! with { Spot = at with { Shows = Shows.ValueCount } };
                    break;
                case ReferenceSegment when at is { Shows: Shows.Rows }:
                    route = route! with { Spot = at with { Shows = Shows.References } };
                    break;
                case ReferenceSegment when at is { Shows: Shows.Row }:
                    route = route! with { Spot = at with { Shows = Shows.Reference } };
                    break;
                case PropertySegment property when at is { Shows: Shows.Row }:
                    route = route! with { Spot = at with { Shows = Shows.Property, Property = route.Set.Row.GetProperty(property.Property.Name)!, Path = Address.Canonical(path) } };
                    break;
                case ValueSegment when at is { Shows: Shows.Property }:
                    route = route! with { Spot = at with { Shows = Shows.Value } };
                    break;
                case ValueSegment when at is { Shows: Shows.Row }:
                    // Only of media there is a value beside the columns.
                    throw QueryRefusedException.Invalid("path");
                case TypeSegment type when type.EdmType.AsElementType().FullTypeName() == $"Credit.{route?.Set.Row.Name}":
                    break;
                case NavigationPropertySegment way when at is { Shows: Shows.Row }:
                    route = await FollowAsync(sets, route!, way.NavigationProperty.Name, enter, read);
                    break;
                case NavigationPropertyLinkSegment way when at is { Shows: Shows.Row }:
                    route = await FollowAsync(sets, route!, way.NavigationProperty.Name, enter, read);
                    route = route with { Spot = route.Spot with { Shows = route.Spot.Shows == Shows.Row ? Shows.Reference : Shows.References } };
                    break;
                default:
                    throw Address.NotFound(set: false);
            }
        }

        return route ?? throw Address.NotFound(set: true);
    }

    private static async Task<Route> FollowAsync(
        SetCatalog sets, Route from, string name, Func<QueryableSet, Task> enter,
        Func<QueryableSet, Spot, PropertyInfo, Task<(bool Found, object? Value)>> read)
    {
        var way = from.Set.Shape.Ways.Find(each => each.Name == name)!;
        var target = sets.Find(from.Set.Surface, way.Target)!;
        var (found, value) = await read(from.Set, from.Spot, way.From);
        if (!found)
        {
            throw new QueryRefusedException(404, "not-found", from.Set.Name, "没有这一行。", "There is no such row.");
        }

        await enter(target);
        return new(target, new Spot(way.To.Name == target.Shape.KeyColumn!.Name ? Shows.Row : Shows.Rows) { Of = new(way.To, value) });
    }

    private static object KeyOf(QueryableSet set, KeySegment segment)
    {
        var wanted = set.Shape.KeyColumn!.PropertyType;
        var value = segment.Keys.Single().Value;
        return value.GetType() == wanted ? value : QueryBinder.Parsed("key", () => Convert.ChangeType(value, wanted, System.Globalization.CultureInfo.InvariantCulture));
    }
}
