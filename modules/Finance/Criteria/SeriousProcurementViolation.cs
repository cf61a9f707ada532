using Credit.Abstractions;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Modules.Finance.Criteria;

/// <summary>Suppliers, agencies and experts banned from government procurement; the entry lasts as long as the ban, three years at most.</summary>
internal sealed class SeriousProcurementViolation : ICriterion
{
    public string Key => "finance/serious-procurement-violation";

    public string Title => "财政部关于报送政府采购严重违法失信行为信息记录的通知（财库〔2014〕526号）";

    public StandardLevel Level => StandardLevel.National;

    public ListKind List => ListKind.Black;

    public string Domain => "政府采购";

    public DateOnly EffectiveFrom => new(2015, 1, 1);

    public int? LongestTermInMonths => 36;

    public bool Repairable => true;

    public IEnumerable<Refusal> Check(ProposalFacts proposal)
    {
        if (proposal.Basis is not BasisKind.AdministrativeAct)
        {
            yield return new Refusal(
                "basis-does-not-fit",
                "本标准只能依据行政行为信息(处理、处罚决定)认定。",
                "This standard rests on an administrative decision only.",
                Clause.Standard("财库〔2014〕526号"),
                "basis");
        }

        if (proposal.Validity.To > proposal.Validity.From.AddMonths(36))
        {
            yield return new Refusal(
                "term-too-long",
                "有效期超过认定标准规定的最长期限(36个月)。",
                "The validity is longer than the 36 months the standard allows.",
                Clause.Standard("政府采购法第七十七条"),
                "validTo");
        }
    }
}
