using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary>
/// Turns a parsed filter into an expression the database answers. An allow-list: comparisons of declared columns with
/// literals, <c>and or not in</c>, and text functions. What is not on it is refused with 501, never guessed.
/// Logic has three values: a function of null is null, and a null lets a row through neither as it is nor negated.
/// </summary>
internal sealed class FilterTranslator<TRow>(ISet<string> filterable)
{
    private const int MaxNodes = 60;
    private const int MaxList = 100;

    private static readonly MethodInfo StartsWith = typeof(string).GetMethod(nameof(string.StartsWith), [typeof(string)])!;
    private static readonly MethodInfo EndsWith = typeof(string).GetMethod(nameof(string.EndsWith), [typeof(string)])!;
    private static readonly MethodInfo Contains = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;
    private static readonly MethodInfo Compare = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;

    private readonly ParameterExpression _row = Expression.Parameter(typeof(TRow), "row");
    private int _nodes;

    public Expression<Func<TRow, bool>> Translate(FilterClause filter) =>
        Expression.Lambda<Func<TRow, bool>>(Condition(filter.Expression, wanted: true), _row);

    /// <summary>True on the rows for which the node is <paramref name="wanted"/>; false on those for which it is the other value or null.</summary>
    private Expression Condition(QueryNode node, bool wanted)
    {
        if (++_nodes > MaxNodes)
        {
            throw QueryRefusedException.TooMuch("$filter", $"{MaxNodes} nodes");
        }

        return node switch
        {
            ConvertNode convert => Condition(convert.Source, wanted),
            BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and => Joined(and, all: wanted, wanted),
            BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or => Joined(or, all: !wanted, wanted),
            BinaryOperatorNode binary => Is(Comparison(binary), wanted),
            UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not => Condition(not.Operand, !wanted),
            InNode list => Is(Membership(list), wanted),
            SingleValueFunctionCallNode call => Function(call, wanted),
            SingleValuePropertyAccessNode property when Column(property) is { } column && column.Type == typeof(bool) => Is(column, wanted),
            ConstantNode { Value: bool literal } => Expression.Constant(literal == wanted),
            _ => throw QueryRefusedException.Unsupported("$filter"),
        };
    }

    private BinaryExpression Joined(BinaryOperatorNode node, bool all, bool wanted)
    {
        var (left, right) = (Condition(node.Left, wanted), Condition(node.Right, wanted));
        return all ? Expression.AndAlso(left, right) : Expression.OrElse(left, right);
    }

    private static Expression Is(Expression condition, bool wanted) => wanted ? condition : Expression.Not(condition);

    private Expression Comparison(BinaryOperatorNode node)
    {
        var (left, right) = (Unwrapped(node.Left), Unwrapped(node.Right));
        if (left is ConstantNode && right is SingleValuePropertyAccessNode)
        {
            return Comparison(Mirrored(node.OperatorKind), right, left);
        }

        return Comparison(node.OperatorKind, left, right);
    }

    private Expression Comparison(BinaryOperatorKind kind, QueryNode left, QueryNode right)
    {
        if (left is not SingleValuePropertyAccessNode access)
        {
            throw QueryRefusedException.Unsupported("$filter");
        }

        var column = Column(access);
        if (right is not ConstantNode constant)
        {
            throw QueryRefusedException.Unsupported("$filter");
        }

        if (constant.Value is null)
        {
            if (kind is not (BinaryOperatorKind.Equal or BinaryOperatorKind.NotEqual))
            {
                // OData: an order comparison with null is false.
                return Expression.Constant(false);
            }

            var nullable = !column.Type.IsValueType || Nullable.GetUnderlyingType(column.Type) is not null;
            return !nullable
                ? Expression.Constant(kind == BinaryOperatorKind.NotEqual)
                : Apply(kind, column, Expression.Constant(null, column.Type));
        }

        var value = Literal(constant.Value, column.Type);
        if (kind is BinaryOperatorKind.Equal or BinaryOperatorKind.NotEqual)
        {
            return Apply(kind, column, value);
        }

        if ((Nullable.GetUnderlyingType(column.Type) ?? column.Type) == typeof(bool))
        {
            throw QueryRefusedException.Invalid("$filter");
        }

        var compared = column.Type == typeof(string)
            ? Apply(kind, Expression.Call(Compare, column, value), Expression.Constant(0))
            : Apply(kind, column, value);

        // OData: an order comparison of null is false, so its negation is true. SQL would say null to both.
        return column.Type.IsValueType && Nullable.GetUnderlyingType(column.Type) is null
            ? compared
            : Expression.AndAlso(Expression.NotEqual(column, Expression.Constant(null, column.Type)), compared);
    }

