using Credit.Abstractions;
using Credit.Conformance;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.Modules.Ecology;
using Credit.Modules.Ecology.Criteria;
using Credit.Modules.Ecology.Feedback;

namespace Credit.Modules.Tests;

public sealed class Ecology_keeps_the_contract : ModuleSpecification<EcologyModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new EnvironmentalInspection { Plan = "2026年双随机计划", InspectionsPerYear = 4, OnlineMonitoring = true, From = Task.Today },
        new EnvironmentalSupportStopped { Programme = "大气污染防治专项资金", Form = "不予批准", Amount = 300_000m, DecisionNumber = "任环资〔2026〕1号", DecidedOn = Task.Today },
        new ImpactReviewTightened { Project = "某某涂料项目", DocumentKind = "报告表", Outcome = "退回补正", DecisionNumber = "任环审〔2026〕1号", DecidedOn = Task.Today },
        new ImpactReviewTightened { Project = "某某涂料项目", DocumentKind = "报告书", Outcome = "批准", Conditions = "VOCs末端治理后达标排放", DecisionNumber = "任环审〔2026〕2号", DecidedOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new EnvironmentalInspection { Plan = "2026年双随机计划", InspectionsPerYear = 366, From = Task.Today },
        new EnvironmentalSupportStopped { Programme = "大气污染防治专项资金", Form = "不予批准", Amount = 2_000_000_000m, DecisionNumber = "任环资〔2026〕1号", DecidedOn = Task.Today },
        new EnvironmentalSupportStopped { Programme = "大气污染防治专项资金", Form = "减半", Amount = 300_000m, DecisionNumber = "任环资〔2026〕1号", DecidedOn = Task.Today },
        new ImpactReviewTightened { Project = "某某涂料项目", DocumentKind = "报告书", Outcome = "批准", DecisionNumber = "任环审〔2026〕2号", DecidedOn = Task.Today },
        new ImpactReviewTightened { Project = "某某涂料项目", DocumentKind = "登记表", Outcome = "不予批准", DecisionNumber = "任环审〔2026〕2号", DecidedOn = Task.Today },
    ];

    [Fact]
    public void Every_fault_of_an_inspection_comes_back_at_once() =>
        new EnvironmentalInspectionFeedback().Check(new EnvironmentalInspection { Plan = " ", From = Task.Today.AddDays(1) }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["plan", "inspectionsPerYear", "from"]);

    [Fact]
    public void Every_fault_of_support_stopped_comes_back_at_once() =>
        new EnvironmentalSupportStoppedFeedback().Check(new EnvironmentalSupportStopped { Programme = "", Form = "", Amount = -1m, DecisionNumber = "", DecidedOn = Task.IssuedOn.AddDays(-1) }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["programme", "form", "amount", "decisionNumber", "decidedOn"]);

    [Fact]
    public void Every_fault_of_an_impact_review_comes_back_at_once() =>
        new ImpactReviewTightenedFeedback().Check(new ImpactReviewTightened { Project = "", DocumentKind = "", Outcome = "批准", DecisionNumber = "", DecidedOn = Task.Today.AddDays(1) }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["project", "documentKind", "conditions", "decisionNumber", "decidedOn"]);

    [Theory]
    [Trait("Requirement", "R-3.2.1.a")]
    [InlineData(BasisKind.AdministrativeAct, null)]
    [InlineData(BasisKind.Registration, "basis-does-not-fit")]
    [InlineData(BasisKind.UnfulfilledJudgment, "basis-does-not-fit")]
    public void The_standard_rests_on_administrative_acts(BasisKind basis, string? refusal) =>
        new SeriousEnvironmentalViolation().Check(new ProposalFacts(SubjectKind.LegalPerson, "私设暗管排放水污染物。", basis, new DateOnly(2026, 11, 24), new Validity(new DateOnly(2026, 11, 24), new DateOnly(2029, 11, 23)), AbleButRefuses: false))
            .Select(each => each.Code).ShouldBe(refusal is null ? [] : [refusal]);
}
