using Credit.Abstractions;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Modules.YouthLeague.Criteria;

/// <summary>Young volunteers of grade 5A with three years without negative record. Only people are volunteers.</summary>
internal sealed class OutstandingVolunteer : ICriterion
{
    private static readonly Clause Plan = Clause.Standard("发改财金〔2016〕2012号");

    public string Key => "youth/outstanding-volunteer";

    public string Title => "关于实施优秀青年志愿者守信联合激励加快推进青年信用体系建设的行动计划（发改财金〔2016〕2012号）";

    public StandardLevel Level => StandardLevel.National;

    public ListKind List => ListKind.Red;

    public string Domain => "志愿服务";

    public DateOnly EffectiveFrom => new(2017, 1, 1);

    public int? LongestTermInMonths => null;

    public bool Repairable => false;

    public IEnumerable<Refusal> Check(ProposalFacts proposal)
    {
        if (proposal.SubjectKind != SubjectKind.NaturalPerson)
        {
            yield return new Refusal(
                "subject-kind-does-not-fit", "青年志愿者激励对象只能为自然人。", "The plan rewards volunteers, who are natural persons.", Plan, "subjectKind");
        }

        if (proposal.Basis is not BasisKind.Commendation and not BasisKind.Other)
        {
            yield return new Refusal(
                "basis-does-not-fit", "5A级志愿者以星级评定或表彰为依据。", "Grade 5A rests on the volunteers' rating or a commendation.", Plan, "basis");
        }
    }
}
