using Credit.Conformance;
using Credit.Modules.MarketSupervision;
using Credit.Modules.MarketSupervision.Feedback;

namespace Credit.Modules.Tests;

public sealed class Market_supervision_keeps_the_contract : ModuleSpecification<MarketSupervisionModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new RefusedRegistration { Company = "某某商贸有限公司", Office = "法定代表人", DecisionNumber = "不予登记〔2026〕1号", RefusedOn = Task.Today },
        new StricterInspection { Plan = "2026年双随机计划", InspectionsPerYear = 2, From = Task.Today },
        new PublishedInRegister { Address = "https://register.example/1", PublishedOn = Task.Today },
        new QualityLicenceRefused { Licence = "认证证书", ApplicationNumber = "RZ-2026-1", Outcome = "不予颁发", DecidedOn = Task.Today },
        new PatentBenefitCancelled { Benefit = "专利优先审查", DecisionNumber = "知取〔2026〕1号", DecidedOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new RefusedRegistration { Company = "某某商贸有限公司", Office = "股东", DecisionNumber = "不予登记〔2026〕1号", RefusedOn = Task.Today },
        new StricterInspection { Plan = "2026年双随机计划", InspectionsPerYear = 0, From = Task.Today },
        new PublishedInRegister { Address = "register", PublishedOn = Task.Today.AddDays(1) },
        new QualityLicenceRefused { Licence = "驾驶证", ApplicationNumber = "", Outcome = "不予颁发", DecidedOn = Task.Today },
        new PatentBenefitCancelled { Benefit = "其他", DecisionNumber = "知取〔2026〕1号", DecidedOn = Task.Today },
    ];

    [Fact]
    public void Food_and_drug_subjects_are_inspected_every_half_year_at_least()
    {
        var report = new StricterInspection { Plan = "2026年双随机计划", InspectionsPerYear = 1, From = Task.Today };
        var check = new StricterInspectionFeedback();
        check.Check(report, Task with { MeasureKey = "FDA/1" }).ShouldHaveSingleItem().Code.ShouldBe("frequency-too-low");
        check.Check(report, Task with { MeasureKey = "SAIC/IV-10" }).ShouldBeEmpty();
    }
}
