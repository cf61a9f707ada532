using Credit.Abstractions;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Modules.MarketSupervision.Criteria;

/// <summary>Heavier or repeated minor offences in food and drugs below the standard for the blacklist.</summary>
internal sealed class RepeatedMinorFoodOffences : ICriterion
{
    public string Key => "market/food-and-drug-watch";

    public string Title => "关于加强和规范守信联合激励和失信联合惩戒对象名单管理工作的指导意见（发改财金规〔2017〕1798号）";

    public StandardLevel Level => StandardLevel.National;

    public ListKind List => ListKind.Watch;

    public string Domain => "食品药品";

    public DateOnly EffectiveFrom => new(2017, 10, 30);

    public int? LongestTermInMonths => null;

    public bool Repairable => true;

    public IEnumerable<Refusal> Check(ProposalFacts proposal)
    {
        if (proposal.Basis is not BasisKind.AdministrativeAct)
        {
            yield return new Refusal(
                "basis-does-not-fit",
                "本标准只能依据行政行为信息(处理、处罚决定)认定。",
                "This standard rests on an administrative decision only.",
                Clause.Standard("发改财金规〔2017〕1798号"),
                "basis");
        }
    }
}