    private Expression Membership(InNode node)
    {
        if (Unwrapped(node.Left) is not SingleValuePropertyAccessNode access || node.Right is not CollectionConstantNode list)
        {
            throw QueryRefusedException.Unsupported("$filter");
        }

        if (list.Collection.Count > MaxList)
        {
            throw QueryRefusedException.TooMuch("$filter", $"{MaxList} values in one list");
        }

        if (list.Collection.Count == 0)
        {
            throw QueryRefusedException.Invalid("$filter");
        }

        var column = Column(access);
        return list.Collection
            .Select(item => item.Value is null ? throw QueryRefusedException.Unsupported("$filter") : Expression.Equal(column, Literal(item.Value, column.Type)))
            .Aggregate((Expression)Expression.Constant(false), Expression.OrElse);
    }

    private BinaryExpression Function(SingleValueFunctionCallNode call, bool wanted)
    {
        var method = call.Name switch
        {
            "startswith" => StartsWith,
            "endswith" => EndsWith,
            "contains" => Contains,
            _ => throw new QueryRefusedException(501, "function-not-supported", "$filter", "不支持该函数。", "This function is not supported."),
        };
        var arguments = call.Parameters.Select(Unwrapped).ToArray();
        if (arguments is not [SingleValuePropertyAccessNode access, ConstantNode { Value: string text }] || Column(access).Type != typeof(string))
        {
            throw QueryRefusedException.Unsupported("$filter");
        }

        var column = Column(access);
        return Expression.AndAlso(
            Expression.NotEqual(column, Expression.Constant(null, typeof(string))),
            Is(Expression.Call(column, method, Parameter(text, typeof(string))), wanted));
    }

    private MemberExpression Column(SingleValuePropertyAccessNode access)
    {
        if (access.Source is not ResourceRangeVariableReferenceNode || !filterable.Contains(access.Property.Name))
        {
            throw QueryRefusedException.Invalid("$filter");
        }

        return Expression.Property(_row, access.Property.Name);
    }

    private static Expression Literal(object value, Type column)
    {
        var type = Nullable.GetUnderlyingType(column) ?? column;
        object converted;
        try
        {
            converted = value switch
            {
                _ when value.GetType() == type => value,
                // The parser's own date type is on its way out; its text is the ISO date either way.
                _ when type == typeof(DateOnly) && value.GetType().Name == "Date" => DateOnly.ParseExact(value.ToString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                _ when type == typeof(DateTimeOffset) && value is DateTimeOffset instant => instant.ToUniversalTime(),
                _ when type == typeof(decimal) || type == typeof(int) || type == typeof(long) => Number(value, type),
                _ => throw QueryRefusedException.Invalid("$filter"),
            };
        }
        catch (Exception fault) when (fault is OverflowException or InvalidCastException or FormatException or ArgumentOutOfRangeException)
        {
            throw QueryRefusedException.Invalid("$filter");
        }

        if (converted is DateTimeOffset moment)
        {
            converted = moment.ToUniversalTime();
        }

        return Expression.Convert(Parameter(converted, type), column);
    }

    private static object Number(object value, Type type)
    {
        if (value is double or float)
        {
            var real = Convert.ToDouble(value, CultureInfo.InvariantCulture);
            if (!double.IsFinite(real))
            {
                throw QueryRefusedException.Invalid("$filter");
            }
        }

        var exact = Convert.ToDecimal(value, CultureInfo.InvariantCulture);
        return type == typeof(decimal) ? exact
            : exact == decimal.Truncate(exact) ? Convert.ChangeType(exact, type, CultureInfo.InvariantCulture)
            : throw QueryRefusedException.Invalid("$filter");
    }

    // A member of a captured object becomes a parameter of the statement: one plan, no text of the query in SQL.
    private static Expression Parameter(object value, Type type)
    {
        var box = Activator.CreateInstance(typeof(Box<>).MakeGenericType(typeof(TRow), type), value)!;
        return Expression.Property(Expression.Constant(box), "Value");
    }

    private static BinaryExpression Apply(BinaryOperatorKind kind, Expression left, Expression right) => kind switch
    {
        BinaryOperatorKind.Equal => Expression.Equal(left, right),
        BinaryOperatorKind.NotEqual => Expression.NotEqual(left, right),
        BinaryOperatorKind.GreaterThan => Expression.GreaterThan(left, right),
        BinaryOperatorKind.GreaterThanOrEqual => Expression.GreaterThanOrEqual(left, right),
        BinaryOperatorKind.LessThan => Expression.LessThan(left, right),
        BinaryOperatorKind.LessThanOrEqual => Expression.LessThanOrEqual(left, right),
        _ => throw QueryRefusedException.Unsupported("$filter"),
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

    private sealed record Box<T>(T Value);
}
