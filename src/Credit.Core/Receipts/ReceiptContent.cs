using System.Buffers;
using System.Text;
using Credit.Core.Checks;

namespace Credit.Core.Receipts;

/// <summary>What a receipt says before it is signed; its members are those of <see cref="SignedReceipt"/>.</summary>
internal readonly ref struct ReceiptContent
{
    public required string Number { get; init; }

    public required string Code { get; init; }

    public required string Department { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    public required long Position { get; init; }

    public required long? KnownAt { get; init; }

    public required bool Exact { get; init; }

    public required DateOnly ValidAt { get; init; }

    public required int Subjects { get; init; }

    public required bool Found { get; init; }

    public required bool Restricted { get; init; }

    public required string PolicyPack { get; init; }

    public required ReadOnlySpan<byte> QueryHash { get; init; }

    public required ReadOnlySpan<byte> VerdictHash { get; init; }

    public required string Digest { get; init; }

    /// <summary>Root over the rows of a batch; empty otherwise.</summary>
    public required ReadOnlySpan<byte> Root { get; init; }

    public required string KeyId { get; init; }

    public required string Algorithm { get; init; }

    /// <summary>Writes it as canonical JSON.</summary>
    /// <returns>Where <c>group</c> and <c>signature</c> belong.</returns>
    public (int Group, int Signature) Write(ArrayBufferWriter<byte> bytes)
    {
        var text = new CanonicalText(bytes);
        text.Open();
        text.Text("algorithm"u8, Algorithm);
        text.Instant("asOf"u8, AsOf);
        text.Text("code"u8, Code);
        text.Text("department"u8, Department);
        text.Text("digest"u8, Digest);
        text.Flag("exact"u8, Exact);
        text.Flag("found"u8, Found);
        var group = bytes.WrittenCount;
        text.Text("keyId"u8, KeyId);
        text.Text("kind"u8, SignedReceipt.Name);
        if (KnownAt is { } known)
        {
            text.Number("knownAt"u8, known);
        }
        else
        {
            text.Text("knownAt"u8, null);
        }

        text.Text("number"u8, Number);
        text.Text("policyPack"u8, PolicyPack);
        text.Number("position"u8, Position);
        text.Hash("queryHash"u8, QueryHash);
        text.Flag("restricted"u8, Restricted);
        if (Root.IsEmpty)
        {
            text.Text("root"u8, null);
        }
        else
        {
            text.Hash("root"u8, Root);
        }

        var signature = bytes.WrittenCount;
        text.Number("subjects"u8, Subjects);
        text.Day("validAt"u8, ValidAt);
        text.Hash("verdictHash"u8, VerdictHash);
        text.Close();
        return (group, signature);
    }
}

/// <summary>An answer whose receipt lacks its proof: the signature, and under a signature for several the way to it.</summary>
/// <param name="text">The answer without both; canonical JSON.</param>
/// <param name="begins">Where the receipt begins.</param>
/// <param name="group">Before which comma <c>group</c> belongs.</param>
/// <param name="signature">Before which comma <c>signature</c> belongs.</param>
/// <param name="ends">Where the receipt ends.</param>
internal sealed class UnsignedAnswer(ReadOnlyMemory<byte> text, int begins, int group, int signature, int ends)
{
    private const int Proof = 256;

    /// <summary>What is signed.</summary>
    public ReadOnlySpan<byte> Signed => text.Span[begins..ends];

    /// <summary>The answer as it is sent and kept.</summary>
    /// <param name="proof">Place under the signature; null where it is over this receipt alone.</param>
    /// <param name="value">The signature.</param>
    public byte[] With(GroupProof? proof, string value)
    {
        var bytes = new ArrayBufferWriter<byte>(text.Length + Proof + ((proof?.Path.Count ?? 0) * Proof));
        bytes.Write(text.Span[..group]);
        if (proof is null)
        {
            bytes.Write(",\"group\":null"u8);
        }
        else
        {
            bytes.Write(","u8);
            var member = new CanonicalText(bytes);
            member.OpenObject("group"u8);
            member.Number("index"u8, proof.Index);
            member.OpenArray("path"u8);
            foreach (var hash in proof.Path)
            {
                member.Element(hash);
            }

            member.CloseArray();
            member.Number("size"u8, proof.Size);
            member.Close();
        }

        bytes.Write(text.Span[group..signature]);
        bytes.Write(",\"signature\":\""u8);
        Encoding.ASCII.GetBytes(value, bytes);
        bytes.Write("\""u8);
        bytes.Write(text.Span[signature..]);
        return bytes.WrittenSpan.ToArray();
    }
}
