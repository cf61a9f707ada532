using System.Linq.Expressions;
using Microsoft.OData.UriParser;
using Microsoft.OData.UriParser.Aggregation;

namespace Credit.OData;

/// <summary><c>$apply</c>: filters and computed values, then one grouping or aggregation, then filters and computed values of its groups.</summary>
internal sealed class Grouping(QueryableSet set, Surroundings around)
{
    private const string Option = "$apply";
    private const int MostSteps = 6;

    /// <summary>Transformations of the standard that are none of the profile.</summary>
    private static readonly string[] KnownElsewhere =
    [
        "concat", "identity", "topcount", "topsum", "toppercent", "bottomcount", "bottomsum", "bottompercent", "search", "orderby", "top", "skip", "expand", "join", "outerjoin",
        "nest", "addnested", "ancestors", "descendants", "traverse",
    ];

    private static readonly string[] BeforeNames = ["as", "add", "sub", "mul", "div", "divby", "mod", "-", "/"];

    /// <summary>Refuses by their names what the parser either does not know or would not name.</summary>
    /// <exception cref="QueryRefusedException">A transformation is none of the profile.</exception>
    public static void RefuseUnsupported(string apply)
    {
        var named = QueryText.Parts(apply, '/').Select(step => step.Split('(')[0].Trim()).FirstOrDefault(name => KnownElsewhere.Contains(name, StringComparer.OrdinalIgnoreCase))
            ?? InnerOf(apply);
        if (named is not null)
        {
            var name = named.ToLowerInvariant();
            throw new QueryRefusedException(501, "option-not-supported", Option, $"不支持转换 {name}。", $"The transformation {name} is not supported.");
        }

        if (SaysFrom(apply))
        {
            throw new QueryRefusedException(501, "option-not-supported", Option, "不支持关键字 from。", "The keyword from is not supported.");
        }
    }

    /// <summary>A transformation inside of a grouping. One is called as a function is.</summary>
    private static string? InnerOf(string apply)
    {
        var pieces = QueryText.Pieces(apply).ToArray();
        return pieces.Zip(pieces.Skip(1)).FirstOrDefault(pair => pair.Second.Text == "(" && pair.First.IsWord && !pair.First.Text.Equals("concat", StringComparison.OrdinalIgnoreCase)
            && (KnownElsewhere.Contains(pair.First.Text, StringComparer.OrdinalIgnoreCase) || pair.First.Text.StartsWith("rollup", StringComparison.OrdinalIgnoreCase))).First.Text;
    }

    /// <summary>Whether an aggregation is made of aggregations by something. After what begins an expression, or goes on with it, the word is a name.</summary>
    private static bool SaysFrom(string apply)
    {
        var (depth, within, before) = (0, int.MaxValue, "(");
        foreach (var (piece, isWord) in QueryText.Pieces(apply).Where(piece => piece.Text != " "))
        {
            depth += piece switch { "(" => 1, ")" => -1, _ => 0 };
            within = isWord && piece.Equals("aggregate", StringComparison.OrdinalIgnoreCase) ? depth + 1 : depth < within && piece == ")" ? int.MaxValue : within;
            if (isWord && depth == within && piece.Equals("from", StringComparison.OrdinalIgnoreCase) && before != "(" && before != "," && !BeforeNames.Contains(before, StringComparer.OrdinalIgnoreCase))
            {
                return true;
            }

            before = piece;
        }

        return false;
    }

    public Source Read(IQueryable rows, ParameterExpression row, ApplyClause apply)
    {
        var steps = apply.Transformations.ToList();
        if (steps.Count > MostSteps)
        {
            throw QueryRefusedException.TooMuch(Option, $"{MostSteps} transformations");
        }

        var source = new Source(set, rows, row, null, []);
        List<Computed> computed = [];
        foreach (var step in steps)
        {
            source = step switch
            {
                FilterTransformationNode filter => source with { Rows = source.Rows.Where(source.Row, Condition(source, computed, filter)), OfNothing = null },
                ComputeTransformationNode compute when source.Named is null => Noted(source, computed, compute),
                ComputeTransformationNode compute => WithComputed(source, compute),
                GroupByTransformationNode group when source.Named is null => Grouped(source, computed, group),
                AggregateTransformationNode aggregate when source.Named is null => Aggregated(source, computed, [], aggregate),
                _ => throw QueryRefusedException.Unsupported(Option),
            };
        }

        // Values computed and not grouped by are columns of the rows: that is $compute.
        return source.Named is null && computed.Count > 0 ? throw QueryRefusedException.Unsupported(Option) : source;
    }

    private Expression Condition(Source source, List<Computed> computed, FilterTransformationNode filter) =>
        QueryBinder.Parsed(Option, () => source.Translator(Option, around, computed).Condition(filter.FilterClause.Expression));

    private static Source Noted(Source source, List<Computed> computed, ComputeTransformationNode compute)
    {
        computed.AddRange(compute.Expressions.Select(item => new Computed(item.Alias, item.Expression, false)));
        return source;
    }

    private Source WithComputed(Source source, ComputeTransformationNode compute)
    {
        List<(string Name, Term Value)> named = [.. source.Named!];
        foreach (var item in compute.Expressions)
        {
            named.Add((item.Alias, (source with { Named = named }).Translator(Option, around).Value(item.Expression)));
        }

        return source with { Named = named, OfNothing = null };
    }

