using System.Globalization;
using Credit.OData.Writing;
using Microsoft.OData.UriParser;

namespace Credit.OData.FastLane;

/// <summary>
/// Turns a parsed filter into SQL over the columns of a set: comparisons with literals, lists, <c>and or not</c>, and where a text begins,
/// ends or holds another, or matches a pattern. What it does not know it leaves to the full lane, and so what is not allowed: only that lane refuses.
/// Logic has three values, as in <see cref="Translator"/>.
/// </summary>
internal sealed class FastFilter(Statement statement, RowLayout layout, ISet<string> filterable)
{
    private const int MaxNodes = 60;
    private const int MaxList = 100;

    private int _nodes;

    /// <summary>Adds the condition; false when it is none of this lane's, and the statement is of no use any more.</summary>
    public bool TryAdd(FilterClause filter) => TryAdd(filter.Expression, wanted: true);

    /// <summary>True on the rows for which the node is <paramref name="wanted"/>; false on those for which it is the other value or null.</summary>
    private bool TryAdd(QueryNode node, bool wanted) => ++_nodes <= MaxNodes && Unwrapped(node) switch
    {
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and => TryJoin(and, all: wanted, wanted),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or => TryJoin(or, all: !wanted, wanted),
        BinaryOperatorNode binary => TryCompare(binary, wanted),
        UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not => TryAdd(not.Operand, !wanted),
        InNode list => TryList(list, wanted),
        SingleValueFunctionCallNode call => TryFunction(call, wanted),
        SingleValuePropertyAccessNode access when Column(access) is { Kind: CellKind.Boolean, IsNullable: false } column => Add(column.Name, wanted ? "" : " = FALSE"),
        _ => false,
    };

    private bool TryJoin(BinaryOperatorNode node, bool all, bool wanted)
    {
        statement.Add("(");
        if (!TryAdd(node.Left, wanted))
        {
            return false;
        }

        statement.Add(all ? " AND " : " OR ");
        if (!TryAdd(node.Right, wanted))
        {
            return false;
        }

        statement.Add(")");
        return true;
    }

    private bool TryCompare(BinaryOperatorNode node, bool wanted)
    {
        var (left, right, kind) = (Unwrapped(node.Left), Unwrapped(node.Right), node.OperatorKind);
        if (left is ConstantNode)
        {
            (left, right, kind) = (right, left, Mirrored(kind));
        }

        if (left is not SingleValuePropertyAccessNode access || Column(access) is not { } column || right is not ConstantNode constant)
        {
            return false;
        }

        if (constant.Value is null)
        {
            return kind switch
            {
                BinaryOperatorKind.Equal => Add(column.Name, wanted ? " IS NULL" : " IS NOT NULL"),
                BinaryOperatorKind.NotEqual => Add(column.Name, wanted ? " IS NOT NULL" : " IS NULL"),
                _ => false,
            };
        }

        if (Sign(kind) is not { } sign || Literal(constant.Value, column.Kind) is not { } value || (column.Kind == CellKind.Boolean && kind is not (BinaryOperatorKind.Equal or BinaryOperatorKind.NotEqual)))
        {
            return false;
        }

        // A comparison with a null column is false, except for its inequality: then its negation is the other way round.
        var negated = wanted ? sign : Opposite(sign);
        var orNull = column.IsNullable && (wanted ? kind == BinaryOperatorKind.NotEqual : kind != BinaryOperatorKind.NotEqual);
        statement.Add(orNull ? "(" : "").AddColumn(column.Name).Add(negated).AddValue(value);
        return !orNull || Add(" OR ", column.Name, " IS NULL)");
    }

    private bool TryList(InNode node, bool wanted)
    {
        if (Unwrapped(node.Left) is not SingleValuePropertyAccessNode access || Column(access) is not { } column
            || node.Right is not CollectionConstantNode { Collection.Count: > 0 and <= MaxList } list)
        {
            return false;
        }

        var values = list.Collection.Where(item => item.Value is not null).Select(item => Literal(item.Value, column.Kind)).ToArray();
        if (values.Contains(null))
        {
            return false;
        }

        var holdsNull = values.Length < list.Collection.Count;
        if (values.Length == 0)
        {
            return Add(column.Name, wanted ? " IS NULL" : " IS NOT NULL");
        }

        var array = Array.CreateInstance(values[0]!.GetType(), values.Length);
        values.CopyTo(array, 0);
        var orNull = column.IsNullable && holdsNull == wanted;
        statement.Add(orNull ? "(" : "").AddColumn(column.Name).Add(wanted ? " = ANY (" : " <> ALL (").AddValue(array).Add(")");
        return !orNull || Add(" OR ", column.Name, " IS NULL)");
    }

