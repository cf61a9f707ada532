using Credit.Abstractions;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Modules.Tax.Criteria;

/// <summary>Class-A taxpayers of the yearly evaluation. People are not evaluated.</summary>
internal sealed class ClassATaxpayer : ICriterion
{
    public string Key => "tax/class-a";

    public string Title => "纳税缴费信用管理办法";

    public StandardLevel Level => StandardLevel.National;

    public ListKind List => ListKind.Red;

    public string Domain => "税收征管";

    public DateOnly EffectiveFrom => new(2025, 7, 1);

    public int? LongestTermInMonths => null;

    public bool Repairable => false;

    public IEnumerable<Refusal> Check(ProposalFacts proposal)
    {
        if (proposal.SubjectKind == SubjectKind.NaturalPerson)
        {
            yield return new Refusal(
                "subject-kind-does-not-fit",
                "纳税信用A级只评价纳税单位，不评价自然人。",
                "Class A is given to taxpaying organisations, not to natural persons.",
                Clause.Standard("纳税缴费信用管理办法"),
                "subjectKind");
        }

        if (proposal.Basis is not BasisKind.Commendation and not BasisKind.Other and not BasisKind.AdministrativeAct)
        {
            yield return new Refusal(
                "basis-does-not-fit",
                "A级评价不能依据登记信息或裁判信息。",
                "A class-A evaluation cannot rest on a registration or a judgment.",
                Clause.Standard("纳税缴费信用管理办法"),
                "basis");
        }
    }
}
