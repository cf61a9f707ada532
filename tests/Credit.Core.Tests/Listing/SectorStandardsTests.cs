using System.Net;
using System.Text.Json;
using Credit.Core.Modules;
using Credit.Core.Tests.Enforcement;
using Credit.Domain.Enforcement;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Listing;

/// <summary>Standards of the courts and of statistics, from the proposal to the reports of those who carry the measures out.</summary>
public sealed class SectorStandardsTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _journey = new(host);

    [Theory]
    [Trait("Requirement", "R-3.2.1.a")]
    [InlineData("被执行人尚未履行。", "2028-11-24", "situation-not-stated")]
    [InlineData("违反财产报告制度。", "2028-11-25", "term-too-long")]
    public async Task A_debtor_in_no_situation_or_for_too_long_is_refused(string facts, string validTo, string refusal)
    {
        var refused = await _journey.Entries.TryProposeAsync("court.officer", Debtor("D0", facts, validTo));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, refused.Body);
        refused.Body.ShouldContain(refusal);
    }

    [Fact]
    [Trait("Requirement", "R-3.2.1.a")]
    [Trait("Requirement", "R-3.5.1.b")]
    [Trait("Invariant", "I42")]
    public async Task A_debtor_is_listed_by_the_court_and_every_department_of_the_memorandum_reports_in_its_own_words()
    {
        var entry = await _journey.Entries.InForceAsync("court", Debtor("D1", "有履行能力而拒不履行生效法律文书确定的义务。", "2028-11-24"));
        await host.SettleAsync();
        var tasks = await _journey.TasksAsync(entry.Id);

        (await _journey.ReadAsync(db => db.Entries.Where(each => each.Id == entry.Id).Select(each => each.Criterion).SingleAsync())).ShouldBe("court/untrustworthy-debtor");
        var memorandum = host.Services.GetRequiredService<ModuleCatalog>().Memoranda.Single(each => each.Code == "COURT");
        tasks.Select(task => (task.MeasureKey, task.Department))
            .ShouldBe(memorandum.Measures.SelectMany(measure => measure.Departments, (measure, department) => (measure.Key, department)), ignoreOrder: true);
        tasks.Count(task => task.Obligation == MeasureObligation.Mandatory).ShouldBeGreaterThan(20);

        await ReportedAsync(tasks, "COURT/10", "court", "court/feedback/crime-referral", new { caseNumber = "（2026）鲁0811执901号", step = "移送公安机关", documentNumber = "移〔2026〕1号", takenOn = "2026-11-24" }, "CrimeReferrals?$filter=Step eq '移送公安机关'");
        await ReportedAsync(tasks, "COURT/7.6", "housing", "housing/feedback/renovation-refused", new { works = "高档装修", applicationNumber = "装备〔2026〕1号", orderNumber = "（2026）鲁0811执901号之一", refusedOn = "2026-11-24" }, "RefusedRenovations?$filter=Works eq '高档装修'");
        await ReportedAsync(tasks, "COURT/1.1", "financial-services", "financial/feedback/guarantee-company-advised", new { institution = "任城某某融资担保有限公司", institutionKind = "融资担保公司", matter = "设立", advisedOn = "2026-11-24", binding = false }, "GuaranteeCompanyAdvices?$filter=Matter eq '设立'");
    }

    [Fact]
    [Trait("Requirement", "R-3.6.2")]
    public async Task The_court_binds_itself_to_the_three_days_its_standard_gives_for_deletion()
    {
        var set = await _journey.Entries.PutAsync("court.approver", "/api/policy/workflow", 1, new { decideEarlyExitDays = 3 });

        set.Status.ShouldBe(HttpStatusCode.OK, set.Body);
        JsonDocument.Parse(set.Body).RootElement.GetProperty("decideEarlyExitDays").GetInt32().ShouldBe(3);
    }

    [Fact]
    [Trait("Requirement", "R-3.4.3.c")]
    public async Task What_tells_a_lender_what_to_do_is_refused()
    {
        var entry = await _journey.Entries.InForceAsync("court", Debtor("D2", "以转移财产规避执行。", "2028-11-24"));
        await host.SettleAsync();
        var task = (await _journey.TasksAsync(entry.Id)).Single(each => each.MeasureKey == "COURT/5.3");
        task.Obligation.ShouldBe(MeasureObligation.Recommended);
        (await _journey.OnTaskAsync("financial-services.officer", task.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
        var advice = new { institution = "任城农商银行", matter = "融资授信", advisedOn = "2026-11-24", binding = true };

        var ordered = await _journey.TypedAsync("financial-services.officer", task.Id, "financial/feedback/lender-advised", advice);

        ordered.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, ordered.Body);
        ordered.Body.ShouldContain("advice-not-order");
        var advised = await _journey.TypedAsync("financial-services.officer", task.Id, "financial/feedback/lender-advised", advice with { binding = false });
        advised.Status.ShouldBe(HttpStatusCode.OK, advised.Body);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.1.b")]
    public async Task A_tax_debtor_who_refuses_is_taken_up_by_the_court_until_performance()
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("D3")).With(("ableButRefuses", true)));
        await host.SettleAsync();

        await ReportedAsync(
            await _journey.TasksAsync(entry.Id), "TAX-BLACK/5", "court", "court/feedback/enforcement-listing",
            new { caseNumber = "（2026）鲁0811执902号", decisionNumber = "失信决定〔2026〕9号", situation = 1, listedOn = "2026-11-24" }, "EnforcementListings?$filter=Situation eq 1 and LastDay eq null");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.1.b")]
    public async Task Both_tax_bureaus_report_in_the_module_s_words_and_each_finds_its_own_report()
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("D6")));
        await host.SettleAsync();
        var tasks = await _journey.TasksAsync(entry.Id);
        var grade = new { decisionNumber = "任税评〔2026〕61号", decidedOn = "2026-11-24", fromYear = 2026, toYear = 2027 };

        foreach (var bureau in new[] { "tax", "tax-development-zone" })
        {
            var task = tasks.Single(each => each.MeasureKey == "TAX-BLACK/1" && each.Department == bureau);
            (await _journey.OnTaskAsync($"{bureau}.officer", task.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
            var plain = await _journey.OnTaskAsync($"{bureau}.officer", task.Id, "feedback", new { handleType = 1, action = "已判为D级", result = "已落实" });
            plain.Status.ShouldBe(HttpStatusCode.Conflict, plain.Body);
            plain.Body.ShouldContain("typed-feedback-expected");
            var told = await _journey.TypedAsync($"{bureau}.officer", task.Id, "tax/feedback/grade-set-to-d", grade);
            told.Status.ShouldBe(HttpStatusCode.OK, told.Body);
            using var own = await host.AsAsync($"{bureau}.officer");
            (await _journey.Entries.ListAsync(own, "/odata/official/TaxGradeDecisions")).ShouldHaveSingleItem().GetProperty("Department").GetString().ShouldBe(bureau);
        }
    }

    [Fact]
    [Trait("Requirement", "R-3.5.1.b")]
    public async Task What_the_court_s_memorandum_asks_of_others_they_report_in_their_own_words()
    {
        var entry = await _journey.Entries.InForceAsync("court", Debtor("D7", "有履行能力而拒不履行生效法律文书确定的义务。", "2028-11-24").With(("ableButRefuses", true)));
        await host.SettleAsync();
        var tasks = await _journey.TasksAsync(entry.Id);

        await ReportedAsync(tasks, "COURT/6.1", "finance", "finance/feedback/state-asset-deal-refused", new { project = "任城区闲置厂房出租", deal = "资产出租", outcome = "取消受让资格", decisionNumber = "任财资〔2026〕1号", decidedOn = "2026-11-24" }, "StateAssetDealRefusals?$filter=Deal eq '资产出租'");
        await ReportedAsync(tasks, "COURT/7.2", "commerce", "commerce/feedback/high-spending-notice", new { noticeNumber = "任商通〔2026〕1号", venue = "星级宾馆", venuesTold = 12, refusals = 1, notifiedOn = "2026-11-24" }, "HighSpendingNotices?$filter=VenuesTold gt 10");
    }

    [Fact]
    [Trait("Requirement", "R-3.2.1.a")]
    [Trait("Requirement", "R-3.5.3.c")]
    public async Task An_enterprise_is_listed_for_its_statistics_for_a_year_and_drafts_are_given_to_nobody()
    {
        var person = Proposals.BlackPerson().With(("domain", "统计"), ("standard", "统计严重失信企业信用管理办法（国家统计局令第35号）"), ("validTo", "2027-11-24"), ("punishMonths", 12));
        (await _journey.Entries.TryProposeAsync("statistics.officer", person)).Body.ShouldContain("subject-kind-does-not-fit");
        (await _journey.Entries.TryProposeAsync("statistics.officer", Statistics("D4", "2027-11-25"))).Body.ShouldContain("term-too-long");

        var untold = await _journey.Entries.MoveAsync(
            "statistics.approver", await _journey.Entries.ProposeAsync("statistics.officer", Statistics("D5", "2027-11-24")), "recognition", new { watchMonthsAfterExit = 12 });
        untold.Status.ShouldBe(HttpStatusCode.Conflict, untold.Body);
        untold.Body.ShouldContain("prior-notice-missing");

        var entry = await _journey.Entries.InForceAsync("statistics", Statistics("D4", "2027-11-24"), noticedOn: "2026-11-10");
        await host.SettleAsync();

        var stored = await _journey.ReadAsync(db => db.Entries.Where(each => each.Id == entry.Id).Select(each => new { each.Criterion, each.EarliestExitMonths }).SingleAsync());
        (stored.Criterion, stored.EarliestExitMonths).ShouldBe(("statistics/serious-dishonesty", 6));
        (await _journey.TasksAsync(entry.Id)).ShouldBeEmpty("every row of the memorandum is a draft");
        using var own = await host.AsAsync("statistics.officer");
        (await _journey.Entries.ListAsync(own, "/odata/official/StatisticalInspections?$filter=PeriodsChecked gt 3")).ShouldBeEmpty();
    }

    private async Task ReportedAsync(List<MeasureTask> tasks, string measure, string department, string kind, object report, string rows)
    {
        var task = tasks.Single(each => each.MeasureKey == measure && each.Department == department);
        (await _journey.OnTaskAsync($"{department}.officer", task.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
        var told = await _journey.TypedAsync($"{department}.officer", task.Id, kind, report);
        told.Status.ShouldBe(HttpStatusCode.OK, told.Body);
        using var own = await host.AsAsync($"{department}.officer");
        (await _journey.Entries.ListAsync(own, $"/odata/official/{rows}")).ShouldHaveSingleItem().GetProperty("TaskId").GetGuid().ShouldBe(task.Id);
    }

    private static object Debtor(string mark, string facts, string validTo) => Proposals.Black(Proposals.Code(mark), validTo, "司法执行").With(
        ("category", "Refusal"),
        ("facts", facts),
        ("standard", "最高人民法院关于公布失信被执行人名单信息的若干规定（法释〔2017〕7号）"),
        ("bases", new[] { new { kind = "UnfulfilledJudgment", text = "法释〔2017〕7号第一条", documentNumber = $"（2026）鲁0811执{mark}号" } }),
        ("punishMonths", 24),
        ("repairModes", "履行生效法律文书确定的义务"));

    private static object Statistics(string mark, string validTo) => Proposals.Black(Proposals.Code(mark), validTo, "统计").With(
        ("facts", "提供不真实统计资料，违法数额占应报数额百分之五十以上。"),
        ("standard", "统计严重失信企业信用管理办法（国家统计局令第35号）"),
        ("bases", new[] { new { kind = "AdministrativeAct", text = "统计法第四十一条", documentNumber = $"任统罚〔2026〕{mark}号" } }),
        ("punishMonths", 12));
}
