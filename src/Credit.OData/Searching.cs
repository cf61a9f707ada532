using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary><c>$search</c>: a term is found where one of the declared columns holds it, letters of either case.</summary>
internal sealed class Searching(Expression row, IReadOnlyList<PropertyInfo> columns)
{
    private const int MostTerms = 10;
    private const int LongestTerm = 100;
    private const string Escape = "\\";

    private static readonly MethodInfo ILike = typeof(NpgsqlDbFunctionsExtensions).GetMethod(
        nameof(NpgsqlDbFunctionsExtensions.ILike), [typeof(DbFunctions), typeof(string), typeof(string), typeof(string)])!;

    private int _terms;

    /// <summary>The condition that a search makes of the rows of a set.</summary>
    /// <exception cref="QueryRefusedException">The set declares no columns for it.</exception>
    public static Expression In(QueryableSet set, Expression row, SearchClause search) => set.Shape.Searchable.Count == 0
        ? throw QueryRefusedException.Unsupported("$search")
        : new Searching(row, set.Shape.Searchable).Condition(search.Expression);

    /// <summary>Holds on the rows found. A column that is null holds nothing.</summary>
    public Expression Condition(QueryNode node) => node switch
    {
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and => Expression.AndAlso(Condition(and.Left), Condition(and.Right)),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or => Expression.OrElse(Condition(or.Left), Condition(or.Right)),
        UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not => Expression.Not(Condition(not.Operand)),
        SearchTermNode { Text.Length: > 0 and <= LongestTerm } term when ++_terms <= MostTerms => Found(QueryText.Unsheltered(term.Text)),
        SearchTermNode { Text.Length: > 0 } => throw QueryRefusedException.TooMuch("$search", $"{MostTerms} terms of {LongestTerm}"),
        _ => throw QueryRefusedException.Invalid("$search"),
    };

    private Expression Found(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw QueryRefusedException.Invalid("$search");
        }

        var pattern = Translator.Parameter(
            "%" + text.Replace(Escape, Escape + Escape, StringComparison.Ordinal).Replace("%", Escape + "%", StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal) + "%",
            typeof(string));
        return columns
            .Select(column => Translator.Member(Expression.Property(row, column)))
            .Select(value => Term.Where(Expression.Call(ILike, Expression.Constant(EF.Functions), value.Bare, pattern, Expression.Constant(Escape)), value))
            .Aggregate(Expression.OrElse);
    }
}
