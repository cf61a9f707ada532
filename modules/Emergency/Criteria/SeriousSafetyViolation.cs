using Credit.Abstractions;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Modules.Emergency.Criteria;

/// <summary>安全生产严重失信主体名单: those punished for accidents or grave breaches. Three years; out early after twelve months at the soonest.</summary>
internal sealed class SeriousSafetyViolation : ICriterion
{
    public string Key => "emergency/serious-violation";

    public string Title => "安全生产严重失信主体名单管理办法（应急管理部令第11号）";

    public StandardLevel Level => StandardLevel.National;

    public ListKind List => ListKind.Black;

    public string Domain => "安全生产";

    public DateOnly EffectiveFrom => new(2023, 10, 1);

    public int? LongestTermInMonths => 36;

    public int? EarliestExitInMonths => 12;

    /// <summary>Every subject is told in writing before it is listed.</summary>
    public bool NoticeBeforeRecognition => true;

    public bool Repairable => true;

    public IEnumerable<Refusal> Check(ProposalFacts proposal)
    {
        if (proposal.Basis is not BasisKind.AdministrativeAct)
        {
            yield return new Refusal(
                "basis-does-not-fit",
                "本标准只能依据行政行为信息(行政处罚决定)认定。",
                "This standard rests on an administrative penalty only.",
                Clause.Standard("应急管理部令第11号"),
                "basis");
        }
    }
}
