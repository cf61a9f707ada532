using Credit.Abstractions;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Modules.Statistics.Criteria;

/// <summary>统计严重失信企业; shown for one year, restorable after six months. Enterprises only, never the people in them.</summary>
internal sealed class SeriousStatisticalDishonesty : ICriterion
{
    public string Key => "statistics/serious-dishonesty";

    public string Title => "统计严重失信企业信用管理办法（国家统计局令第35号）";

    public StandardLevel Level => StandardLevel.National;

    public ListKind List => ListKind.Black;

    public string Domain => "统计";

    public DateOnly EffectiveFrom => new(2023, 1, 1);

    public int? LongestTermInMonths => 12;

    public int? EarliestExitInMonths => 6;

    /// <summary>Every enterprise is told before it is listed.</summary>
    public bool NoticeBeforeRecognition => true;

    public bool Repairable => true;

    public IEnumerable<Refusal> Check(ProposalFacts proposal)
    {
        if (proposal.SubjectKind == SubjectKind.NaturalPerson)
        {
            yield return new Refusal(
                "subject-kind-does-not-fit",
                "统计严重失信只认定企业，不认定自然人。",
                "The standard lists enterprises, not natural persons.",
                Clause.Standard("国家统计局令第35号"),
                "subjectKind");
        }

        if (proposal.Basis is not BasisKind.AdministrativeAct)
        {
            yield return new Refusal(
                "basis-does-not-fit",
                "本标准只能依据行政行为信息(处理、处罚决定)认定。",
                "This standard rests on an administrative decision only.",
                Clause.Standard("国家统计局令第35号"),
                "basis");
        }
    }
}
