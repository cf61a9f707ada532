namespace Credit.Core.Checks;

/// <summary>
/// Writes what was found about one subject as canonical JSON (RFC 8785), as an element: whole, as the answer to a single check tells it, or short, as a row
/// of a batch does, whose wording and legal bases stand in the memorandum, and whose reasons and advice are told by their codes. Members stand in
/// the order of their names.
/// </summary>
internal static class SubjectText
{
    /// <summary>Writes the verdict.</summary>
    /// <param name="text">Takes it.</param>
    /// <param name="subject">The verdict.</param>
    /// <param name="whole">With wording, legal bases, reasons and advice in words.</param>
    public static void Write(ref CanonicalText text, SubjectVerdict subject, bool whole)
    {
        text.Open();
        text.OpenArray("hits"u8);
        foreach (var hit in subject.Hits)
        {
            Write(ref text, hit, whole);
        }

        text.CloseArray();
        text.Number("index"u8, subject.Index);
        text.Flag("restricted"u8, subject.Restricted);
        if (subject.Standing is { } standing)
        {
            Write(ref text, standing, whole);
        }
        else
        {
            text.Text("standing"u8, null);
        }

        text.Id("subjectId"u8, subject.SubjectId);
        text.Close();
    }

    private static void Write(ref CanonicalText text, Hit hit, bool whole)
    {
        text.Open();
        text.Text("answersAs"u8, hit.AnswersAs?.ToString());
        text.Text("domain"u8, hit.Domain);
        text.Id("entryId"u8, hit.EntryId);
        text.Text("list"u8, hit.List.ToString());
        text.OpenArray("measures"u8);
        foreach (var measure in hit.Measures)
        {
            text.Open();
            if (whole)
            {
                text.Text("basisFrom"u8, measure.BasisFrom.ToString());
            }

            text.OpenArray("canonical"u8);
            foreach (var key in measure.Canonical)
            {
                text.Element(key);
            }

            text.CloseArray();
            text.Day("due"u8, measure.Due);
            if (whole)
            {
                text.OpenArray("legalBases"u8);
                foreach (var basis in measure.LegalBases)
                {
                    text.Open();
                    text.Text("evidence"u8, basis.Evidence.ToString());
                    text.Text("level"u8, basis.Level.ToString());
                    text.Text("title"u8, basis.Title);
                    text.Close();
                }

                text.CloseArray();
            }

            text.Text("measureKey"u8, measure.MeasureKey);
            text.Text("memorandum"u8, measure.Memorandum);
            text.Number("memorandumVersion"u8, measure.MemorandumVersion);
            text.Text("obligation"u8, measure.Obligation.ToString());
            text.Id("taskId"u8, measure.TaskId);
            if (whole)
            {
                text.Text("wording"u8, measure.Wording);
            }

            text.Close();
        }

        text.CloseArray();
        text.Text("recogniser"u8, hit.Recogniser);
        text.Flag("restricts"u8, hit.Restricts);
        text.Flag("suspended"u8, hit.Suspended);
        text.Day("validFrom"u8, hit.ValidFrom);
        text.Day("validTo"u8, hit.ValidTo);
        text.Close();
    }

    private static void Write(ref CanonicalText text, StandingAnswer standing, bool whole)
    {
        text.OpenObject("standing"u8);
        text.OpenArray("advice"u8);
        foreach (var advice in standing.Advice)
        {
            if (!whole)
            {
                text.Element(advice.Kind.ToString());
                continue;
            }

            text.Open();
            text.Text("chinese"u8, advice.Chinese);
            text.Text("clause"u8, advice.Clause);
            text.Text("english"u8, advice.English);
            text.Text("kind"u8, advice.Kind.ToString());
            text.Close();
        }

        text.CloseArray();
        text.Text("basis"u8, standing.Basis.ToString());
        text.Text("class"u8, standing.Class.ToString());
        text.Flag("committed"u8, standing.Committed);
        text.Flag("eligible"u8, standing.Eligible);
        text.OpenArray("reasons"u8);
        foreach (var reason in standing.Reasons)
        {
            if (!whole)
            {
                text.Element(reason.Code);
                continue;
            }

            text.Open();
            text.Text("chinese"u8, reason.Chinese);
            text.Text("clause"u8, reason.Clause);
            text.Text("code"u8, reason.Code);
            text.Text("english"u8, reason.English);
            text.Flag("for"u8, reason.For);
            text.Close();
        }

        text.CloseArray();
        text.Close();
    }
}
