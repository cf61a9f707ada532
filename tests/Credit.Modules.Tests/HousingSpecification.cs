using Credit.Conformance;
using Credit.Core.Modules;
using Credit.Modules.Housing;
using Credit.Modules.Housing.Feedback;

namespace Credit.Modules.Tests;

public sealed class Housing_keeps_the_contract : ModuleSpecification<HousingModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new LimitedBid { Project = "某某安置房工程", Section = "二标段", TenderDocument = "RC-2026-009", LimitedOn = Task.Today },
        new ConcessionLimited { Project = "某某片区集中供热", Sector = "供热", Decision = "不予授予", DecidedOn = Task.Today },
        new ProfessionLimited { Register = "注册建造师", Decision = "不予注册", DecisionNumber = "任住建〔2026〕5号", DecidedOn = Task.Today, Months = 12 },
        new ProfessionLimited { Register = "房地产开发企业资质", Decision = "记入信用档案", DecisionNumber = "任住建〔2026〕6号", DecidedOn = Task.Today },
        new SafetyLicenceLimited { Decision = "不予延期", DecisionNumber = "任住建安〔2026〕1号", DecidedOn = Task.Today },
        new RenovationRefused { Works = "高档装修", ApplicationNumber = "装备〔2026〕11号", OrderNumber = "（2026）鲁0811执123号", RefusedOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new LimitedBid { Project = "某某安置房工程", Section = "", TenderDocument = "RC-2026-009", LimitedOn = Task.Today },
        new ConcessionLimited { Project = "某某片区集中供热", Sector = "餐饮", Decision = "罚款", DecidedOn = Task.Today },
        new ProfessionLimited { Register = "注册建造师", Decision = "不予注册", DecisionNumber = "任住建〔2026〕5号", DecidedOn = Task.Today },
        new ProfessionLimited { Register = "注册建造师", Decision = "记入信用档案", DecisionNumber = "任住建〔2026〕5号", DecidedOn = Task.Today, Months = 6 },
        new SafetyLicenceLimited { Decision = "警告", DecisionNumber = "任住建安〔2026〕1号", DecidedOn = Task.Today },
        new RenovationRefused { Works = "高档装修", ApplicationNumber = "装备〔2026〕11号", OrderNumber = "", RefusedOn = Task.Today },
    ];

    [Fact]
    public void Every_fault_of_a_limited_bid_comes_back_at_once() =>
        new LimitedBidFeedback().Check(new LimitedBid { Project = "", Section = "", TenderDocument = "", LimitedOn = Task.Today.AddDays(1) }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["project", "section", "tenderDocument", "limitedOn"]);

    [Fact]
    [Trait("Requirement", "R-3.5.1.b")]
    public void Every_mandatory_measure_other_memoranda_give_it_has_a_report()
    {
        var catalog = ModuleCatalog.Discover();
        var answered = catalog.Modules.Single(module => module.Manifest.Key == "housing").FeedbackKinds.SelectMany(kind => kind.Answers).ToHashSet();
        var owed = catalog.Memoranda.SelectMany(memorandum => memorandum.Measures)
            .Where(measure => measure is { Obligation: Domain.Enforcement.MeasureObligation.Mandatory, IsDraft: false } && measure.Departments.Contains("housing")).ToArray();
        owed.ShouldNotBeEmpty();
        owed.Where(measure => !measure.Canonical.Any(answered.Contains)).Select(measure => measure.Key).ShouldBeEmpty();
    }
}
