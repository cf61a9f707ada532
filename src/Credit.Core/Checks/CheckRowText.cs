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
        row.Open();
        row.OpenArray("hits"u8);
        foreach (var hit in verdict.Hits)
        {
            Write(ref row, hit, whole: false);
        }

        row.CloseArray();
        row.Number("index"u8, verdict.Index);
        row.Flag("restricted"u8, verdict.Restricted);
        if (verdict.Standing is { } standing)
        {
            Write(ref row, standing);
        }
        else
        {
            row.Text("standing"u8, null);
        }

        row.Id("subjectId"u8, verdict.SubjectId);
        row.Close();
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

    /// <summary>Writes an entry found, as an element.</summary>
    /// <param name="row">Takes it.</param>
    /// <param name="hit">The entry.</param>
    /// <param name="whole">With wording and legal bases, as a single check tells them.</param>
    public static void Write(ref CanonicalText row, Hit hit, bool whole)
    {
        row.Open();
        row.Text("answersAs"u8, hit.AnswersAs?.ToString());
        row.Text("domain"u8, hit.Domain);
        row.Id("entryId"u8, hit.EntryId);
        row.Text("list"u8, hit.List.ToString());
        row.OpenArray("measures"u8);
        foreach (var measure in hit.Measures)
        {
            row.Open();
            if (whole)
            {
                row.Text("basisFrom"u8, measure.BasisFrom.ToString());
            }

            row.OpenArray("canonical"u8);
            foreach (var key in measure.Canonical)
            {
                row.Element(key);
            }

            row.CloseArray();
            row.Day("due"u8, measure.Due);
            if (whole)
            {
                row.OpenArray("legalBases"u8);
                foreach (var basis in measure.LegalBases)
                {
                    row.Open();
                    row.Text("evidence"u8, basis.Evidence.ToString());
                    row.Text("level"u8, basis.Level.ToString());
                    row.Text("title"u8, basis.Title);
                    row.Close();
                }

                row.CloseArray();
            }

            row.Text("measureKey"u8, measure.MeasureKey);
            row.Text("memorandum"u8, measure.Memorandum);
            row.Number("memorandumVersion"u8, measure.MemorandumVersion);
            row.Text("obligation"u8, measure.Obligation.ToString());
            row.Id("taskId"u8, measure.TaskId);
            if (whole)
            {
                row.Text("wording"u8, measure.Wording);
            }

            row.Close();
        }

        row.CloseArray();
        row.Text("recogniser"u8, hit.Recogniser);
        row.Flag("restricts"u8, hit.Restricts);
        row.Flag("suspended"u8, hit.Suspended);
        row.Day("validFrom"u8, hit.ValidFrom);
        row.Day("validTo"u8, hit.ValidTo);
        row.Close();
    }

    private static void Write(ref CanonicalText row, StandingAnswer standing)
    {
        row.OpenObject("standing"u8);
        row.OpenArray("advice"u8);
        foreach (var advice in standing.Advice)
        {
            row.Element(advice.Kind.ToString());
        }

        row.CloseArray();
        row.Text("basis"u8, standing.Basis.ToString());
        row.Text("class"u8, standing.Class.ToString());
        row.Flag("committed"u8, standing.Committed);
        row.Flag("eligible"u8, standing.Eligible);
        row.OpenArray("reasons"u8);
        foreach (var reason in standing.Reasons)
        {
            row.Element(reason.Code);
        }

        row.CloseArray();
        row.Close();
    }
}
