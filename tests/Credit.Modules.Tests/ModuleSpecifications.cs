using Credit.Conformance;
using Credit.Core.Modules;
using Credit.Modules.Commerce;
using Credit.Modules.MarketSupervision;
using Credit.Modules.MarketSupervision.Feedback;
using Credit.Modules.PublicResourceTrading;
using Credit.Modules.PublicResourceTrading.Feedback;
using Credit.Modules.Tax;
using Credit.Modules.Tax.Feedback;
using Credit.Modules.YouthLeague;

namespace Credit.Modules.Tests;

public sealed class Tax_keeps_the_contract : ModuleSpecification<TaxModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new TaxGradeSetToD { DecisionNumber = "税信判〔2026〕1号", DecidedOn = Task.Today, FromYear = 2026, ToYear = 2028 },
        new ExitBanRequested { RequestNumber = "税阻〔2026〕1号", RequestedOn = Task.Today, TaxOwed = 507_000m },
        new TaxServiceGranted { Service = "普通发票按需领用", GrantedOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new TaxGradeSetToD { DecisionNumber = "税信判〔2026〕1号", DecidedOn = Task.Today, FromYear = 2028, ToYear = 2026 },
        new ExitBanRequested { RequestNumber = "税阻〔2026〕1号", RequestedOn = Task.Today, TaxOwed = 507_000m, Secured = true },
        new TaxServiceGranted { Service = " ", GrantedOn = Task.Today },
    ];
}

public sealed class Market_supervision_keeps_the_contract : ModuleSpecification<MarketSupervisionModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new RefusedRegistration { Company = "某某商贸有限公司", Office = "法定代表人", DecisionNumber = "不予登记〔2026〕1号", RefusedOn = Task.Today },
        new StricterInspection { Plan = "2026年双随机计划", InspectionsPerYear = 2, From = Task.Today },
        new PublishedInRegister { Address = "https://register.example/1", PublishedOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new RefusedRegistration { Company = "某某商贸有限公司", Office = "股东", DecisionNumber = "不予登记〔2026〕1号", RefusedOn = Task.Today },
        new StricterInspection { Plan = "2026年双随机计划", InspectionsPerYear = 0, From = Task.Today },
        new PublishedInRegister { Address = "register", PublishedOn = Task.Today.AddDays(1) },
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

public sealed class Public_resource_trading_keeps_the_contract : ModuleSpecification<PublicResourceTradingModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new RefusedBid { Project = "某某道路工程", TenderDocument = "RC-2026-001", RefusedOn = Task.Today },
        new RefusedExchange { Project = "某某地块", Right = "土地使用权", RefusedOn = Task.Today },
        new ExpertNotAppointed { Pool = "综合评标专家库", Removed = true, DecidedOn = Task.Today },
        new ProcurementRefused { Project = "某某设备采购", ProcurementNumber = "SDGP-2026-001", RefusedOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new RefusedBid { Project = "", TenderDocument = "", RefusedOn = Task.Today.AddDays(1) },
        new RefusedExchange { Project = "某某地块", Right = "", RefusedOn = Task.Today },
        new ExpertNotAppointed { Pool = "综合评标专家库", DecidedOn = Task.IssuedOn.AddDays(-1) },
        new ProcurementRefused { Project = "某某设备采购", ProcurementNumber = "", RefusedOn = Task.Today },
    ];

    [Fact]
    public void Every_fault_of_a_refused_bid_comes_back_at_once() =>
        new RefusedBidFeedback().Check(new RefusedBid { Project = "", TenderDocument = "", RefusedOn = Task.Today.AddDays(1) }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["project", "tenderDocument", "refusedOn"]);
}

public sealed class Commerce_keeps_the_contract : ModuleSpecification<CommerceModule>;

public sealed class Youth_league_keeps_the_contract : ModuleSpecification<YouthLeagueModule>;

public sealed class EveryModuleTests
{
    [Fact]
    public void Every_module_the_host_is_built_with_is_held_to_the_contract()
    {
        var specified = typeof(EveryModuleTests).Assembly.GetTypes()
            .Select(type => type.BaseType)
            .Where(parent => parent is { IsGenericType: true } && parent.GetGenericTypeDefinition() == typeof(ModuleSpecification<>))
            .Select(parent => parent!.GenericTypeArguments[0])
            .ToHashSet();
        var modules = ModuleCatalog.Discover().Modules;
        modules.Select(module => module.Manifest.Key).ShouldBe(["commerce", "court", "financial", "housing", "market", "statistics", "tax", "trading", "youth"]);
        modules.Where(module => !specified.Contains(module.Definition.GetType())).ShouldBeEmpty();
    }
}
