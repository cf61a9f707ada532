using Credit.Domain.Enforcement;
using Credit.Domain.Subjects;

namespace Credit.Domain.Tests.Enforcement;

[Trait("Requirement", "R-3.5.1.c")]
public sealed class CreditCaseTests
{
    [Theory]
    [InlineData(SubjectKind.LegalPerson, "任城某某商贸有限公司", "任城某某商贸有限公司")]
    [InlineData(SubjectKind.NaturalPerson, "张三丰", "张某")]
    [InlineData(SubjectKind.NaturalPerson, "𠮷田", "𠮷某")]
    public void A_case_names_organisations_and_keeps_persons_anonymous(SubjectKind kind, string name, string shown) =>
        Collect(kind, name).SubjectName.ShouldBe(shown);

    [Fact]
    public void Who_collected_a_case_does_not_approve_it()
    {
        var collected = Collect();

        collected.Decide(approve: true, "finance.officer").Refusals.ShouldHaveSingleItem().Code.ShouldBe("four-eyes");

        collected.State.ShouldBe(CaseState.Collected);
    }

    [Theory]
    [InlineData(true, CaseState.Approved)]
    [InlineData(false, CaseState.Refused)]
    public void A_case_is_decided_once(bool approve, CaseState state)
    {
        var collected = Collect();

        _ = collected.Decide(approve, "development-reform.officer").Value;

        collected.State.ShouldBe(state);
        collected.Decide(!approve, "development-reform.officer").Accepted.ShouldBeFalse();
        collected.State.ShouldBe(state);
    }

    private static CreditCase Collect(SubjectKind kind = SubjectKind.LegalPerson, string name = "任城某某商贸有限公司") => CreditCase.Collect(
        Sample.InForce(kind: kind, name: name), "finance", "禁止参加政府采购", "TAX-BLACK", ["禁止参加政府采购活动"], "缴清税款", typical: true, "finance.officer", Sample.Today);
}
