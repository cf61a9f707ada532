using Credit.Abstractions;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Modules.HumanResources.Criteria;

/// <summary>
/// Employers ordered to pay migrant workers who did not in time, where the arrears reach the sum of the crime 拒不支付劳动报酬罪 or led
/// to mass or extreme incidents. Three years; out early six months after making it good, with a commitment.
/// </summary>
internal sealed class WageArrears : ICriterion
{
    public string Key => "wages/arrears";

    public string Title => "拖欠农民工工资失信联合惩戒对象名单管理暂行办法（人力资源社会保障部令第45号）";

    public StandardLevel Level => StandardLevel.National;

    public ListKind List => ListKind.Black;

    public string Domain => "劳动用工";

    public DateOnly EffectiveFrom => new(2022, 1, 1);

    public int? LongestTermInMonths => 36;

    /// <summary>The order counts them from the day the wages were paid, the register from the first day of the entry: the officer sees to the difference.</summary>
    public int? EarliestExitInMonths => 6;

    /// <summary>Every subject is told in writing before it is listed.</summary>
    public bool NoticeBeforeRecognition => true;

    public bool Repairable => true;

    public IEnumerable<Refusal> Check(ProposalFacts proposal)
    {
        if (proposal.Basis is not BasisKind.AdministrativeAct)
        {
            yield return new Refusal(
                "basis-does-not-fit",
                "本标准只能依据行政行为信息(责令限期支付、处理处罚决定)认定。",
                "This standard rests on an order to pay or another administrative decision only.",
                Clause.Standard("人力资源社会保障部令第45号"),
                "basis");
        }

        // Article 5: an order to pay within a term comes first, and the term has passed.
        if (!proposal.Facts.Contains("责令", StringComparison.Ordinal))
        {
            yield return new Refusal(
                "order-to-pay-missing",
                "事实须写明已依法责令限期支付工资、逾期未支付。",
                "State the order to pay within a term (责令限期支付) that was not followed in time.",
                Clause.Standard("人力资源社会保障部令第45号"),
                "facts");
        }
    }
}
