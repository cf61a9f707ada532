using System.Reflection;
using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary>Says in the context of an answer what of its rows is shown (Protocol 10.7 to 10.10).</summary>
internal static class Projection
{
    /// <summary>The columns and ways in parentheses; empty where all of a row is shown and no way is followed.</summary>
    /// <param name="shown">What is selected and expanded.</param>
    /// <param name="columns">Columns that are shown.</param>
    /// <param name="computed">What is computed beside them.</param>
    /// <param name="expand">Ways that are followed.</param>
    /// <param name="written"><c>$select</c> as it was written.</param>
    /// <param name="modern">The answer is of 4.01.</param>
    public static string Of(SelectExpandClause shown, PropertyInfo[] columns, IReadOnlyList<Computed> computed, IReadOnlyList<BoundExpand> expand, string written, bool modern)
    {
        var operations = shown.SelectedItems.OfType<NamespaceQualifiedWildcardSelectItem>().Select(item => item.Namespace + ".*").ToArray();
        var names = operations.Length > 0 && shown.SelectedItems.OfType<WildcardSelectItem>().Any() ? ["*"] : shown.AllSelected ? [] : columns.Select(column => column.Name).Concat(computed.Where(each => each.Shown).Select(each => each.Name));
        // The parser selects ways that are followed for their addresses as well.
        var links = shown.SelectedItems.OfType<PathSelectItem>().Select(item => item.SelectedPath.FirstSegment).OfType<NavigationPropertySegment>()
            .Select(segment => segment.Identifier).Where(name => QueryText.Parts(written, ',').Any(part => part.Trim().Equals(name, StringComparison.OrdinalIgnoreCase)));
        var ways = links.Concat(Ways(expand));
        var all = string.Join(',', names.Concat(operations).Concat(ways));
        return all.Length == 0 ? "" : $"({all})";

        // Of ways only the rows they lead to are told, and in 4.0 only which of their columns.
        IEnumerable<string> Ways(IEnumerable<BoundExpand> followed) => followed.Where(each => each.Shows == ExpandShows.Rows)
            .Select(each => (each.Way.Name, Inner: string.Join(',', Nested(each)), Again: each.Recurs ? "+" : ""))
            .Where(each => modern || each.Inner.Length > 0 || each.Again.Length > 0).Select(each => $"{each.Name}{each.Again}({each.Inner})");

        IEnumerable<string> Nested(BoundExpand each) =>
            (each.Query.Columns.Length == each.Target.Shape.Columns.Length ? []
                : each.Query.Columns.Select(column => column.Name).Concat(each.Query.Compute.Where(made => made.Shown).Select(made => made.Name)))
                .Concat(Ways(each.Recurs ? each.Query.Expand.SkipLast(1) : each.Query.Expand));
    }
}
