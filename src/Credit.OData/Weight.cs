using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Credit.OData;

/// <summary>
/// Bounds how long an expression is and what it unfolds to. A part that is used twice is written twice into a statement, and so is what is used twice in it: a
/// few nodes of a query could become millions.
/// </summary>
/// <param name="option">The option it stands in, for refusals.</param>
internal sealed class Weight(string option) : ExpressionVisitor
{
    private const long Most = 20_000;
    private const int MostNodes = 100;

    private readonly Dictionary<Expression, long> _known = new(ReferenceEqualityComparer.Instance);
    private long _sum;
    private int _nodes;

    /// <summary>Counts a node of the query.</summary>
    /// <exception cref="QueryRefusedException">There are too many.</exception>
    public void CountNode()
    {
        if (++_nodes > MostNodes)
        {
            throw QueryRefusedException.TooMuch(option, $"{MostNodes} nodes");
        }
    }

    /// <exception cref="QueryRefusedException">It is too heavy.</exception>
    public void Check(Term value)
    {
        Check(value.Bare);
        foreach (var isNull in value.Nulls)
        {
            Check(isNull);
        }
    }

    /// <exception cref="QueryRefusedException">It is too heavy.</exception>
    public void Check(Expression expression)
    {
        _sum = 0;
        Visit(expression);
        if (_sum > Most)
        {
            throw QueryRefusedException.TooMuch(option, "what its functions unfold to");
        }
    }

    public override Expression? Visit(Expression? node)
    {
        if (node is null)
        {
            return null;
        }

        if (!_known.TryGetValue(node, out var weight))
        {
            var before = _sum;
            _sum = 1;
            RuntimeHelpers.EnsureSufficientExecutionStack();
            base.Visit(node);
            weight = Math.Min(_sum, Most + 1);
            _known[node] = weight;
            _sum = before;
        }

        _sum = Math.Min(_sum + weight, Most + 1);
        return node;
    }
}
