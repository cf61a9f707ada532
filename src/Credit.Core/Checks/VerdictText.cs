using System.Buffers;
using Credit.Core.Receipts;
using Credit.Domain.Checks;

namespace Credit.Core.Checks;

/// <summary>
/// The answer to a check as canonical JSON (RFC 8785), written once: what is hashed, what is signed and what is sent are parts of the same
/// bytes. Members stand in the order of their names.
/// </summary>
internal static class VerdictText
{
    // Most answers are about one subject with nothing or one entry found.
    private const int Usual = 2048;

    /// <summary>Writes what is the same whenever the same question is asked about the same state; that is what <c>verdictHash</c> is over.</summary>
    /// <param name="department">Department that asked.</param>
    /// <param name="purpose">Purpose stated.</param>
    /// <param name="matter">The matter at hand.</param>
    /// <param name="validAt">Day it is about.</param>
    /// <param name="restricted">A hit restricts somebody.</param>
    /// <param name="subjects">What was found; null for a batch, which has rows instead.</param>
    public static HashedText Write(
        string department, QueryPurpose purpose, CheckedMatter matter, DateOnly validAt, bool restricted, IReadOnlyList<SubjectVerdict>? subjects)
    {
        var bytes = new ArrayBufferWriter<byte>(Usual);
        var text = new CanonicalText(bytes);
        text.Open();
        text.Text("department"u8, department);
        text.OpenObject("matter"u8);
        text.Text("kind"u8, matter.Kind.ToString());
        text.Text("measure"u8, matter.Measure);
        text.Text("procedure"u8, matter.Procedure);
        text.Text("reference"u8, matter.Reference);
        text.Close();
        var matterEnds = bytes.WrittenCount;
        text.Text("purpose"u8, purpose.ToString());
        var purposeEnds = bytes.WrittenCount;
        text.Flag("restricted"u8, restricted);
        if (subjects is not null)
        {
            text.OpenArray("subjects"u8);
            foreach (var subject in subjects)
            {
                SubjectText.Write(ref text, subject, whole: true);
            }

            text.CloseArray();
        }

        var dayBegins = bytes.WrittenCount;
        text.Day("validAt"u8, validAt);
        text.Close();
        return new(bytes.WrittenMemory, matterEnds, purposeEnds, dayBegins);
    }

    /// <summary>The whole answer, all but the proof in its receipt.</summary>
    /// <param name="verdict">The answer.</param>
    /// <param name="hashed">Its text from <see cref="Write(string, QueryPurpose, CheckedMatter, DateOnly, bool, IReadOnlyList{SubjectVerdict})"/>.</param>
    /// <param name="receipt">What is signed.</param>
    public static UnsignedAnswer Answer(CheckVerdict verdict, HashedText hashed, in ReceiptContent receipt)
    {
        var bytes = new ArrayBufferWriter<byte>(hashed.Whole.Length + Usual);
        var text = new CanonicalText(bytes);
        text.Open();
        text.Instant("asOf"u8, verdict.AsOf);
        bytes.Write(","u8);
        bytes.Write(hashed.DepartmentAndMatter);
        text.Text("number"u8, verdict.Number);
        text.Number("position"u8, verdict.Position);
        bytes.Write(hashed.Purpose);
        bytes.Write(",\"receipt\":"u8);
        var begins = bytes.WrittenCount;
        var (group, signature) = receipt.Write(bytes);
        var ends = bytes.WrittenCount;
        bytes.Write(hashed.AfterPurpose);
        return new(bytes.WrittenMemory, begins, group, signature, ends);
    }
}

/// <summary>The hashed part of an answer, and where its members end.</summary>
/// <param name="text">The text.</param>
/// <param name="matterEnds">After <c>department</c> and <c>matter</c>.</param>
/// <param name="purposeEnds">After <c>purpose</c>.</param>
/// <param name="dayBegins">Before the comma of <c>validAt</c>.</param>
internal sealed class HashedText(ReadOnlyMemory<byte> text, int matterEnds, int purposeEnds, int dayBegins)
{
    /// <summary>What <c>verdictHash</c> is over.</summary>
    public ReadOnlySpan<byte> Whole => text.Span;

    /// <summary>Members <c>department</c> and <c>matter</c>.</summary>
    public ReadOnlySpan<byte> DepartmentAndMatter => Whole[1..matterEnds];

    /// <summary>Member <c>purpose</c>, its comma before it.</summary>
    public ReadOnlySpan<byte> Purpose => Whole[matterEnds..purposeEnds];

    /// <summary>What follows <c>purpose</c>, to the end of the object.</summary>
    public ReadOnlySpan<byte> AfterPurpose => Whole[purposeEnds..];

    /// <summary>The question without whom it is about: <c>department</c>, <c>matter</c>, <c>purpose</c> and <c>validAt</c>.</summary>
    public byte[] Question => [.. Whole[..purposeEnds], .. Whole[dayBegins..]];
}
