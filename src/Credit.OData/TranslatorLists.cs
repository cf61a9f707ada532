using System.Linq.Expressions;
using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary>Whether a value is in a list.</summary>
internal sealed partial class Translator
{
    private Expression Membership(InNode node, bool wanted)
    {
        if (node.Right is not CollectionConstantNode list)
        {
            throw QueryRefusedException.Unsupported(option);
        }

        if (list.Collection.Count > MostInList)
        {
            throw QueryRefusedException.TooMuch(option, $"{MostInList} values in one list");
        }

        var left = Value(node.Left);
        if (list.Collection.Count == 0)
        {
            // Nothing is in a list of nothing, null neither.
            return Expression.Constant(!wanted);
        }

        var values = list.Collection.Where(item => item.Value is not null).Select(item => Literal(item)).ToArray();
        var holdsNull = values.Length < list.Collection.Count;
        var type = values.Append(left).Select(value => value.Type).Aggregate(Wider);
        left = Promoted(left, type);
        var array = Array.CreateInstance(type, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            array.SetValue(Expression.Lambda(Promoted(values[i], type).Bare).Compile(preferInterpretation: true).DynamicInvoke(), i);
        }

        Expression found = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [type], Parameter(array, type.MakeArrayType()), left.Bare);
        var condition = Term.Where(wanted ? found : Expression.Not(found), left);
        return left.Nulls.Count > 0 && holdsNull == wanted ? Expression.OrElse(left.IsNull, condition) : condition;
    }
}
