using Credit.Abstractions;
using Credit.Conformance;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.Modules.Emergency;
using Credit.Modules.Emergency.Criteria;
using Credit.Modules.Emergency.Feedback;

namespace Credit.Modules.Tests;

public sealed class Emergency_keeps_the_contract : ModuleSpecification<EmergencyModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new SafetyInspection { Plan = "2026年监督检查计划", InspectionsPerYear = 6, UnannouncedPerYear = 2, From = Task.Today },
        new StandardisationStopped { Action = "撤销证书", Grade = "三级", AwardNumber = "鲁AQBⅢ202600001", DecidedOn = Task.Today },
        new StandardisationStopped { Action = "暂停评审", Grade = "二级", DecidedOn = Task.Today },
        new IndustryBan { Field = "危险化学品经营", DecisionNumber = "（任）应急禁〔2026〕1号", From = Task.Today, To = Task.Today.AddYears(5) },
        new IndustryBan { Field = "生产经营单位主要负责人", DecisionNumber = "（任）应急禁〔2026〕2号", From = Task.Today },
        new SafetyLicenceRefused { Licence = "危险化学品经营许可证", DecisionNumber = "（任）应急不许〔2026〕1号", RefusedOn = Task.Today },
        new PrincipalBarred { Ground = "撤职处分", DecisionNumber = "任政处〔2026〕1号", GroundOn = Task.Today.AddMonths(-1), BarredUntil = Task.Today.AddMonths(-1).AddYears(5), NotifiedOn = Task.Today },
        new PrincipalBarred { Ground = "刑事处罚", DecisionNumber = "（2021）鲁0811刑初12号", GroundOn = Task.Today.AddYears(-1), MajorAccident = true, NotifiedOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new SafetyInspection { Plan = "2026年监督检查计划", InspectionsPerYear = 2, UnannouncedPerYear = 3, From = Task.Today },
        new StandardisationStopped { Action = "撤销证书", Grade = "三级", DecidedOn = Task.Today },
        new StandardisationStopped { Action = "暂停评审", Grade = "四级", DecidedOn = Task.Today },
        new IndustryBan { Field = "危险化学品经营", DecisionNumber = "（任）应急禁〔2026〕1号", From = Task.Today, To = Task.Today.AddDays(-1) },
        new IndustryBan { Field = "危险化学品经营", DecisionNumber = "（任）应急禁〔2026〕1号", From = Task.Today, To = Task.Today.AddYears(6) },
        new PrincipalBarred { Ground = "辞职", DecisionNumber = "任政处〔2026〕1号", GroundOn = Task.Today, BarredUntil = Task.Today.AddYears(5), NotifiedOn = Task.Today },
        new PrincipalBarred { Ground = "撤职处分", DecisionNumber = "任政处〔2026〕1号", GroundOn = Task.Today, BarredUntil = Task.Today.AddYears(6), NotifiedOn = Task.Today },
        new PrincipalBarred { Ground = "撤职处分", DecisionNumber = "任政处〔2026〕1号", GroundOn = Task.Today, NotifiedOn = Task.Today },
        new PrincipalBarred { Ground = "撤职处分", DecisionNumber = "任政处〔2026〕1号", GroundOn = Task.Today, MajorAccident = true, BarredUntil = Task.Today.AddYears(5), NotifiedOn = Task.Today },
        new PrincipalBarred { Ground = "撤职处分", DecisionNumber = "任政处〔2026〕1号", GroundOn = Task.Today.AddDays(1), BarredUntil = Task.Today.AddYears(5), NotifiedOn = Task.Today },
        new SafetyLicenceRefused { Licence = " ", DecisionNumber = "（任）应急不许〔2026〕1号", RefusedOn = Task.Today },
    ];

    [Fact]
    public void Inspection_without_announcement_happens_once_a_year_at_least()
    {
        var report = new SafetyInspection { Plan = "2026年监督检查计划", InspectionsPerYear = 2, From = Task.Today };
        var check = new SafetyInspectionFeedback();
        check.Check(report, Task with { MeasureKey = "SAFE/2" }).ShouldHaveSingleItem().Code.ShouldBe("unannounced-missing");
        check.Check(report, Task with { MeasureKey = "SAFE/1" }).ShouldBeEmpty();
    }

    [Fact]
    public void A_lifelong_ban_is_described_as_one()
    {
        var ban = new IndustryBan { Field = "矿山开采", DecisionNumber = "（任）应急禁〔2026〕3号", From = Task.Today };
        new IndustryBanFeedback().Describe(ban).ShouldEndWith("终身禁入。");
        new IndustryBanFeedback().Describe(ban with { To = new DateOnly(2031, 11, 4) }).ShouldEndWith("至2031-11-04止。");
    }

    [Fact]
    public void Every_fault_of_an_inspection_comes_back_at_once() =>
        new SafetyInspectionFeedback().Check(new SafetyInspection { Plan = "", UnannouncedPerYear = -1, From = Task.Today.AddDays(1) }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["plan", "inspectionsPerYear", "unannouncedPerYear", "from"]);

    [Fact]
    public void Every_fault_of_a_stopped_standardisation_comes_back_at_once() =>
        new StandardisationStoppedFeedback().Check(new StandardisationStopped { Action = "撤销证书", Grade = "", DecidedOn = Task.IssuedOn.AddDays(-1) }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["grade", "awardNumber", "decidedOn"]);

    [Fact]
    public void Every_fault_of_a_ban_comes_back_at_once() =>
        new IndustryBanFeedback().Check(new IndustryBan { Field = "", DecisionNumber = "", From = Task.Today.AddDays(1), To = Task.Today }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["field", "decisionNumber", "from", "to"]);

    [Fact]
    public void Every_fault_of_a_refused_licence_comes_back_at_once() =>
        new SafetyLicenceRefusedFeedback().Check(new SafetyLicenceRefused { Licence = "", DecisionNumber = "", RefusedOn = Task.Today.AddDays(1) }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["licence", "decisionNumber", "refusedOn"]);

    [Theory]
    [Trait("Requirement", "R-3.2.1.a")]
    [InlineData(BasisKind.AdministrativeAct, null)]
    [InlineData(BasisKind.Registration, "basis-does-not-fit")]
    [InlineData(BasisKind.UnfulfilledJudgment, "basis-does-not-fit")]
    public void The_standard_rests_on_administrative_acts(BasisKind basis, string? refusal) =>
        new SeriousSafetyViolation().Check(new ProposalFacts(SubjectKind.LegalPerson, "发生较大生产安全事故，负有责任。", basis, new DateOnly(2026, 11, 24), new Validity(new DateOnly(2026, 11, 24), new DateOnly(2029, 11, 23)), AbleButRefuses: false))
            .Select(each => each.Code).ShouldBe(refusal is null ? [] : [refusal]);

    [Fact]
    [Trait("Invariant", "I60")]
    public void The_order_sets_three_years_an_exit_after_twelve_months_and_notice_first()
    {
        var order = new SeriousSafetyViolation();
        (order.LongestTermInMonths, ((ICriterion)order).EarliestExitInMonths, ((ICriterion)order).NoticeBeforeRecognition).ShouldBe((36, 12, true));
    }
}
