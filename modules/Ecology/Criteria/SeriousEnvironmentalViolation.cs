using Credit.Abstractions;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Modules.Ecology.Criteria;

/// <summary>
/// Serious environmental offenders of the memorandum of 2016. It names fourteen kinds of conduct; the nine seen in a published
/// source are 未批先建, 未验投产, 主要污染物排放总量超控制指标, 以暗管、渗井、渗坑、裂隙、岩洞排放, 旁路排放大气污染物,
/// 挂牌督办逾期未改, 暴力威胁阻碍检查, 重污染天气应急响应不力 and 因环境违法构成犯罪. The officer holds the facts against the
/// printed text; it sets no term.
/// </summary>
internal sealed class SeriousEnvironmentalViolation : ICriterion
{
    public string Key => "ecology/serious-violation";

    public string Title => "关于对环境保护领域失信生产经营单位及其有关人员开展联合惩戒的合作备忘录（发改财金〔2016〕1580号）";

    public StandardLevel Level => StandardLevel.National;

    public ListKind List => ListKind.Black;

    public string Domain => "生态环境";

    public DateOnly EffectiveFrom => new(2016, 8, 1);

    public int? LongestTermInMonths => null;

    public bool Repairable => true;

    public IEnumerable<Refusal> Check(ProposalFacts proposal)
    {
        if (proposal.Basis is not BasisKind.AdministrativeAct)
        {
            yield return new Refusal(
                "basis-does-not-fit",
                "本标准只能依据行政行为信息(行政处罚、刑事处罚等)认定。",
                "This standard rests on an administrative decision or a criminal punishment only.",
                Clause.Standard("发改财金〔2016〕1580号"),
                "basis");
        }
    }
}
