using System.Buffers;
using Credit.Core.Http;
using Credit.Domain.Policy;

namespace Credit.Core.Checks;

/// <summary>
/// A row of a batch as it is told, hashed and kept: canonical JSON in UTF-8 (RFC 8785). Its SHA-256 is the leaf of the batch's proof, and the
/// line of the answer is the leaf's text. Official wording and legal bases of a measure stand in the memorandum that the row names with its
/// version, once for all rows.
/// </summary>
internal static class CheckRowText
{
    /// <summary>Writes the verdict about one subject.</summary>
    public static void Write(IBufferWriter<byte> bytes, SubjectVerdict verdict)
    {
        var row = new CanonicalText(bytes);
        SubjectText.Write(ref row, verdict, whole: false);
    }

    /// <summary>Writes what is wrong with a row that names nobody. The value given is not repeated.</summary>
    /// <param name="bytes">Takes the row.</param>
    /// <param name="index">Place of the row, from 0.</param>
    /// <param name="refusals">Every reason.</param>
    /// <param name="catalogue">Says what to do about each.</param>
    public static void Write(IBufferWriter<byte> bytes, int index, IReadOnlyList<Refusal> refusals, ErrorCatalogue catalogue)
    {
        var row = new CanonicalText(bytes);
        row.Open();
        row.OpenArray("errors"u8);
        foreach (var refusal in refusals)
        {
            var hint = catalogue.Find(refusal.Code);
            row.Open();
            row.Text("chinese"u8, refusal.Chinese);
            row.Text("clause"u8, refusal.Clause.ToString());
            row.Text("code"u8, refusal.Code);
            row.Text("english"u8, refusal.English);
            row.Text("field"u8, refusal.Field);
            row.Text("hint"u8, hint?.HintZh);
            row.Text("hintEnglish"u8, hint?.HintEn);
            row.Close();
        }

        row.CloseArray();
        row.Number("index"u8, index);
        row.Close();
    }
}
