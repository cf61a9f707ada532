using Credit.Conformance;
using Credit.Core.Modules;
using Credit.Modules.AdministrativeApproval;
using Credit.Modules.AdministrativeApproval.Feedback;
using Credit.Modules.Commerce;
using Credit.Modules.Commerce.Feedback;
using Credit.Modules.Finance;
using Credit.Modules.Finance.Feedback;
using Credit.Modules.MarketSupervision;
using Credit.Modules.MarketSupervision.Feedback;
using Credit.Modules.PublicResourceTrading;
using Credit.Modules.PublicResourceTrading.Feedback;
using Credit.Modules.Tax;
using Credit.Modules.Tax.Feedback;
using Credit.Modules.YouthLeague;
using Credit.Modules.YouthLeague.Feedback;

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

public sealed class Commerce_keeps_the_contract : ModuleSpecification<CommerceModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new TradePromotion { Fair = "济宁市进出口商品展", RecommendedOn = Task.Today },
        new PreferenceWithheld { Policy = "外贸发展专项支持", Treatment = "从严审核", DecidedOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new TradePromotion { Fair = " ", RecommendedOn = Task.Today.AddDays(1) },
        new PreferenceWithheld { Policy = "外贸发展专项支持", Treatment = "罚款", DecidedOn = Task.Today },
    ];
}

public sealed class Youth_league_keeps_the_contract : ModuleSpecification<YouthLeagueModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new VolunteerReward { Field = "教育", Reward = "优先参加职业培训", GivenOn = Task.Today },
        new YouthHonourRefused { Honour = "青年文明号", Action = "取消评选资格", DecidedOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new VolunteerReward { Field = "旅游", Reward = "", GivenOn = Task.Today },
        new YouthHonourRefused { Honour = "青年文明号", Action = "批评", DecidedOn = Task.IssuedOn.AddDays(-1) },
    ];
}

public sealed class Finance_keeps_the_contract : ModuleSpecification<FinanceModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new ProcurementBan { DecisionNumber = "任财采〔2026〕1号", DecidedOn = Task.Today, BannedFrom = Task.Today, BannedTo = Task.Today.AddYears(1) },
        new FundsWithheld { Fund = "技术改造专项资金", Treatment = "不予支持", DecidedOn = Task.Today },
        new FundsPreferred { Fund = "技术改造专项资金", GrantedOn = Task.Today },
        new OfficeRefused { Enterprise = "某某城市建设投资有限公司", Office = "董事", RefusedOn = Task.Today },
        new PracticeBan { Profession = "会计人员", DecisionNumber = "任财会〔2026〕1号", DecidedOn = Task.Today, BannedFrom = Task.Today, BannedTo = Task.Today.AddYears(5) },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new ProcurementBan { DecisionNumber = "任财采〔2026〕1号", DecidedOn = Task.Today, BannedFrom = Task.Today, BannedTo = Task.Today.AddDays(-1) },
        new FundsWithheld { Fund = "技术改造专项资金", Treatment = "罚款", DecidedOn = Task.Today },
        new FundsPreferred { Fund = new string('某', 201), GrantedOn = Task.Today },
        new OfficeRefused { Enterprise = "某某城市建设投资有限公司", Office = "股东", RefusedOn = Task.Today },
        new PracticeBan { Profession = "会计人员", DecisionNumber = "任财会\u0007", DecidedOn = Task.Today.AddDays(1), BannedFrom = Task.Today, BannedTo = Task.Today },
    ];
}

public sealed class Administrative_approval_keeps_the_contract : ModuleSpecification<AdministrativeApprovalModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new StrictReview { Matter = "建筑业企业资质认定", ApplicationNumber = "RC-XK-2026-1", Outcome = "不予许可", DecidedOn = Task.Today },
        new RegistrationRefused { Organisation = "某某商贸有限公司", Office = "监事", DecisionNumber = "不予登记〔2026〕1号", RefusedOn = Task.Today },
        new GreenChannelUsed { Matter = "食品经营许可", ApplicationNumber = "RC-XK-2026-2", Manner = "容缺受理", HandledOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new StrictReview { Matter = "", ApplicationNumber = "RC-XK-2026-1", Outcome = "不予许可", DecidedOn = Task.Today },
        new RegistrationRefused { Organisation = "某某商贸有限公司", Office = "股东", DecisionNumber = "不予登记〔2026〕1号", RefusedOn = Task.Today },
        new GreenChannelUsed { Matter = "食品经营许可", ApplicationNumber = "RC-XK-2026-2", Manner = "加急", HandledOn = Task.IssuedOn.AddDays(-1) },
    ];
}

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
        modules.Select(module => module.Manifest.Key).ShouldBe(["approval", "commerce", "court", "finance", "financial", "housing", "market", "statistics", "tax", "trading", "youth"]);
        modules.Where(module => !specified.Contains(module.Definition.GetType())).ShouldBeEmpty();
    }
}
