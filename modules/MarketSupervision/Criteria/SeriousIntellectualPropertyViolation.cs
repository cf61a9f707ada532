using Credit.Abstractions;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Modules.MarketSupervision.Criteria;

/// <summary>知识产权严重违法失信: those punished for grave breaches in patents, trade marks and agency. One year; everybody is told first.</summary>
internal sealed class SeriousIntellectualPropertyViolation : ICriterion
{
    public string Key => "market/intellectual-property-violation";

    public string Title => "国家知识产权局知识产权信用管理规定（国知发保字〔2022〕8号）";

    public StandardLevel Level => StandardLevel.National;

    public ListKind List => ListKind.Black;

    public string Domain => "知识产权";

    public DateOnly EffectiveFrom => new(2023, 1, 1);

    public int? LongestTermInMonths => 12;

    /// <summary>Everybody is told before recognition.</summary>
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
                Clause.Standard("国知发保字〔2022〕8号"),
                "basis");
        }
    }
}