    private Source Grouped(Source source, List<Computed> computed, GroupByTransformationNode group)
    {
        if (group.ChildTransformations is not (null or AggregateTransformationNode))
        {
            throw QueryRefusedException.Unsupported(Option);
        }

        var keys = group.GroupingProperties.Select(property => (property.Name, Value: property.Expression is { } expression && property.ChildTransformations.Count == 0
            ? QueryBinder.Parsed(Option, () => source.Translator(Option, around, computed).Value(expression))
            : throw QueryRefusedException.Unsupported(Option))).ToList();
        return Aggregated(source, computed, keys, group.ChildTransformations as AggregateTransformationNode);
    }

    private Source Aggregated(Source source, List<Computed> computed, IReadOnlyList<(string Name, Term Value)> keys, AggregateTransformationNode? aggregate)
    {
        var expressions = aggregate?.AggregateExpressions.ToList() ?? [];
        if (keys.Count + expressions.Count > Wide.Most)
        {
            throw QueryRefusedException.TooMuch(Option, $"{Wide.Most} values");
        }

        if (keys.Select(key => key.Name).Concat(expressions.Select(each => each.Alias)).GroupBy(name => name).Any(names => names.Count() > 1))
        {
            throw QueryRefusedException.Invalid(Option);
        }

        // All rows are one group where nothing is grouped by.
        Expression by = keys.Count == 0 ? Expression.Constant(1) : Wide.New([.. keys.Select(key => key.Value.Whole)]);
        var groups = source.Rows.GroupBy(source.Row, by);
        var group = Expression.Parameter(groups.ElementType, "group");
        var values = keys.Select((_, i) => (Expression)Wide.Value(Expression.Property(group, "Key"), i))
            .Concat(expressions.Select(each => Aggregate(source, computed, group, each)))
            .ToList();
        var result = groups.SelectTo(group, Wide.New(values));
        var row = Expression.Parameter(result.ElementType, "row");
        var named = keys.Select((key, i) => (key.Name, Named(row, i, key.Value.Nulls.Count > 0)))
            .Concat(expressions.Select((each, i) => (each.Alias, Named(row, keys.Count + i, nullable: true)))).ToList();
        return new(set, result, row, named, [.. keys.Select(key => key.Name)])
        {
            OfNothing = keys.Count > 0 ? null : [.. expressions.Select(each => each is AggregateExpression { Method: AggregationMethod.VirtualPropertyCount or AggregationMethod.CountDistinct } ? (object?)0L : null)],
        };
    }

    private static Term Named(Expression row, int index, bool nullable)
    {
        var value = Wide.Value(row, index);
        return Term.Of(value, nullable && (!value.Type.IsValueType || Nullable.GetUnderlyingType(value.Type) is not null));
    }

    private Expression Aggregate(Source source, List<Computed> computed, ParameterExpression group, AggregateExpressionBase expression)
    {
        if (expression is not AggregateExpression each)
        {
            throw QueryRefusedException.Unsupported(Option);
        }

        if (each.Method == AggregationMethod.VirtualPropertyCount)
        {
            return Call(nameof(Enumerable.LongCount), [source.Row.Type], group);
        }

        var value = QueryBinder.Parsed(Option, () => source.Translator(Option, around, computed).Value(each.Expression));
        var whole = each.Method switch
        {
            AggregationMethod.Sum or AggregationMethod.Average when value.Type == typeof(int) || value.Type == typeof(long) || value.Type == typeof(decimal) =>
                Lifted(value, each.Method == AggregationMethod.Average || value.Type == typeof(decimal) ? typeof(decimal) : typeof(long)),
            AggregationMethod.Min or AggregationMethod.Max when value.Type != typeof(bool) && value.Type != typeof(Guid) => Lifted(value, value.Type),
            AggregationMethod.CountDistinct => value.Whole,
            AggregationMethod.Sum or AggregationMethod.Average or AggregationMethod.Min or AggregationMethod.Max => throw QueryRefusedException.Invalid(Option),
            _ => throw QueryRefusedException.Unsupported(Option),
        };
        var of = Expression.Lambda(whole, source.Row);
        switch (each.Method)
        {
            case AggregationMethod.CountDistinct:
                var distinct = Call(nameof(Enumerable.Distinct), [whole.Type], Call(nameof(Enumerable.Select), [source.Row.Type, whole.Type], group, of));
                return Call(nameof(Enumerable.LongCount), [whole.Type], distinct);
            case AggregationMethod.Min or AggregationMethod.Max:
                return Call(each.Method.ToString()!, [source.Row.Type, whole.Type], group, of);
            case AggregationMethod.Average:
                return Call(nameof(Enumerable.Average), [source.Row.Type], group, of);
            default:
                // The sum of no values is null in OData and 0 in LINQ.
                var none = Expression.Equal(Call(nameof(Enumerable.Max), [source.Row.Type], group, of), Expression.Constant(null, whole.Type));
                return Expression.Condition(none, Expression.Constant(null, whole.Type), Call(nameof(Enumerable.Sum), [source.Row.Type], group, of));
        }
    }

    private static Expression Lifted(Term value, Type type)
    {
        if (!type.IsValueType)
        {
            return value.Whole;
        }

        var whole = value.Whole;
        var wanted = typeof(Nullable<>).MakeGenericType(type);
        return whole.Type == wanted ? whole : Expression.Convert(whole, wanted);
    }

    private static MethodCallExpression Call(string method, Type[] types, params Expression[] arguments) => Expression.Call(typeof(Enumerable), method, types, arguments);
}
