using Credit.Abstractions;
using Credit.Core.Modules;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Core.Listing;

/// <summary>Holds a proposal against the recognition standard a module declares, whichever way the proposal came (R-3.2.1.a).</summary>
internal static class CriterionCheck
{
    /// <summary>The criterion with this title for this list and domain; null when no module declares it.</summary>
    public static ICriterion? FindCriterion(this ModuleCatalog modules, ListKind list, string domain, string standard) =>
        modules.Criteria.FirstOrDefault(each => each.List == list && each.Domain == domain && each.Title == standard);

    /// <summary>Every reason of the standard against the proposal; none when no module declares it.</summary>
    public static IEnumerable<Refusal> Against(ICriterion? criterion, EntryProposal proposal, SubjectKind kind)
    {
        if (criterion is null)
        {
            yield break;
        }

        var from = proposal.DecidedOn ?? proposal.ProposedOn;
        if (from < criterion.EffectiveFrom || from > criterion.EffectiveTo)
        {
            yield return new("standard-not-in-force", "认定标准在该日不在有效期内。", "The standard is not in force on that day.", Clause.R("3.2.1.a"), "standard");
        }

        if (criterion.LongestTermInMonths is { } months && proposal.ValidTo > from.AddMonths(months))
        {
            yield return new(
                "term-too-long",
                $"有效期超过该标准规定的最长{months}个月。",
                $"The standard allows at most {months} months.",
                Clause.R("3.2.3.b"),
                "validTo");
        }

        var basis = proposal.Bases.Count > 0 ? proposal.Bases[0].Kind : BasisKind.Other;
        foreach (var refusal in criterion.Check(new ProposalFacts(kind, proposal.Facts, basis, from, new Validity(from, proposal.ValidTo), proposal.AbleButRefuses)))
        {
            yield return refusal;
        }
    }
}
