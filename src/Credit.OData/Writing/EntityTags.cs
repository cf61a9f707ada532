using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Credit.OData.Writing;

/// <summary>
/// Strong tags of answers, made from what the rows show in full, and so the same under every <c>$select</c>. A change that is not shown to
/// the caller does not show in them either (X12).
/// </summary>
internal static class EntityTags
{
    /// <summary>The rows of an answer are by themselves what its tag is made of.</summary>
    public static bool IsMadeOf(AnswerFormat format, RowLayout shown, RowLayout all) =>
        format is { Kind: FormatKind.Json, Metadata: not MetadataLevel.Full, Ieee754Compatible: false, OmitNulls: false } && shown.Shown == all.Shown;

    /// <summary>Tag of an answer that is the same for whoever gets the same bytes.</summary>
    public static string Of(ReadOnlySpan<byte> body) => Of(body, null, more: false, state: null, AnswerFormat.Json);

    /// <summary>Tag of a list, or of one row: of whichever lane, and of the ledger's pages, by this alone. Two of the same rows never tell who made them (X12).</summary>
    /// <param name="rows">All columns of its rows, as JSON of minimal metadata.</param>
    /// <param name="count">Number of all rows, when the answer tells it.</param>
    /// <param name="more">A next page is linked.</param>
    /// <param name="state">The state that the next page is of; null when it is of its own moment. An answer that is confirmed has a link that still leads on.</param>
    /// <param name="format">Form of the answer: two forms of the same rows are not the same bytes.</param>
    public static string Of(ReadOnlySpan<byte> rows, long? count, bool more, string? state, AnswerFormat format)
    {
        const int Hash = SHA256.HashSizeInBytes;
        Span<byte> hash = stackalloc byte[Hash];
        Span<byte> whole = stackalloc byte[Hash + Hash + 14];
        SHA256.HashData(rows, whole);
        SHA256.HashData(Encoding.UTF8.GetBytes(more ? state ?? "" : ""), whole[Hash..]);
        BinaryPrimitives.WriteInt64LittleEndian(whole[(Hash + Hash)..], count ?? -1);
        ReadOnlySpan<byte> form =
        [
            more ? (byte)1 : (byte)0, (byte)format.Kind, (byte)format.Metadata, format.Modern ? (byte)1 : (byte)0,
            format.Ieee754Compatible ? (byte)1 : (byte)0, format.OmitNulls ? (byte)1 : (byte)0,
        ];
        form.CopyTo(whole[^6..]);
        SHA256.HashData(whole, hash);
        return $"\"{WebEncoders.Base64UrlEncode(hash[..16])}\"";
    }
}
