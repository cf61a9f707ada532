using Credit.Abstractions;
using Credit.Conformance;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.Modules.HumanResources;
using Credit.Modules.HumanResources.Criteria;
using Credit.Modules.HumanResources.Feedback;

namespace Credit.Modules.Tests;

public sealed class Human_resources_keeps_the_contract : ModuleSpecification<HumanResourcesModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new LabourInspection { Plan = "2026年劳动保障监察计划", InspectionsPerYear = 4, WageAccountChecked = true, From = Task.Today },
        new WageSupportWithheld { Programme = "稳岗返还", Form = "取消", Amount = 52_000m, DecisionNumber = "任人社补〔2026〕1号", DecidedOn = Task.Today },
        new RecruitmentRefused { Notice = "2026年事业单位公开招聘公告", Post = "综合管理岗", Stage = "考察", RefusedOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new LabourInspection { Plan = "2026年劳动保障监察计划", InspectionsPerYear = 0, From = Task.Today },
        new WageSupportWithheld { Programme = "稳岗返还", Form = "取消", Amount = 0.005m, DecisionNumber = "任人社补〔2026〕1号", DecidedOn = Task.Today },
        new WageSupportWithheld { Programme = "稳岗返还", Form = "推迟", Amount = 52_000m, DecisionNumber = "任人社补〔2026〕1号", DecidedOn = Task.Today },
        new RecruitmentRefused { Notice = "2026年事业单位公开招聘公告", Post = "综合管理岗", Stage = "面试", RefusedOn = Task.Today },
    ];

    [Fact]
    public void Every_fault_of_an_inspection_comes_back_at_once() =>
        new LabourInspectionFeedback().Check(new LabourInspection { Plan = "", InspectionsPerYear = 400, From = Task.Today.AddDays(1) }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["plan", "inspectionsPerYear", "from"]);

    [Fact]
    public void Every_fault_of_support_withheld_comes_back_at_once() =>
        new WageSupportWithheldFeedback().Check(new WageSupportWithheld { Programme = "", Form = "", Amount = -1m, DecisionNumber = "", DecidedOn = Task.IssuedOn.AddDays(-1) }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["programme", "form", "amount", "decisionNumber", "decidedOn"]);

    [Fact]
    public void Every_fault_of_a_refused_candidate_comes_back_at_once() =>
        new RecruitmentRefusedFeedback().Check(new RecruitmentRefused { Notice = "", Post = "", Stage = "", RefusedOn = Task.Today.AddDays(1) }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["notice", "post", "stage", "refusedOn"]);

    [Theory]
    [Trait("Requirement", "R-3.2.1.a")]
    [InlineData(BasisKind.AdministrativeAct, null)]
    [InlineData(BasisKind.Registration, "basis-does-not-fit")]
    [InlineData(BasisKind.UnfulfilledJudgment, "basis-does-not-fit")]
    public void The_standard_rests_on_administrative_acts(BasisKind basis, string? refusal) =>
        new WageArrears().Check(new ProposalFacts(SubjectKind.LegalPerson, "经责令限期支付工资，逾期未支付。", basis, new DateOnly(2026, 11, 24), new Validity(new DateOnly(2026, 11, 24), new DateOnly(2029, 11, 23)), AbleButRefuses: false))
            .Select(each => each.Code).ShouldBe(refusal is null ? [] : [refusal]);

    [Fact]
    public void The_facts_state_the_order_to_pay() =>
        new WageArrears().Check(new ProposalFacts(SubjectKind.LegalPerson, "拖欠工资三十万元。", BasisKind.AdministrativeAct, new DateOnly(2026, 11, 24), new Validity(new DateOnly(2026, 11, 24), new DateOnly(2029, 11, 23)), AbleButRefuses: false))
            .ShouldHaveSingleItem().Code.ShouldBe("order-to-pay-missing");

    [Fact]
    [Trait("Invariant", "I60")]
    public void The_order_sets_three_years_an_exit_after_six_months_and_notice_first()
    {
        var order = new WageArrears();
        (order.LongestTermInMonths, ((ICriterion)order).EarliestExitInMonths, ((ICriterion)order).NoticeBeforeRecognition).ShouldBe((36, 6, true));
    }
}
