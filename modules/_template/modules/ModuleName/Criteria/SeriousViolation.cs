using Credit.Abstractions;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Modules.ModuleName.Criteria;

/// <summary>Serious violations in 领域名称. It stands on the national framework until the field has a standard of its own.</summary>
internal sealed class SeriousViolation : ICriterion
{
    private static readonly Clause Standard = Clause.Standard("发改财金规〔2017〕1798号");

    public string Key => "module-key/serious-violation";

    public string Title => "关于加强和规范守信联合激励和失信联合惩戒对象名单管理工作的指导意见（发改财金规〔2017〕1798号）";

    public StandardLevel Level => StandardLevel.National;

    public ListKind List => ListKind.Black;

    public string Domain => "领域名称";

    public DateOnly EffectiveFrom => new(2017, 10, 30);

    public int? LongestTermInMonths => 36;

    public bool Repairable => true;

    // What the standard sets; null where it sets nothing, and then the policy pack decides.
    public int? DefenceWorkingDays => null;

    public int? EarliestExitInMonths => null;

    public IEnumerable<Refusal> Check(ProposalFacts proposal)
    {
        if (proposal.Basis is not BasisKind.AdministrativeAct)
        {
            yield return new Refusal(
                "basis-does-not-fit",
                "本标准只能依据行政行为信息(处理、处罚决定)认定。",
                "This standard rests on an administrative decision only.",
                Standard,
                "basis");
        }

        if (proposal.Validity.To > proposal.Validity.From.AddMonths(36))
        {
            yield return new Refusal(
                "term-too-long",
                "有效期超过认定标准规定的最长期限(36个月)。",
                "The validity is longer than the 36 months the standard allows.",
                Standard,
                "validTo");
        }
    }
}
