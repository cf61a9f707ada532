using Credit.Abstractions;
using Credit.Conformance;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.Modules.Statistics;
using Credit.Modules.Statistics.Criteria;
using Credit.Modules.Statistics.Feedback;

namespace Credit.Modules.Tests;

public sealed class Statistics_keeps_the_contract : ModuleSpecification<StatisticsModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new StatisticalInspection { Plan = "2026年统计执法检查计划", Survey = "规模以上工业统计报表制度", PeriodsChecked = 12, FiguresDiffer = true, InspectedOn = Task.Today },
        new DishonestyPublished { Page = "https://stats.example/1", PublishedOn = Task.Today, Until = Task.Today.AddYears(1) },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new StatisticalInspection { Plan = "", Survey = "", PeriodsChecked = 0, InspectedOn = Task.Today.AddDays(1) },
        new DishonestyPublished { Page = "stats", PublishedOn = Task.Today, Until = Task.Today },
        new DishonestyPublished { Page = "https://stats.example/1", PublishedOn = Task.Today, Until = Task.Today.AddYears(1).AddDays(1) },
        new DishonestyPublished { Page = "https://stats.example/1", PublishedOn = Task.Today, Until = Task.Today.AddDays(-1) },
    ];

    [Fact]
    public void Every_fault_of_an_inspection_comes_back_at_once() =>
        new StatisticalInspectionFeedback().Check(new StatisticalInspection { Plan = "", Survey = " ", PeriodsChecked = 61, InspectedOn = Task.IssuedOn.AddDays(-1) }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["plan", "survey", "inspectedOn", "periodsChecked"]);

    [Theory]
    [InlineData(SubjectKind.LegalPerson, BasisKind.AdministrativeAct)]
    [InlineData(SubjectKind.NaturalPerson, BasisKind.AdministrativeAct, "subject-kind-does-not-fit")]
    [InlineData(SubjectKind.LegalPerson, BasisKind.Registration, "basis-does-not-fit")]
    [InlineData(SubjectKind.NaturalPerson, BasisKind.Other, "subject-kind-does-not-fit", "basis-does-not-fit")]
    public void Enterprises_are_listed_on_a_decision_for_a_year(SubjectKind kind, BasisKind basis, params string[] refusals)
    {
        var (standard, day) = (new SeriousStatisticalDishonesty(), new DateOnly(2026, 11, 24));
        standard.Check(new ProposalFacts(kind, "提供不真实统计资料，情节严重。", basis, day, new Validity(day, day.AddYears(1)), false)).Select(each => each.Code).ShouldBe(refusals);
        (standard.LongestTermInMonths, standard.EarliestExitInMonths).ShouldBe((12, 6));
    }
}
