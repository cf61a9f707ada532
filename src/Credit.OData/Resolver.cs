using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary>
/// What the parser asks of the model, where it is stricter than the standard: names are found in either case, null stands in lists beside columns that
/// are never null, what is beyond every number is compared with decimals, too, and a text beside a duration, or added to an instant, is a duration.
/// </summary>
internal sealed partial class Resolver : ODataUriResolver
{
    // Of a property the parser keeps the name alone; whether a column can be null is read from its row.
    private static readonly ConditionalWeakTable<IEdmProperty, IEdmProperty> WithNull = [];

    private readonly string _option;

    /// <summary>For one option, which refusals name.</summary>
    public Resolver(string option) => (_option, EnableCaseInsensitive) = (option, true);

    public override IEdmProperty ResolveProperty(IEdmStructuredType type, string propertyName) =>
        base.ResolveProperty(type, propertyName) is IEdmStructuralProperty property ? WithNull.GetValue(property, Nullable) : base.ResolveProperty(type, propertyName);

    public override void PromoteBinaryOperandTypes(BinaryOperatorKind binaryOperatorKind, ref SingleValueNode leftNode, ref SingleValueNode rightNode, out IEdmTypeReference typeReference)
    {
        if (IsComparison(binaryOperatorKind) && (Unbounded(leftNode) is not null && IsNumber(rightNode) || Unbounded(rightNode) is not null && IsNumber(leftNode)))
        {
            typeReference = EdmCoreModel.Instance.GetBoolean(true);
            return;
        }

        var shifts = binaryOperatorKind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract && (IsA(leftNode, EdmPrimitiveTypeKind.DateTimeOffset) || IsA(leftNode, EdmPrimitiveTypeKind.Date));
        if (IsA(leftNode, EdmPrimitiveTypeKind.Duration) || shifts)
        {
            rightNode = Duration(rightNode);
        }

        if (IsA(rightNode, EdmPrimitiveTypeKind.Duration))
        {
            leftNode = Duration(leftNode);
        }

        if (binaryOperatorKind is BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide && (IsA(leftNode, EdmPrimitiveTypeKind.Duration) || IsA(rightNode, EdmPrimitiveTypeKind.Duration)))
        {
            throw QueryRefusedException.Unsupported(_option);
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

    /// <summary>The duration a text spells; null where it spells none.</summary>
    public static TimeSpan? DurationOf(string text)
    {
        try
        {
            return Spelling().IsMatch(text) && text[^1] is not ('P' or 'T') ? XmlConvert.ToTimeSpan(text.TrimStart('+')) : null;
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static bool IsA(SingleValueNode node, EdmPrimitiveTypeKind kind) => node.TypeReference?.PrimitiveKind() == kind;

    private static SingleValueNode Duration(SingleValueNode node) =>
        node is ConstantNode { Value: string text } && DurationOf(text) is { } length ? new ConstantNode(length, $"duration'{text}'", EdmCoreModel.Instance.GetDuration(false)) : node;

    [GeneratedRegex(@"\A[+-]?P([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?\z")]
    private static partial Regex Spelling();
}
