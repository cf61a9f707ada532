using System.Text.RegularExpressions;
using System.Xml;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary>Names in any case, and durations without their prefix: a text beside a duration, or added to an instant, is one.</summary>
/// <param name="option">The option that is read, for refusals.</param>
internal sealed partial class SpeltResolver(string option) : ODataUriResolver
{
    public static SpeltResolver For(string option) => new(option) { EnableCaseInsensitive = true };

    public override void PromoteBinaryOperandTypes(BinaryOperatorKind kind, ref SingleValueNode left, ref SingleValueNode right, out IEdmTypeReference typeReference)
    {
        var shifts = kind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract && (IsA(left, EdmPrimitiveTypeKind.DateTimeOffset) || IsA(left, EdmPrimitiveTypeKind.Date));
        if (IsA(left, EdmPrimitiveTypeKind.Duration) || shifts)
        {
            right = Duration(right);
        }

        if (IsA(right, EdmPrimitiveTypeKind.Duration))
        {
            left = Duration(left);
        }

        if (kind is BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide && (IsA(left, EdmPrimitiveTypeKind.Duration) || IsA(right, EdmPrimitiveTypeKind.Duration)))
        {
            throw QueryRefusedException.Unsupported(option);
        }

        base.PromoteBinaryOperandTypes(kind, ref left, ref right, out typeReference);
    }

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
