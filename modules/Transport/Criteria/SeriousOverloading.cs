using Credit.Abstractions;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Modules.Transport.Criteria;

/// <summary>
/// Those responsible for overloaded vehicles, in one of ten cases: a lorry or a driver more than three times a year; a firm whose
/// offending lorries are over a tenth and which was closed for rectification; a workshop that lost its licence for conversions; who
/// orders overloading and was fined 20 000 yuan or three times a year; a permit got by false papers; refused inspection; blocked
/// traffic, broken barriers or violence; a grave accident with at least equal blame; violence that killed or hurt. It sets no term.
/// </summary>
internal sealed class SeriousOverloading : ICriterion
{
    public string Key => "transport/overload";

    public string Title => "关于对严重违法失信超限超载运输车辆相关责任主体实施联合惩戒的合作备忘录（发改财金〔2017〕274号）";

    public StandardLevel Level => StandardLevel.National;

    public ListKind List => ListKind.Black;

    public string Domain => "超限超载";

    public DateOnly EffectiveFrom => new(2018, 1, 1);

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
                Clause.Standard("发改财金〔2017〕274号"),
                "basis");
        }
    }
}
