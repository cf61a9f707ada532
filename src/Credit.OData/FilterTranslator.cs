using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary>
/// Turns a parsed filter into an expression the database answers. An allow-list: comparisons of declared columns with
/// literals, <c>and or not in</c>, and text functions. What is not on it is refused with 501, never guessed.
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

    public Expression<Func<TRow, bool>> Translate(FilterClause filter) => Expression.Lambda<Func<TRow, bool>>(Condition(filter.Expression), _row);

    private Expression Condition(QueryNode node)
    {
        if (++_nodes > MaxNodes)
        {
            throw QueryRefusedException.TooMuch("$filter", $"{MaxNodes} nodes");
        }

        return node switch
        {
            ConvertNode convert => Condition(convert.Source),
            BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and => Expression.AndAlso(Condition(and.Left), Condition(and.Right)),
            BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or => Expression.OrElse(Condition(or.Left), Condition(or.Right)),
            BinaryOperatorNode binary => Comparison(binary),
            UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not => Expression.Not(Condition(not.Operand)),
            InNode list => Membership(list),
            SingleValueFunctionCallNode call => Function(call),
            SingleValuePropertyAccessNode property when Nullable.GetUnderlyingType(Column(property).Type) is null && Column(property).Type == typeof(bool) => Column(property),
            ConstantNode { Value: bool literal } => Expression.Constant(literal),
            _ => throw QueryRefusedException.Unsupported("$filter"),
        };
    }

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
        if (column.Type == typeof(string) && kind is not (BinaryOperatorKind.Equal or BinaryOperatorKind.NotEqual))
        {
            return Apply(kind, Expression.Call(Compare, column, value), Expression.Constant(0));
        }

        if (column.Type == typeof(bool) && kind is not (BinaryOperatorKind.Equal or BinaryOperatorKind.NotEqual))
        {
            throw QueryRefusedException.Invalid("$filter");
        }

        return Apply(kind, column, value);
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

        var column = Column(access);
        return list.Collection
            .Select(item => item.Value is null ? throw QueryRefusedException.Unsupported("$filter") : Expression.Equal(column, Literal(item.Value, column.Type)))
            .Aggregate((Expression)Expression.Constant(false), Expression.OrElse);
    }

    private Expression Function(SingleValueFunctionCallNode call)
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

        // A null text has no beginning, end or part: the answer is false, and "not" of it is true.
        var column = Column(access);
        return Expression.AndAlso(
            Expression.NotEqual(column, Expression.Constant(null, typeof(string))),
            Expression.Call(column, method, Parameter(text, typeof(string))));
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
