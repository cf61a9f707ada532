using System.Linq.Expressions;

namespace Credit.OData;

/// <summary>A value of a row as an expression, apart from the question whether it is null: OData and SQL answer that differently.</summary>
/// <param name="Bare">The value, of a type without null; it has no meaning where one of <paramref name="Nulls"/> holds.</param>
/// <param name="Nulls">Conditions under which it is null.</param>
internal sealed record Term(Expression Bare, IReadOnlyList<Expression> Nulls)
{
    /// <summary>The literal null.</summary>
    public static readonly Term Null = new(Expression.Constant(0), [Expression.Constant(true)]);

    public Type Type => Bare.Type;

    public bool IsNullLiteral => ReferenceEquals(this, Null);

    /// <summary>A value that a member, which may be null, holds.</summary>
    public static Term Of(Expression member, bool nullable)
    {
        var plain = Nullable.GetUnderlyingType(member.Type);
        return new(
            plain is null ? member : Expression.Property(member, nameof(Nullable<>.Value)),
            plain is not null || nullable ? [Expression.Equal(member, Expression.Constant(null, member.Type))] : []);
    }

    /// <summary>What a function of these gives: null where one of them is.</summary>
    public static Term Strict(Expression bare, params Term[] arguments) => new(bare, [.. arguments.SelectMany(argument => argument.Nulls)]);

    /// <summary>Holds where the value is null.</summary>
    public Expression IsNull => Nulls.Count == 0 ? Expression.Constant(false) : Nulls.Aggregate(Expression.OrElse);

    /// <summary>The condition, where no value is null.</summary>
    public static Expression Where(Expression condition, params Term[] values)
    {
        Expression[] known = [.. values.SelectMany(value => value.Nulls).Select(Not)];
        return known.Length == 0 ? condition : Expression.AndAlso(known.Aggregate(Expression.AndAlso), condition);
    }

    /// <summary>The opposite of a condition that is never null itself.</summary>
    public static Expression Not(Expression condition) => condition switch
    {
        BinaryExpression { NodeType: ExpressionType.Equal, Method: null, Right: ConstantExpression { Value: null } } isNull => Expression.NotEqual(isNull.Left, isNull.Right),
        ConstantExpression { Value: bool known } => Expression.Constant(!known),
        _ => Expression.Not(condition),
    };

    /// <summary>The value with its null, of a type that has one.</summary>
    public Expression Whole
    {
        get
        {
            if (Nulls.Count == 0)
            {
                return Bare;
            }

            // A plain column is its own null.
            if (Bare is MemberExpression { Member.Name: "Value", Expression: { } lifted } && Nullable.GetUnderlyingType(lifted.Type) is not null && Nulls.Count == 1)
            {
                return lifted;
            }

            var type = Type.IsValueType ? typeof(Nullable<>).MakeGenericType(Type) : Type;
            return Bare is MemberExpression && Nulls.Count == 1 && !Type.IsValueType ? Bare
                : Expression.Condition(IsNull, Expression.Constant(null, type), Expression.Convert(Bare, type));
        }
    }
}
