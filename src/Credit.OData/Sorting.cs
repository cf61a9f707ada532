using System.Reflection;
using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary>What <c>$orderby</c> comes to.</summary>
internal static class Sorting
{
    private const int MostTerms = 4;

    /// <summary>A place between rows sorted by the present instant is another one when the next page is asked for: the pages would never end.</summary>
    public static void RefuseMoving(string sorting, string? computed, string? applied)
    {
        if (QueryText.Calls(sorting, "now") || QueryText.Calls(computed, "now") || QueryText.Calls(applied, "compute") && QueryText.Calls(applied, "now"))
        {
            throw Functions.NotSupported("$orderby", "now");
        }
    }

    /// <summary>The terms, with the key last where rows are to be told apart by it.</summary>
    public static IReadOnlyList<OrderTerm> Of(QueryableSet target, OrderByClause? clause, bool byKey)
    {
        List<OrderTerm> order = [];
        for (; clause is not null; clause = clause.ThenBy)
        {
            PropertyInfo? column = null;
            if (clause.Expression is SingleValuePropertyAccessNode { Source: ResourceRangeVariableReferenceNode } access && byKey)
            {
                column = target.Shape.Sortable.Contains(access.Property.Name) || access.Property.Name == target.Shape.KeyColumn!.Name
                    ? target.Row.GetProperty(access.Property.Name)!
                    : throw QueryRefusedException.NotFor("$orderby");
                if (order.Exists(each => each.Column == column))
                {
                    // Rows that are equal by it are so the other way round, too.
                    continue;
                }
            }
            else if (clause.Expression is ConstantNode)
            {
                continue;
            }

            order.Add(new(clause.Expression, column, clause.Direction == OrderByDirection.Descending));
        }

        if (order.Count > MostTerms)
        {
            throw QueryRefusedException.TooMuch("$orderby", $"{MostTerms}");
        }

        if (byKey && !order.Exists(each => each.Column == target.Shape.KeyColumn))
        {
            order.Add(new(null, target.Shape.KeyColumn!, false));
        }

        return order;
    }
}
