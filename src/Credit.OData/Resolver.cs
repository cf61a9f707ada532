using System.Runtime.CompilerServices;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary>
/// What the parser asks of the model, where it is stricter than the standard: names are found in either case, null stands in lists beside columns that
/// are never null, and what is beyond every number is compared with decimals, too.
/// </summary>
internal sealed class Resolver : ODataUriResolver
{
    // Of a property the parser keeps the name alone; whether a column can be null is read from its row.
    private static readonly ConditionalWeakTable<IEdmProperty, IEdmProperty> WithNull = [];

    public Resolver() => EnableCaseInsensitive = true;

    public override IEdmProperty ResolveProperty(IEdmStructuredType type, string propertyName) =>
        base.ResolveProperty(type, propertyName) is IEdmStructuralProperty property ? WithNull.GetValue(property, Nullable) : base.ResolveProperty(type, propertyName);

    public override void PromoteBinaryOperandTypes(BinaryOperatorKind binaryOperatorKind, ref SingleValueNode leftNode, ref SingleValueNode rightNode, out IEdmTypeReference typeReference)
    {
        if (IsComparison(binaryOperatorKind) && (Unbounded(leftNode) is not null && IsNumber(rightNode) || Unbounded(rightNode) is not null && IsNumber(leftNode)))
        {
            typeReference = EdmCoreModel.Instance.GetBoolean(true);
            return;
        }

        base.PromoteBinaryOperandTypes(binaryOperatorKind, ref leftNode, ref rightNode, out typeReference);
    }

    /// <summary>The value of <c>INF</c>, <c>-INF</c> and <c>NaN</c>; null of anything else.</summary>
    public static double? Unbounded(QueryNode node) => node is not ConstantNode { Value: float or double } constant ? null
        : Convert.ToDouble(constant.Value, System.Globalization.CultureInfo.InvariantCulture) is var value && !double.IsFinite(value) && IsWritten(constant.LiteralText) ? value
        : null;

    // A number that is merely too large for a double is none of these.
    private static bool IsWritten(string text) => text.EndsWith("INF", StringComparison.Ordinal) || text == "NaN";

    private static bool IsNumber(SingleValueNode node) => node.TypeReference is null || node.TypeReference.IsIntegral() || node.TypeReference.IsDecimal() || node.TypeReference.IsFloating();

    private static bool IsComparison(BinaryOperatorKind kind) => kind is BinaryOperatorKind.Equal or BinaryOperatorKind.NotEqual or BinaryOperatorKind.GreaterThan
        or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual;

    private static IEdmProperty Nullable(IEdmProperty property) => property.Type switch
    {
        IEdmCollectionTypeReference collection when collection.ElementType() is IEdmPrimitiveTypeReference { IsNullable: false } of =>
            new EdmStructuralProperty(property.DeclaringType, property.Name, new EdmCollectionTypeReference(new EdmCollectionType(EdmCoreModel.Instance.GetPrimitive(of.PrimitiveKind(), true)))),
        IEdmPrimitiveTypeReference { IsNullable: false } single =>
            new EdmStructuralProperty(property.DeclaringType, property.Name, EdmCoreModel.Instance.GetPrimitive(single.PrimitiveKind(), true)),
        _ => property,
    };
}
