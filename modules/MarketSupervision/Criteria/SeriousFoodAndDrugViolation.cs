using Credit.Abstractions;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Modules.MarketSupervision.Criteria;

/// <summary>The same order of 2021 for food and drugs, whose memorandum is another one.</summary>
internal sealed class SeriousFoodAndDrugViolation : ICriterion
{
    public string Key => "market/food-and-drug-violation";

    public string Title => "市场监督管理严重违法失信名单管理办法（市场监管总局令第44号）";

    public StandardLevel Level => StandardLevel.National;

    public ListKind List => ListKind.Black;

    public string Domain => "食品药品";

    public DateOnly EffectiveFrom => new(2021, 9, 1);

    public int? LongestTermInMonths => 36;

    public int? EarliestExitInMonths => 12;

    /// <summary>The notice goes out with that of the penalty.</summary>
    public bool NoticeBeforeRecognition => true;

    public bool Repairable => true;

    /// <summary>Article 2: a heavier penalty, from a lowered qualification to a ban on a line of business, with malice or grave harm.</summary>
    public bool IsPlainlyMet(ProposalFacts proposal) => proposal.PenaltyCategories.Any(HeavierPenalties.Contains);

    public IEnumerable<Refusal> Check(ProposalFacts proposal)
    {
        if (proposal.Basis is not BasisKind.AdministrativeAct)
        {
            yield return new Refusal(
                "basis-does-not-fit",
                "本标准只能依据行政行为信息(处理、处罚决定)认定。",
                "This standard rests on an administrative decision only.",
                Clause.Standard("市场监管总局令第44号"),
                "basis");
        }

        if (proposal.Validity.To > proposal.Validity.From.AddMonths(36))
        {
            yield return new Refusal(
                "term-too-long",
                "有效期超过认定标准规定的最长期限(36个月)。",
                "The validity is longer than the 36 months the standard allows.",
                Clause.Standard("市场监管总局令第44号"),
                "validTo");
        }
    }
}
