using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary>Values: columns, literals, arithmetic and functions.</summary>
internal sealed partial class Translator
{
    private const int LargestPlace = 1_000_000;

    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly Type[] Widths = [typeof(int), typeof(long), typeof(decimal)];

    /// <summary>A value of a row.</summary>
    public Term Value(QueryNode node)
    {
        _weight.CountNode();
        var value = node switch
        {
            ConvertNode convert => Value(convert.Source),
            ConstantNode { Value: null } => Term.Null,
            ConstantNode literal => Literal(literal),
            SingleValueOpenPropertyAccessNode open => Named(open.Name),
            SingleValuePropertyAccessNode { Source: SingleNavigationNode way } access => AtEnd(way, access.Property.Name),
            SingleValuePropertyAccessNode access when shape is null => Named(access.Property.Name),
            SingleValuePropertyAccessNode access => Member(Column(access.Source, access.Property.Name)),
            NonResourceRangeVariableReferenceNode variable when _scopes.TryGetValue(variable.Name, out var scope) => Term.Of(scope.Row, nullable: false),
            BinaryOperatorNode arithmetic when !IsCondition(arithmetic) => Arithmetic(arithmetic),
            UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Negate } negated => Negated(Value(negated.Operand)),
            SingleValueFunctionCallNode call => Function(call),
            CountNode count => Counted(count),
            _ when IsCondition(node) => new(Condition(node), [Term.Not(Expression.OrElse(Condition(node), Condition(node, wanted: false)))]),
            _ => throw QueryRefusedException.Unsupported(option),
        };
        _weight.Check(value);
        return value;
    }

    private Term Named(string name) => named?.GetValueOrDefault(name) is { } value ? value(this) : throw QueryRefusedException.Invalid(option);

    internal static Term Member(MemberExpression member) => Term.Of(member, IsNullable((PropertyInfo)member.Member));

    internal static bool IsNullable(PropertyInfo column)
    {
        if (column.PropertyType.IsValueType)
        {
            return Nullable.GetUnderlyingType(column.PropertyType) is not null;
        }

        lock (Nullability)
        {
            return Nullability.Create(column).ReadState == NullabilityState.Nullable;
        }
    }

    /// <summary>A column at the end of a way to one row; null where it leads nowhere.</summary>
    private Term AtEnd(SingleNavigationNode way, string name)
    {
        var (rows, target) = Followed(way.Source, way.NavigationProperty);
        if (!target.Shape.Filterable.Contains(name))
        {
            throw QueryRefusedException.NotFor(option);
        }

        var each = Expression.Parameter(target.Row, "end");
        var column = Lifted(Expression.Property(each, name));
        var values = Expression.Call(typeof(Queryable), nameof(Queryable.Select), [target.Row, column.Type], rows, Expression.Quote(Expression.Lambda(column, each)));
        return Term.Of(Expression.Call(typeof(Queryable), nameof(Queryable.FirstOrDefault), [column.Type], values), nullable: true);
    }

    private Term Counted(CountNode count)
    {
        switch (count.Source)
        {
            case CollectionPropertyAccessNode when count is not { FilterClause: null, SearchClause: null }:
                throw QueryRefusedException.Unsupported(option);
            case CollectionPropertyAccessNode collection:
                var column = Column(collection.Source, collection.Property.Name);
                return new(Expression.Call(typeof(Enumerable), nameof(Enumerable.Count), [column.Type.GetElementType()!], column), []);
            case CollectionNavigationNode way:
                var (rows, target) = Followed(way.Source, way.NavigationProperty);
                var each = Expression.Parameter(target.Row, "counted");
                var (conditions, mayFail) = Watched(() => new[]
                {
                    count.FilterClause is { } filter ? Inside(each, target).Condition(filter.Expression) : null,
                    count.SearchClause is { } search ? Searching.In(target, each, search) : null,
                }.OfType<Expression>().ToArray());
                rows = mayFail ? Queries.Fenced(rows, target.Row) : rows;
                return conditions.Length == 0
                    ? new(Expression.Call(typeof(Queryable), nameof(Queryable.Count), [target.Row], rows), [])
                    : new(Expression.Call(typeof(Queryable), nameof(Queryable.Count), [target.Row], rows, Expression.Quote(Expression.Lambda(conditions.Aggregate(Expression.AndAlso), each))), []);
            default:
                throw QueryRefusedException.Unsupported(option);
        }
    }

    private Term Literal(ConstantNode node)
    {
        try
        {
            return node.Value switch
            {
                string text => IsStorable(text) ? Literal(text) : throw QueryRefusedException.Invalid(option),
                // Texts of numbers are read anew: a float of the parser would not be what was written.
                float or double => Literal(decimal.Parse(node.LiteralText.TrimEnd('f', 'F', 'd', 'D', 'm', 'M'), NumberStyles.Float, CultureInfo.InvariantCulture)),
                byte or sbyte or short => Literal(Convert.ToInt32(node.Value, CultureInfo.InvariantCulture)),
                DateTimeOffset instant => Literal(instant.ToUniversalTime()),
                // The parser's own types of days and times are on their way out; their texts are the ISO ones either way.
                var day when day.GetType().Name == "Date" => Literal(DateOnly.ParseExact(day.ToString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
                var time when time.GetType().Name == "TimeOfDay" => Literal(TimeOnly.Parse(time.ToString()!, CultureInfo.InvariantCulture)),
                ODataEnumValue => throw QueryRefusedException.Unsupported(option),
                int or long or decimal or bool or Guid or TimeSpan or DateOnly or TimeOnly => Literal(node.Value),
                _ => throw QueryRefusedException.Unsupported(option),
            };
        }
        catch (Exception fault) when (fault is OverflowException or FormatException or ArgumentOutOfRangeException)
        {
            throw QueryRefusedException.Invalid(option);
        }
    }

    private static Term Literal(object value) => new(Parameter(value, value.GetType()), []);

    private static bool IsStorable(string text) => !text.Contains('\0', StringComparison.Ordinal);

    private (Term Left, Term Right) Unified(Term left, Term right)
    {
        var type = Wider(left.Type, right.Type);
        return (Promoted(left, type), Promoted(right, type));
    }

    private Type Wider(Type left, Type right) =>
        left == right ? left
        : Array.IndexOf(Widths, left) is >= 0 and var l && Array.IndexOf(Widths, right) is >= 0 and var r ? Widths[Math.Max(l, r)]
        : throw QueryRefusedException.Invalid(option);

    private static Term Promoted(Term term, Type type) => term.Type == type ? term : term with { Bare = Expression.Convert(term.Bare, type) };

    private Term Arithmetic(BinaryOperatorNode node)
    {
        var (left, right) = (Value(node.Left), Value(node.Right));
        if (left.IsNullLiteral || right.IsNullLiteral)
        {
            return Term.Null;
        }

        if (node.OperatorKind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract && left.Type == typeof(DateTimeOffset))
        {
            around.Hazard.IsThere = true;
            var shifted = right.Type == typeof(TimeSpan) || (right.Type == left.Type && node.OperatorKind == BinaryOperatorKind.Subtract);
            return !shifted ? throw QueryRefusedException.Invalid(option)
                : Term.Strict(node.OperatorKind == BinaryOperatorKind.Add ? Expression.Add(left.Bare, right.Bare) : Expression.Subtract(left.Bare, right.Bare), left, right);
        }

        if (!Widths.Contains(left.Type) || !Widths.Contains(right.Type))
        {
            throw QueryRefusedException.Unsupported(option);
        }

        (left, right) = Unified(left, right);
        around.Hazard.IsThere |= CanOverflow(left.Type);
        if (node.OperatorKind is BinaryOperatorKind.Divide or BinaryOperatorKind.Modulo)
        {
            if (Unwrapped(node.Right) is ConstantNode { Value: { } literal } && Convert.ToDecimal(literal, CultureInfo.InvariantCulture) == 0)
            {
                throw new QueryRefusedException(400, "division-by-zero", option, "除数为零。", "Division by zero.");
            }

            // Divided by a zero of its row the value is null; the statement itself never divides by one.
            var zero = Expression.Equal(right.Bare, Expression.Default(right.Type));
            var divisor = Unwrapped(node.Right) is ConstantNode ? right.Bare : Expression.Condition(zero, Expression.Convert(Expression.Constant(1), right.Type), right.Bare);
            var divided = node.OperatorKind == BinaryOperatorKind.Divide ? Expression.Divide(left.Bare, divisor) : Expression.Modulo(left.Bare, divisor);
            var term = Term.Strict(divided, left, right);
            return divisor == right.Bare ? term : term with { Nulls = [.. term.Nulls, zero] };
        }

        return Term.Strict(node.OperatorKind switch
        {
            BinaryOperatorKind.Add => Expression.Add(left.Bare, right.Bare),
            BinaryOperatorKind.Subtract => Expression.Subtract(left.Bare, right.Bare),
            _ => Expression.Multiply(left.Bare, right.Bare),
        }, left, right);
    }

    private Term Negated(Term term)
    {
        around.Hazard.IsThere |= CanOverflow(term.Type);
        return term.IsNullLiteral ? term : Widths.Contains(term.Type) ? Term.Strict(Expression.Negate(term.Bare), term) : throw QueryRefusedException.Unsupported(option);
    }

    // No decimal of a query this long comes near the largest that the database works out.
    private static bool CanOverflow(Type type) => type != typeof(decimal);

    private Term Function(SingleValueFunctionCallNode call)
    {
        if (call.Name == Choice.Name)
        {
            return Chosen([.. call.Parameters]);
        }

        if (call.Name == Inner.Counted && Unwrapped(call.Parameters.Single()) is AnyNode any && Lambda(any) is var found)
        {
            return new(Expression.Call(typeof(Enumerable), nameof(Enumerable.Count), found.Method.GetGenericArguments(), [.. found.Arguments]), []);
        }

        if (call.Name == "matchesPattern" && call.Parameters.ToArray() is [var matched, var pattern])
        {
            return (Value(matched), Unwrapped(pattern)) switch
            {
                (var text, ConstantNode { Value: null }) when text.IsNullLiteral || text.Type == typeof(string) => Term.Null,
                (var text, ConstantNode { Value: string wanted }) when Pattern.Translated(option, wanted) is var spelt => text.IsNullLiteral ? text : Functions.Match(text, spelt),
                _ => throw new QueryRefusedException(501, "function-not-supported", option, "模式须为常量。", "Patterns that are no literals are not supported."),
            };
        }

        // The last argument of these names a type; the row itself, where it is the first, is not a value.
        var values = call.Name is "cast" or "isof" ? call.Parameters.SkipLast(1).Where(parameter => parameter is not ResourceRangeVariableReferenceNode) : call.Parameters;
        var arguments = values.Select(Value).ToArray();
        // Places of a text are worked out in integers.
        around.Hazard.IsThere |= call.Name == "substring" && !call.Parameters.Skip(1).All(place => Unwrapped(place) is ConstantNode { Value: int and > -LargestPlace and < LargestPlace });
        return call.Name switch
        {
            "cast" => Cast(arguments, call),
            "isof" => IsOf(arguments, call),
            _ when arguments.Any(argument => argument.IsNullLiteral) => Term.Null,
            _ => Functions.Call(option, call.Name, arguments, around.Now) ?? throw Functions.NotSupported(option, call.Name),
        };
    }

    /// <summary>The value of the first pair whose condition holds; null where none does.</summary>
    private Term Chosen(QueryNode[] pairs)
    {
        var chosen = pairs.Chunk(2).Select(pair => (If: Condition(pair[0]), Value: Value(pair[1]))).ToArray();
        if (chosen.Where(each => !each.Value.IsNullLiteral).Select(each => each.Value.Type).ToArray() is not { Length: > 0 } types)
        {
            return Term.Null;
        }

        var type = types.Aggregate(Wider);
        Expression none = type == typeof(string) ? Expression.Constant("") : Expression.Default(type);
        var (bare, isNull) = (none, (Expression)Expression.Constant(true));
        foreach (var (when, value) in chosen.Reverse())
        {
            bare = Expression.Condition(when, value.IsNullLiteral ? none : Promoted(value, type).Bare, bare);
            isNull = Expression.Condition(when, value.IsNull, isNull);
        }

        return new(bare, [isNull]);
    }

    private Term Cast(Term[] arguments, SingleValueFunctionCallNode call)
    {
        var wanted = TypeNamed(call);
        if (arguments is not [var value])
        {
            throw QueryRefusedException.Unsupported(option);
        }

        if (!value.IsNullLiteral && value.Type == typeof(string) && wanted != "Edm.String")
        {
            return (Unwrapped(call.Parameters.First()) is ConstantNode { Value: string text } ? TextCasts.Of(text, wanted) : TextCasts.Of(value, wanted)) ?? throw NoCast();
        }

        return value.IsNullLiteral ? value : (wanted, Array.IndexOf(Widths, value.Type)) switch
        {
            ("Edm.String", _) when value.Type == typeof(string) => value,
            ("Edm.String", 0 or 1) => Term.Strict(Expression.Call(value.Bare, value.Type.GetMethod(nameof(ToString), [])!), value),
            ("Edm.Int32", 0) or ("Edm.Int64", 1) or ("Edm.Decimal", 2) => value,
            ("Edm.Int64", 0) => Promoted(value, typeof(long)),
            ("Edm.Decimal", 0 or 1) => Promoted(value, typeof(decimal)),
            _ => throw NoCast(),
        };
    }

    private QueryRefusedException NoCast() => new(501, "function-not-supported", option, "不支持该类型转换。", "This cast is not supported.");

    private static string TypeNamed(SingleValueFunctionCallNode call) => call.Parameters.Last() switch
    {
        ConstantNode { Value: string name } => name,
        SingleResourceCastNode cast => cast.TypeReference.FullName(),
        _ => "",
    };

    private Term IsOf(Term[] arguments, SingleValueFunctionCallNode call)
    {
        var wanted = TypeNamed(call);
        if (arguments is not [var value])
        {
            return shape is not null && wanted == $"Credit.{shape.Row.Name}" ? new(Expression.Constant(true), []) : throw QueryRefusedException.Unsupported(option);
        }

        var is_ = !value.IsNullLiteral && Functions.EdmName(value.Type) == wanted;
        return new(is_ ? Term.Not(value.IsNull) : Expression.Constant(false), []);
    }
}
