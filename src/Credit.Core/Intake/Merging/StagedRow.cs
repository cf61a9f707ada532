using System.Buffers.Binary;
using System.Text;
using Credit.Core.Intake.Records;
using Credit.Core.Store;

namespace Credit.Core.Intake.Merging;

/// <summary>A row on its way into the staging table.</summary>
/// <param name="Id">Identity of the record it becomes.</param>
/// <param name="Row">Row number.</param>
/// <param name="Record">The normalised record.</param>
/// <param name="Key">Keyed hash of the natural key.</param>
/// <param name="IsFirst">False when an earlier row of the file speaks of the same decision.</param>
/// <param name="Verdict">Verdict of the row alone.</param>
/// <param name="Issues">Findings of the row alone.</param>
/// <param name="Secrets">What is hashed and sealed of it.</param>
internal readonly record struct StagedRow<TRecord>(
    Guid Id, int Row, TRecord Record, NaturalKey Key, bool IsFirst, RowVerdict Verdict, IReadOnlyList<RowIssue> Issues, RowSecrets Secrets);

/// <summary>What is hashed, sealed and laid aside of a record.</summary>
/// <param name="SubjectLookup">Keyed hash of a natural person's number.</param>
/// <param name="SubjectSealed">That number, sealed.</param>
/// <param name="RepresentativeLookup">Keyed hash of the legal representative's number.</param>
/// <param name="RepresentativeSealed">That number, sealed.</param>
/// <param name="Particulars">Fields without a column, as JSON.</param>
internal readonly record struct RowSecrets(
    string? SubjectLookup, byte[]? SubjectSealed, string? RepresentativeLookup, byte[]? RepresentativeSealed, string? Particulars);

/// <summary>128 bits of a keyed hash over what makes rows speak of the same thing (I86). Says nothing without the key, so it may be stored and indexed.</summary>
internal readonly record struct NaturalKey(UInt128 Bits)
{
    /// <summary>The key of a decision: document number, organ and subject, never a name where a code exists.</summary>
    public static NaturalKey Of(in RecordKey key, PersonVault vault) => Of(vault, key.DocumentNumber, key.Organ, key.IdentifierType, key.Identifier);

    /// <summary>The key of any parts.</summary>
    public static NaturalKey Of(PersonVault vault, params ReadOnlySpan<string> parts)
    {
        Span<byte> text = stackalloc byte[1024];
        var length = 0;
        foreach (var part in parts)
        {
            if (length + Encoding.UTF8.GetMaxByteCount(part.Length) + 1 > text.Length)
            {
                return Of(vault, string.Join('\u001F', parts!));
            }

            length += Encoding.UTF8.GetBytes(part, text[length..]);
            text[length++] = 0x1F;
        }

        return new(BinaryPrimitives.ReadUInt128BigEndian(vault.HashContent(text[..length])));
    }

    /// <summary>The bits as PostgreSQL keeps them in a <c>uuid</c>.</summary>
    public Guid ToGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
        return new Guid(bytes, bigEndian: true);
    }

    public override string ToString() => Bits.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);

    private static NaturalKey Of(PersonVault vault, string joined) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(vault.HashContent(Encoding.UTF8.GetBytes(joined + '\u001F'))));
}
