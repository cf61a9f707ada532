using Credit.Domain.Policy;

namespace Credit.Domain.Listing;

/// <summary>An edition of a recognition standard as the lead office states it.</summary>
/// <param name="Title">Title as entries cite it.</param>
/// <param name="DocumentNumber">Number of its document.</param>
/// <param name="Level">National or Provincial; lower ones back no list.</param>
/// <param name="List">List it admits to.</param>
/// <param name="Domain">Domain; null when the document is for every domain.</param>
/// <param name="FirstDay">First day in force.</param>
/// <param name="LastDay">Last day in force; null when none is set.</param>
/// <param name="LongestTermInMonths">Longest term of an entry; null when the standard sets none.</param>
/// <param name="Approval">Approval of a provincial standard.</param>
public sealed record StandardDraft(
    string Title, string DocumentNumber, StandardLevel Level, ListKind List, string? Domain, DateOnly FirstDay, DateOnly? LastDay = null,
    int? LongestTermInMonths = null, string? Approval = null)
{
    /// <summary>Every reason against the edition as stated.</summary>
    internal IEnumerable<Refusal> Check()
    {
        (string Field, string? Text)[] texts = [("title", Title), ("documentNumber", DocumentNumber)];
        foreach (var text in texts.Where(each => string.IsNullOrWhiteSpace(each.Text)))
        {
            yield return new("standard-incomplete", "请填写认定标准的名称和文号。", "State title and document number of the standard.", Clause.R("3.2.1.a"), text.Field);
        }

        foreach (var tooLong in texts.Append(("domain", Domain)).Append(("approval", Approval)).Select(each => TextLength.Against(each.Item2, TextLength.Name, each.Item1)).OfType<Refusal>())
        {
            yield return tooLong;
        }

        if (Domain is not null && string.IsNullOrWhiteSpace(Domain))
        {
            yield return new("domain-missing", "请写明领域。", "State the domain.", Clause.R("3.4.1"), "domain");
        }

        if (Level is not (StandardLevel.National or StandardLevel.Provincial))
        {
            yield return new("standard-level", "只有国家级、省级标准可作为名单认定标准。", "Only a national or provincial standard can back a list.", Clause.R("3.2.1.a"), "level");
        }

        if (Level == StandardLevel.Provincial && string.IsNullOrWhiteSpace(Approval))
        {
            yield return new(
                "standard-approval-missing",
                "省级认定标准须注明经上级主管部门和省政府审定的文号。",
                "A provincial standard names the document by which superior authority and provincial government approved it.",
                Clause.R("3.2.1.a"),
                "approval");
        }

        if (LastDay < FirstDay)
        {
            yield return new("standard-days", "有效期止早于有效期起。", "The last day lies before the first.", Clause.R("3.2.1.a"), "lastDay");
        }

        if (LongestTermInMonths <= 0)
        {
            yield return new("standard-term", "最长期限须为正数。", "The longest term is a positive number of months.", Clause.R("3.2.3.b"), "longestTermInMonths");
        }
    }
}
