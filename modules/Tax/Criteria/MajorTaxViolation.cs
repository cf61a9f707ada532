using Credit.Abstractions;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Modules.Tax.Criteria;

/// <summary>Major tax violators. Publication ends after three years; full payment of tax, late fees and fine may end it earlier.</summary>
internal sealed class MajorTaxViolation : ICriterion
{
    public string Key => "tax/major-violation";

    public string Title => "重大税收违法失信主体信息公布管理办法（国家税务总局令第54号）";

    public StandardLevel Level => StandardLevel.National;

    public ListKind List => ListKind.Black;

    public string Domain => "税收征管";

    public DateOnly EffectiveFrom => new(2022, 2, 1);

    public int? LongestTermInMonths => 36;

    // The rule says five days; working days are never fewer.
    public int? DefenceWorkingDays => 5;

    /// <summary>Everybody is told of facts, grounds and rights before publication.</summary>
    public bool NoticeBeforeRecognition => true;

    public bool Repairable => true;

    public IEnumerable<Refusal> Check(ProposalFacts proposal)
    {
        if (proposal.Basis is not BasisKind.AdministrativeAct)
        {
            yield return new Refusal(
                "basis-does-not-fit",
                "本标准只能依据行政行为信息(处理、处罚决定)认定。",
                "This standard rests on an administrative decision only.",
                Clause.Standard("国家税务总局令第54号"),
                "basis");
        }

        if (proposal.Validity.To > proposal.Validity.From.AddMonths(36))
        {
            yield return new Refusal(
                "term-too-long",
                "有效期超过认定标准规定的最长期限(36个月)。",
                "The validity is longer than the 36 months the standard allows.",
                Clause.Standard("国家税务总局令第54号"),
                "validTo");
        }
    }
}
