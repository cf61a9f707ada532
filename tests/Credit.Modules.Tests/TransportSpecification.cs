using Credit.Abstractions;
using Credit.Conformance;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.Modules.Transport;
using Credit.Modules.Transport.Criteria;
using Credit.Modules.Transport.Feedback;

namespace Credit.Modules.Tests;

public sealed class Transport_keeps_the_contract : ModuleSpecification<TransportModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new OperationRestricted { Business = "道路货物运输经营", Outcome = "从严审核后许可", DecisionNumber = "任交许〔2026〕1号", DecidedOn = Task.Today },
        new HaulierInspection { Plan = "2026年路政联合治超计划", InspectionsPerYear = 12, Vehicles = 8, From = Task.Today },
        new RoadworksBidRefused { Project = "农村公路改造工程", Section = "第一标段", TenderDocument = "RCJT-2026-001", RefusedOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new OperationRestricted { Business = "道路货物运输经营", Outcome = "许可", DecisionNumber = "任交许〔2026〕1号", DecidedOn = Task.Today },
        new HaulierInspection { Plan = "2026年路政联合治超计划", InspectionsPerYear = 12, Vehicles = -1, From = Task.Today },
        new RoadworksBidRefused { Project = "农村公路改造工程", Section = "", TenderDocument = "RCJT-2026-001", RefusedOn = Task.Today },
    ];

    [Fact]
    public void Every_fault_of_a_restricted_operation_comes_back_at_once() =>
        new OperationRestrictedFeedback().Check(new OperationRestricted { Business = "", Outcome = "", DecisionNumber = "", DecidedOn = Task.Today.AddDays(1) }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["business", "outcome", "decisionNumber", "decidedOn"]);

    [Fact]
    public void Every_fault_of_an_inspection_comes_back_at_once() =>
        new HaulierInspectionFeedback().Check(new HaulierInspection { Plan = "", InspectionsPerYear = 0, Vehicles = -1, From = Task.IssuedOn.AddDays(-1) }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["plan", "inspectionsPerYear", "vehicles", "from"]);

    [Fact]
    public void Every_fault_of_a_refused_bid_comes_back_at_once() =>
        new RoadworksBidRefusedFeedback().Check(new RoadworksBidRefused { Project = "", Section = "", TenderDocument = "", RefusedOn = Task.Today.AddDays(1) }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["project", "section", "tenderDocument", "refusedOn"]);

    [Theory]
    [Trait("Requirement", "R-3.2.1.a")]
    [InlineData(BasisKind.AdministrativeAct, null)]
    [InlineData(BasisKind.Registration, "basis-does-not-fit")]
    [InlineData(BasisKind.UnfulfilledJudgment, "basis-does-not-fit")]
    public void The_standard_rests_on_administrative_acts(BasisKind basis, string? refusal) =>
        new SeriousOverloading().Check(new ProposalFacts(SubjectKind.LegalPerson, "货运车辆一年内违法超限运输四次。", basis, new DateOnly(2026, 11, 24), new Validity(new DateOnly(2026, 11, 24), new DateOnly(2029, 11, 23)), AbleButRefuses: false))
            .Select(each => each.Code).ShouldBe(refusal is null ? [] : [refusal]);
}
