using System.Linq.Expressions;
using System.Reflection;
using Credit.Core.Store;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary>What an expression may lean on beside its row.</summary>
/// <param name="Sets">Sets that ways lead to.</param>
/// <param name="Surface">Surface of the query.</param>
/// <param name="Rows">Rows of a set, as the caller sees them.</param>
/// <param name="Now">The instant of the request.</param>
internal sealed record Surroundings(SetCatalog Sets, Credit.Abstractions.Surface Surface, Func<QueryableSet, IQueryable> Rows, DateTimeOffset Now)
{
    /// <summary>What was found out of the expressions translated.</summary>
    public Hazard Hazard { get; init; } = new();

    /// <summary>What is built of rows, which are fenced where an expression in it may fail on one of them.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="build">Builds; without a side effect, for it may be called twice.</param>
    public T Built<T>(IQueryable rows, Func<IQueryable, Surroundings, T> build)
    {
        var own = this with { Hazard = new() };
        var built = build(rows, own);
        return own.Hazard.IsThere ? build(rows.Fenced(), own) : built;
    }
}

/// <summary>Whether an expression may fail on some rows, by a value too large for example.</summary>
internal sealed class Hazard
{
    public bool IsThere { get; set; }
}

/// <summary>
/// Turns parsed expressions into expressions the database answers. An allow-list: what is not on it is refused with 501, never
/// guessed. Logic has three values: a function of null is null, and a null lets a row through neither as it is nor negated.
/// </summary>
/// <param name="option">The option translated, for refusals.</param>
/// <param name="around">What it may lean on.</param>
/// <param name="row">The row.</param>
/// <param name="shape">What the set of the row declares; null for rows of no set, which have named values only.</param>
/// <param name="named">Values by name: computed columns, and those of groups.</param>
internal sealed partial class Translator(
    string option, Surroundings around, Expression row, SetShape? shape, IReadOnlyDictionary<string, Func<Translator, Term>>? named = null)
{
    private const int MostInList = 100;

    private readonly Dictionary<string, (Expression Row, SetShape? Shape)> _scopes = new(StringComparer.Ordinal);

    // One for the whole expression: what is said of other rows inside it counts with the rest.
    private Weight _weight = new(option);

    /// <summary>True on the rows for which the node is <paramref name="wanted"/>; false on those for which it is the other value or null.</summary>
    public Expression Condition(QueryNode node, bool wanted = true)
    {
        _weight.CountNode();
        var condition = node switch
        {
            ConvertNode convert => Condition(convert.Source, wanted),
            BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and => Joined(and, all: wanted, wanted),
            BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or => Joined(or, all: !wanted, wanted),
            BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Has } => throw QueryRefusedException.Unsupported(option),
            BinaryOperatorNode binary => Comparison(binary, wanted),
            UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not => Condition(not.Operand, !wanted),
            InNode list => Membership(list, wanted),
            LambdaNode lambda => wanted ? Lambda(lambda) : Term.Not(Lambda(lambda)),
            ConstantNode { Value: bool literal } => Expression.Constant(literal == wanted),
            ConstantNode { Value: null } => Expression.Constant(false),
            _ => Truth(Value(node), wanted),
        };
        _weight.Check(condition);
        return condition;
    }

    /// <summary>Translates what is said of a row of another set inside this expression; variables keep their meaning.</summary>
    private Translator Inside(Expression each, QueryableSet set)
    {
        var inside = new Translator(option, around, each, set.Shape) { _weight = _weight };
        foreach (var (name, scope) in _scopes)
        {
            inside._scopes[name] = scope;
        }

        return inside;
    }

    private Expression Truth(Term value, bool wanted) =>
        value.IsNullLiteral ? Expression.Constant(false)
        : value.Type == typeof(bool) ? Term.Where(wanted ? value.Bare : Term.Not(value.Bare), value)
        : throw QueryRefusedException.Invalid(option);

    private BinaryExpression Joined(BinaryOperatorNode node, bool all, bool wanted)
    {
        var (left, right) = (Condition(node.Left, wanted), Condition(node.Right, wanted));
        return all ? Expression.AndAlso(left, right) : Expression.OrElse(left, right);
    }

    private Expression Comparison(BinaryOperatorNode node, bool wanted)
    {
        var (left, right) = (Unwrapped(node.Left), Unwrapped(node.Right));
        if (IsCondition(left) || IsCondition(right))
        {
            return SameTruth(node.OperatorKind, left, right, wanted);
        }

        if (Resolver.Unbounded(left) is not null || Resolver.Unbounded(right) is not null)
        {
            var truth = Unbounded(node.OperatorKind, left, right);
            return wanted ? truth : Term.Not(truth);
        }

        if (left is SingleNavigationNode || right is SingleNavigationNode)
        {
            return LeadsNowhere(node.OperatorKind, left, right, wanted);
        }

        return Compared(node.OperatorKind, Value(left), Value(right), wanted);
    }

    /// <summary>Every number is to INF, -INF and NaN what 0 is; null is none of them, and in no order with them.</summary>
    private Expression Unbounded(BinaryOperatorKind kind, QueryNode left, QueryNode right)
    {
        var value = Resolver.Unbounded(left) is null ? Value(left) : Resolver.Unbounded(right) is null ? Value(right) : Literal(0);
        if (!value.IsNullLiteral && !Widths.Contains(value.Type))
        {
            throw QueryRefusedException.Invalid(option);
        }

        var (l, r) = (Resolver.Unbounded(left) ?? 0, Resolver.Unbounded(right) ?? 0);
        var holds = kind switch
        {
            BinaryOperatorKind.Equal => l == r,
            BinaryOperatorKind.NotEqual => l != r,
            BinaryOperatorKind.GreaterThan => l > r,
            BinaryOperatorKind.GreaterThanOrEqual => l >= r,
            BinaryOperatorKind.LessThan => l < r,
            BinaryOperatorKind.LessThanOrEqual => l <= r,
            _ => throw QueryRefusedException.Invalid(option),
        };
        return !holds || kind == BinaryOperatorKind.NotEqual ? Expression.Constant(holds) : value.IsNullLiteral ? Expression.Constant(false) : Term.Where(Expression.Constant(true), value);
    }

    private Expression Compared(BinaryOperatorKind kind, Term left, Term right, bool wanted)
    {
        if (kind is BinaryOperatorKind.Equal or BinaryOperatorKind.NotEqual)
        {
            return wanted == (kind == BinaryOperatorKind.Equal) ? Equal(left, right) : Different(left, right);
        }

        if (left.IsNullLiteral || right.IsNullLiteral)
        {
            // An order comparison with null is false.
            return Expression.Constant(!wanted);
        }

        (left, right) = Unified(left, right);
        if (left.Type == typeof(bool))
        {
            throw QueryRefusedException.Invalid(option);
        }

        var ordered = left.Type == typeof(string)
            ? Apply(kind, Expression.Call(CompareTexts, left.Bare, right.Bare), Expression.Constant(0))
            : Apply(kind, left.Bare, right.Bare);
        var known = Term.Where(ordered, left, right);
        return wanted ? known : Term.Not(known);
    }

    private Expression Equal(Term left, Term right)
    {
        if (left.IsNullLiteral || right.IsNullLiteral)
        {
            return left.IsNullLiteral ? right.IsNull : left.IsNull;
        }

        (left, right) = Unified(left, right);
        var same = Term.Where(Expression.Equal(left.Bare, right.Bare), left, right);
        return left.Nulls.Count == 0 || right.Nulls.Count == 0 ? same : Expression.OrElse(same, Expression.AndAlso(left.IsNull, right.IsNull));
    }

    private Expression Different(Term left, Term right)
    {
        if (left.IsNullLiteral || right.IsNullLiteral)
        {
            return Term.Not(left.IsNullLiteral ? right.IsNull : left.IsNull);
        }

        (left, right) = Unified(left, right);
        var other = Term.Where(Expression.NotEqual(left.Bare, right.Bare), left, right);
        return (left.Nulls.Count, right.Nulls.Count) switch
        {
            (0, 0) => other,
            (_, 0) => Expression.OrElse(left.IsNull, other),
            (0, _) => Expression.OrElse(right.IsNull, other),
            _ => Expression.OrElse(other, Expression.NotEqual(left.IsNull, right.IsNull)),
        };
    }

    /// <summary>Conditions compared with each other or with a literal: equal where both are true, both false or both null.</summary>
    private Expression SameTruth(BinaryOperatorKind kind, QueryNode left, QueryNode right, bool wanted)
    {
        if (kind is not (BinaryOperatorKind.Equal or BinaryOperatorKind.NotEqual))
        {
            throw QueryRefusedException.Invalid(option);
        }

        Expression Truth(QueryNode node, bool value) => node is ConstantNode { Value: null } ? Expression.Constant(false) : Condition(node, value);
        var bothTrue = Expression.AndAlso(Truth(left, true), Truth(right, true));
        var bothFalse = Expression.AndAlso(Truth(left, false), Truth(right, false));
        var bothNull = Expression.AndAlso(
            Term.Not(Expression.OrElse(Truth(left, true), Truth(left, false))), Term.Not(Expression.OrElse(Truth(right, true), Truth(right, false))));
        var same = Expression.OrElse(Expression.OrElse(bothTrue, bothFalse), bothNull);
        return wanted == (kind == BinaryOperatorKind.Equal) ? same : Term.Not(same);
    }

    private Expression LeadsNowhere(BinaryOperatorKind kind, QueryNode left, QueryNode right, bool wanted)
    {
        var way = left as SingleNavigationNode ?? (SingleNavigationNode)right;
        if ((left is SingleNavigationNode ? right : left) is not ConstantNode { Value: null } || kind is not (BinaryOperatorKind.Equal or BinaryOperatorKind.NotEqual))
        {
            throw QueryRefusedException.Unsupported(option);
        }

        var (rows, target) = Followed(way.Source, way.NavigationProperty);
        var somewhere = Expression.Call(typeof(Queryable), nameof(Queryable.Any), [target.Row], rows);
        return wanted == (kind == BinaryOperatorKind.NotEqual) ? somewhere : Expression.Not(somewhere);
    }

    private MethodCallExpression Lambda(LambdaNode node)
    {
        var all = node is AllNode;
        var variable = node.CurrentRangeVariable;
        Expression source;
        SetShape? target = null;
        var method = typeof(Enumerable);
        switch (node.Source)
        {
            case CollectionPropertyAccessNode collection:
                source = Column(collection.Source, collection.Property.Name);
                break;
            case CollectionNavigationNode way:
                (source, var set) = Followed(way.Source, way.NavigationProperty);
                (target, method) = (set.Shape, typeof(Queryable));
                break;
            default:
                throw QueryRefusedException.Unsupported(option);
        }

        var element = target?.Row ?? source.Type.GetElementType() ?? throw QueryRefusedException.Unsupported(option);
        if (all && variable is null)
        {
            throw QueryRefusedException.Invalid(option);
        }

        if (variable is null || node.Body is ConstantNode { Value: true } && !all)
        {
            return Expression.Call(method, nameof(Enumerable.Any), [element], source);
        }

        var each = Expression.Parameter(element, variable.Name.TrimStart('$'));
        _scopes[variable.Name] = (each, target);
        var (condition, mayFail) = Watched(() => Condition(node.Body));
        var body = Expression.Lambda(condition, each);
        _scopes.Remove(variable.Name);
        source = mayFail && method == typeof(Queryable) ? Queries.Fenced(source, element) : source;
        return Expression.Call(method, all ? nameof(Enumerable.All) : nameof(Enumerable.Any), [element], source, method == typeof(Queryable) ? Expression.Quote(body) : body);
    }

    /// <summary>What is translated, and whether it may fail on some rows: then those it is asked of are fenced. What stands around it may, too.</summary>
    private (T Translated, bool MayFail) Watched<T>(Func<T> translate)
    {
        var before = around.Hazard.IsThere;
        around.Hazard.IsThere = false;
        var translated = translate();
        var mayFail = around.Hazard.IsThere;
        around.Hazard.IsThere |= before;
        return (translated, mayFail);
    }

    /// <summary>The rows that a way leads to.</summary>
    private (Expression Rows, QueryableSet Target) Followed(QueryNode source, IEdmNavigationProperty way)
    {
        var (from, of) = Scope(source);
        var step = of?.Ways.Find(each => each.Name == way.Name) ?? throw QueryRefusedException.Invalid(option);
        var target = around.Sets.Find(around.Surface, step.Target)!;
        var each = Expression.Parameter(step.Target, "each");
        var (left, right) = (Expression.Property(each, step.To), (Expression)Expression.Property(from, step.From));
        var meet = left.Type == right.Type ? Expression.Equal(left, right)
            : Expression.Equal(Lifted(left), Lifted(right));
        return (Expression.Call(typeof(Queryable), nameof(Queryable.Where), [step.Target], around.Rows(target).Expression, Expression.Quote(Expression.Lambda(meet, each))), target);
    }

    private static Expression Lifted(Expression value) =>
        value.Type.IsValueType && Nullable.GetUnderlyingType(value.Type) is null ? Expression.Convert(value, typeof(Nullable<>).MakeGenericType(value.Type)) : value;

    private (Expression Row, SetShape? Shape) Scope(QueryNode source) => source switch
    {
        ResourceRangeVariableReferenceNode variable when _scopes.TryGetValue(variable.Name, out var scope) => scope,
        ResourceRangeVariableReferenceNode { Name: "$it" } => (row, shape),
        _ => throw QueryRefusedException.Unsupported(option),
    };

    /// <summary>A column that may be asked for. What the model does not have does not come this far.</summary>
    private MemberExpression Column(QueryNode source, string name)
    {
        var (of, declared) = Scope(source);
        return declared?.Filterable.Contains(name) == true || declared?.Sortable.Contains(name) == true && option == "$orderby"
            ? Expression.Property(of, name)
            : throw QueryRefusedException.NotFor(option);
    }

    private bool IsCondition(QueryNode node) => node switch
    {
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide or BinaryOperatorKind.Modulo } => false,
        BinaryOperatorNode or InNode or LambdaNode or UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } => true,
        SingleValueFunctionCallNode call => call.TypeReference?.IsBoolean() == true,
        _ => false,
    };

    private static QueryNode Unwrapped(QueryNode node)
    {
        while (node is ConvertNode convert)
        {
            node = convert.Source;
        }

        return node;
    }

    private BinaryExpression Apply(BinaryOperatorKind kind, Expression left, Expression right) => kind switch
    {
        BinaryOperatorKind.GreaterThan => Expression.GreaterThan(left, right),
        BinaryOperatorKind.GreaterThanOrEqual => Expression.GreaterThanOrEqual(left, right),
        BinaryOperatorKind.LessThan => Expression.LessThan(left, right),
        BinaryOperatorKind.LessThanOrEqual => Expression.LessThanOrEqual(left, right),
        _ => throw QueryRefusedException.Unsupported(option),
    };

    // A member of a captured object becomes a parameter of the statement: one plan, no text of the query in SQL.
    internal static Expression Parameter(object value, Type type) =>
        Expression.Property(Expression.Constant(Activator.CreateInstance(typeof(QueryLiteral<>).MakeGenericType(type), value)!), "Value");

    private static readonly MethodInfo CompareTexts = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;
}
