using Credit.Domain.Policy;

namespace Credit.Domain.Enforcement;

/// <summary>What a memorandum must be to enter the list of measures at run time (R-3.5.2.a, R-3.5.3).</summary>
internal static class MemorandumRules
{
    /// <summary>Every reason against the text.</summary>
    /// <param name="text">The memorandum.</param>
    /// <param name="outside">Ordinals of the measures nobody in the district carries out.</param>
    public static IEnumerable<Refusal> Against(MemorandumText text, IReadOnlyCollection<string> outside)
    {
        if (text.Code.Length is < 2 or > 40 || !text.Code.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter == '-'))
        {
            yield return new(
                "memorandum-code", "备忘录代码为2至40位大写字母、数字和连字符。", "The code has 2 to 40 capitals, digits and hyphens.", Clause.R("3.5.3.a"), "code");
        }

        if (string.IsNullOrWhiteSpace(text.Title))
        {
            yield return new("memorandum-title-missing", "请填写备忘录名称。", "State the title of the memorandum.", Clause.R("3.5.2.a"), "title");
        }

        foreach (var (value, field) in new[] { (text.Title, "title"), (text.DocumentNumber, "documentNumber"), (text.Lead, "lead"), (text.FeedbackCadence, "feedbackCadence") })
        {
            if (TextLength.Against(value, TextLength.Name, field) is { } tooLong)
            {
                yield return tooLong;
            }
        }

        foreach (var (value, field) in new[] { (text.Signers, "signers"), (text.Targets, "targets") })
        {
            if (TextLength.Against(value, TextLength.Text, field) is { } tooLong)
            {
                yield return tooLong;
            }
        }

        if (text.Domains.Count == 0)
        {
            yield return new("memorandum-domain-missing", "请写明适用的领域。", "Name the domains that trigger it.", Clause.R("3.5.2.a"), "domains");
        }

        if (text.EffectiveTo < text.EffectiveFrom)
        {
            yield return new("memorandum-ends-before", "截止日期早于施行日期。", "It would end before it begins.", Clause.R("3.5.3.c"), "effectiveTo");
        }

        if (text.Level == MemorandumLevel.District && (text.SignedOn is null || text.Parties.Distinct().Count() < 2))
        {
            yield return new(
                "memorandum-parties",
                "区级备忘录须写明签署日期和两个以上签署部门。",
                "A local memorandum names the day it was signed and the two or more departments that signed it.",
                Clause.R("3.5.2.a"),
                text.SignedOn is null ? "signedOn" : "parties");
        }

        if (text.Measures.Count == 0)
        {
            yield return new("memorandum-without-measures", "备忘录没有措施。", "The memorandum has no measure.", Clause.R("3.5.2.a"), "measures");
        }

        foreach (var refusal in text.Measures.Where(measure => text.Amended is null || measure.Ordinal == text.Amended).SelectMany(measure => Against(measure, outside.Contains(measure.Ordinal), text)))
        {
            yield return refusal;
        }

        foreach (var (ordinal, _) in text.Measures.CountBy(measure => measure.Ordinal).Where(count => count.Value > 1))
        {
            yield return new(
                "measure-twice", $"措施序号{ordinal}重复。", $"measure {ordinal} stands there more than once.", Clause.R("3.5.3.a"), "measures");
        }
    }

    /// <summary>A revision takes effect after the day it is approved and after the version before it, so that what counted on a day stays (I93).</summary>
    public static IEnumerable<Refusal> AgainstDays(DateOnly from, MemorandumPast past, RevisionKind kind, DateOnly today)
    {
        if (from <= today)
        {
            yield return new(
                "memorandum-too-early", "施行日期应晚于今日，已生效的清单不得改写。", "It takes effect after today: what is in force is not overwritten.", Clause.Standard("I93"), "effectiveFrom");
        }

        if (past.From is { } last && from <= last)
        {
            yield return new(
                "memorandum-before-last", $"施行日期应晚于现有版本的施行日期{last:yyyy-MM-dd}。", $"It takes effect after the version before it, {last:yyyy-MM-dd}.", Clause.Standard("I93"), "effectiveFrom");
        }

        if (kind == RevisionKind.Retirement && past.Ended)
        {
            yield return new("memorandum-ended", "该备忘录已废止。", "The memorandum was ended already.", Clause.R("3.5.3.c"));
        }
    }

    /// <summary>Why the list is revised is written down.</summary>
    public static IEnumerable<Refusal> AgainstReason(string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            yield return new("reason-missing", "请说明理由。", "State the reason.", Clause.R("3.5.3.c"), "reason");
        }

        if (TextLength.Against(reason, TextLength.Text, "reason") is { } tooLong)
        {
            yield return tooLong;
        }
    }

    // What comes in at run time cites a basis for each measure, whatever it obliges to (R-3.5.2.a, R-3.5.3.a).
    private static IEnumerable<Refusal> Against(Measure measure, bool outside, MemorandumText text)
    {
        foreach (var refusal in MeasureRules.Against(measure, outside, text.Domains, text.List))
        {
            yield return refusal;
        }

        if (!measure.IsDraft && !measure.LegalBases.Any(basis => !string.IsNullOrWhiteSpace(basis.Title)))
        {
            yield return new(
                "measure-without-basis", $"措施{measure.Ordinal}: 请写明依据。", $"measure {measure.Ordinal}: cite the basis it rests on.", Clause.R("3.5.3.a"), "measures");
        }

        if (string.IsNullOrWhiteSpace(measure.Ordinal) || measure.Ordinal.Contains('/', StringComparison.Ordinal))
        {
            yield return new("measure-ordinal-missing", "措施缺少序号或序号含斜线。", "A measure has no ordinal, or one with a slash.", Clause.R("3.5.3.a"), "measures");
        }

        foreach (var value in (string[])[measure.Wording, measure.PrintedBodies, .. measure.LegalBases.Select(basis => basis.Title)])
        {
            if (TextLength.Against(value, TextLength.Text, "measures") is { } tooLong)
            {
                yield return tooLong;
            }
        }
    }
}