    private bool TryFunction(SingleValueFunctionCallNode call, bool wanted)
    {
        if (call.Parameters.Select(Unwrapped).ToArray() is not [SingleValuePropertyAccessNode access, ConstantNode { Value: string text }]
            || Column(access) is not { Kind: CellKind.Text } column)
        {
            return false;
        }

        // A function of null is null, and so is its negation: SQL agrees.
        statement.Add(wanted ? "" : "NOT ");
        switch (call.Name)
        {
            case "matchesPattern" when Pattern.TryTranslate(text) is { } pattern:
                statement.Add("(").AddColumn(column.Name).Add(" ~ ").AddValue(pattern).Add(")");
                return true;
            case "contains":
                statement.Add("(strpos(").AddColumn(column.Name).Add(", ").AddValue(text).Add(") > 0)");
                return true;
            case "startswith":
                statement.Add("starts_with(").AddColumn(column.Name).Add(", ").AddValue(text).Add(")");
                return true;
            case "endswith":
                statement.Add("(right(").AddColumn(column.Name).Add(", length(").AddValue(text).Add(")) = ").AddValue(text).Add(")");
                return true;
            default:
                return false;
        }
    }

    private bool Add(string column, string rest)
    {
        statement.AddColumn(column).Add(rest);
        return true;
    }

    private bool Add(string before, string column, string rest)
    {
        statement.Add(before).AddColumn(column).Add(rest);
        return true;
    }

    private AnswerColumn? Column(SingleValuePropertyAccessNode access) =>
        access.Source is ResourceRangeVariableReferenceNode && filterable.Contains(access.Property.Name)
            ? Array.Find(layout.Columns, column => column.Name == access.Property.Name)
            : null;

    /// <summary>A literal as the column has it; null where it is of another type, which the full lane judges.</summary>
    private static object? Literal(object value, CellKind kind) => (kind, value) switch
    {
        (CellKind.Text, string text) => text,
        (CellKind.Guid, Guid id) => id,
        (CellKind.Boolean, bool flag) => flag,
        (CellKind.Int32 or CellKind.Int64 or CellKind.Decimal, int or long or decimal or short or byte or sbyte) => Number(Convert.ToDecimal(value, CultureInfo.InvariantCulture), kind),
        (CellKind.Int32 or CellKind.Int64 or CellKind.Decimal, double or float)
            when Math.Abs(Convert.ToDouble(value, CultureInfo.InvariantCulture)) < 1e15 => Number(Convert.ToDecimal(value, CultureInfo.InvariantCulture), kind),
        // The parser's own date type is on its way out; its text is the ISO date either way.
        (CellKind.Date, _) when value is DateOnly || value.GetType().Name == "Date" =>
            value is DateOnly day ? day : DateOnly.ParseExact(value.ToString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        (CellKind.Instant, DateTimeOffset instant) => instant.ToUniversalTime(),
        _ => null,
    };

    private static object? Number(decimal number, CellKind kind) => kind switch
    {
        CellKind.Decimal => number,
        CellKind.Int32 when number == decimal.Truncate(number) && number is >= int.MinValue and <= int.MaxValue => (int)number,
        CellKind.Int64 when number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue => (long)number,
        _ => null,
    };

    private static string? Sign(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Equal => " = ",
        BinaryOperatorKind.NotEqual => " <> ",
        BinaryOperatorKind.GreaterThan => " > ",
        BinaryOperatorKind.GreaterThanOrEqual => " >= ",
        BinaryOperatorKind.LessThan => " < ",
        BinaryOperatorKind.LessThanOrEqual => " <= ",
        _ => null,
    };

    private static string Opposite(string sign) => sign switch
    {
        " = " => " <> ",
        " <> " => " = ",
        " > " => " <= ",
        " >= " => " < ",
        " < " => " >= ",
        _ => " > ",
    };

    private static BinaryOperatorKind Mirrored(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
        _ => kind,
    };

    private static QueryNode Unwrapped(QueryNode node)
    {
        while (node is ConvertNode convert)
        {
            node = convert.Source;
        }

        return node;
    }
}
