using System.Net;
using System.Text.Json;
using Credit.Abstractions;
using Credit.Core.Modules;
using Credit.Core.Tests.Listing;
using Credit.Domain.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Enforcement;

/// <summary>The lists of ecology, work safety, wages, transport, tax and market supervision: under their own standard, through the API, to the department's own report.</summary>
public sealed class SectorListTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _journey = new(host);

    [Theory]
    [Trait("Requirement", "R-3.2.1.a")]
    [Trait("Requirement", "R-3.5.1.b")]
    [Trait("Invariant", "I60")]
    [InlineData("ecology/serious-violation", "ecology", "J0", "私设暗管排放水污染物。", false, null)]
    [InlineData("emergency/serious-violation", "emergency", "J1", "发生较大生产安全事故，负有责任。", true, 12)]
    [InlineData("wages/arrears", "human-resources", "J2", "拖欠农民工工资三十万元，经责令限期支付，逾期未支付。", true, 6)]
    [InlineData("transport/overload", "transport", "J3", "货运车辆一年内违法超限运输四次。", false, null)]
    [InlineData("tax/major-violation", "tax", "J8", "采取偷税手段，少缴税款一百二十万元。", true, null)]
    [InlineData("market/serious-violation", "market-supervision", "J9", "组织虚假交易，情节严重。", true, 12)]
    [InlineData("market/food-and-drug-violation", "market-supervision", "JA", "经营超过保质期的食品，情节严重。", true, 12)]
    [InlineData("market/intellectual-property-violation", "market-supervision", "JB", "提交非正常专利申请，情节严重。", true, null)]
    public async Task A_black_entry_under_the_standard_gives_its_departments_their_tasks(
        string criterion, string department, string mark, string facts, bool noticeFirst, int? earliestExit)
    {
        var standard = Standard(criterion);
        var proposal = Under(standard, mark, facts);
        var registration = await _journey.Entries.TryProposeAsync($"{department}.officer", proposal.With(("bases", new[] { new { kind = "Registration", text = "登记信息", documentNumber = $"任登〔2026〕{mark}号" } })));
        registration.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        registration.Body.ShouldContain("basis-does-not-fit");

        var entry = await _journey.Entries.ProposeAsync($"{department}.officer", proposal);
        if (noticeFirst)
        {
            var untold = await _journey.Entries.MoveAsync($"{department}.approver", entry, "recognition", new { watchMonthsAfterExit = 12 });
            untold.Status.ShouldBe(HttpStatusCode.Conflict, untold.Body);
            untold.Body.ShouldContain("prior-notice-missing");
            var told = await _journey.Entries.MoveAsync($"{department}.officer", entry, "notice", new { deliveredOn = "2026-11-10", way = "Post", evidence = "邮寄回执" });
            told.Status.ShouldBe(HttpStatusCode.OK, told.Body);
            entry = told.Entry;
        }

        var recognised = await _journey.Entries.MoveAsync($"{department}.approver", entry, "recognition", new { watchMonthsAfterExit = 12 });
        recognised.Status.ShouldBe(HttpStatusCode.OK, recognised.Body);
        var reported = await _journey.Entries.MoveAsync($"{department}.approver", recognised.Entry, "report", new { channels = new[] { "DepartmentSite" } });
        reported.Status.ShouldBe(HttpStatusCode.OK, reported.Body);
        await host.SettleAsync();

        var stored = await _journey.ReadAsync(db => db.Entries.AsNoTracking().SingleAsync(each => each.Id == entry.Id));
        (stored.State, stored.Criterion, stored.EarliestExitMonths).ShouldBe((EntryState.Active, criterion, earliestExit));
        var owed = Memorandum(standard).Measures.Where(measure => !measure.IsDraft && !measure.OnlyAbleButRefuses)
            .SelectMany(measure => measure.Departments.Select(key => (measure.Key, key))).ToArray();
        owed.ShouldNotBeEmpty();
        (await _journey.TasksAsync(entry.Id)).Select(task => (task.MeasureKey, task.Department)).ShouldBe(owed, ignoreOrder: true);
    }

    [Theory]
    [Trait("Requirement", "R-3.5.1.b")]
    [InlineData("market/serious-violation", "market-supervision", "J4", "ecology", "SAIC/IV-10", "ecology/feedback/stricter-inspection", "EnvironmentalInspections",
        """{"plan": "2026年双随机计划", "inspectionsPerYear": 4, "onlineMonitoring": true, "from": "2026-11-24"}""", "InspectionsPerYear eq 4 and OnlineMonitoring")]
    [InlineData("emergency/serious-violation", "emergency", "J5", "emergency", "SAFE/5", "emergency/feedback/industry-ban", "IndustryBans",
        """{"field": "危险化学品经营", "decisionNumber": "（任）应急禁〔2026〕1号", "from": "2026-11-24", "to": null}""", "To eq null and Field eq '危险化学品经营'")]
    [InlineData("wages/arrears", "human-resources", "J6", "human-resources", "WAGE/4", "wages/feedback/support-withheld", "WithheldSupport",
        """{"programme": "稳岗返还", "form": "取消", "amount": 52000, "decisionNumber": "任人社补〔2026〕1号", "decidedOn": "2026-11-24"}""", "Amount gt 50000 and Form eq '取消'")]
    [InlineData("transport/overload", "transport", "J7", "transport", "OVERLOAD/6", "transport/feedback/refused-bid", "RoadworksBidRefusals",
        """{"project": "农村公路改造工程", "section": "第一标段", "tenderDocument": "RCJT-2026-001", "refusedOn": "2026-11-24"}""", "RefusedOn ge 2026-11-24 and Section eq '第一标段'")]
    public async Task The_department_reports_in_its_own_words_and_finds_the_report_by_them(
        string criterion, string recogniser, string mark, string department, string measure, string kind, string set, string report, string filter)
    {
        var entry = await InForceAsync(criterion, recogniser, mark);
        var task = (await _journey.TasksAsync(entry.Id)).Single(each => each.MeasureKey == measure && each.Department == department);
        var officer = $"{department}.officer";
        (await _journey.OnTaskAsync(officer, task.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
        (await _journey.OnTaskAsync(officer, task.Id, "feedback", new { handleType = 1, action = "已实施", result = "已落实" })).Body.ShouldContain("typed-feedback-expected");

        var told = await _journey.TypedAsync(officer, task.Id, kind, JsonSerializer.Deserialize<JsonElement>(report));

        told.Status.ShouldBe(HttpStatusCode.OK, told.Body);
        using var own = await host.AsAsync(officer);
        (await _journey.Entries.ListAsync(own, $"/odata/official/{set}?$filter={filter}")).ShouldHaveSingleItem()
            .GetProperty("MeasureKey").GetString().ShouldBe(measure);
        using var other = await host.AsAsync("tax.officer");
        (await _journey.Entries.ListAsync(other, $"/odata/official/{set}")).ShouldBeEmpty("reports of other departments are not shown");
    }

    private async Task<EntryAnswer> InForceAsync(string criterion, string recogniser, string mark)
    {
        var standard = Standard(criterion);
        var entry = await _journey.Entries.ProposeAsync($"{recogniser}.officer", Under(standard, mark, "经责令限期改正，逾期未改正。"));
        if (standard.NoticeBeforeRecognition)
        {
            entry = (await _journey.Entries.MoveAsync($"{recogniser}.officer", entry, "notice", new { deliveredOn = "2026-11-10", way = "Post", evidence = "邮寄回执" })).Entry;
        }

        var recognised = await _journey.Entries.MoveAsync($"{recogniser}.approver", entry, "recognition", new { watchMonthsAfterExit = 12 });
        recognised.Status.ShouldBe(HttpStatusCode.OK, recognised.Body);
        var reported = await _journey.Entries.MoveAsync($"{recogniser}.approver", recognised.Entry, "report", new { channels = new[] { "DepartmentSite" } });
        reported.Status.ShouldBe(HttpStatusCode.OK, reported.Body);
        await host.SettleAsync();
        return reported.Entry;
    }

    private ICriterion Standard(string key) => host.Services.GetRequiredService<ModuleCatalog>().Criteria.Single(each => each.Key == key);

    private IMemorandum Memorandum(ICriterion standard) => host.Services.GetRequiredService<ModuleCatalog>().Memoranda
        .Single(each => each.Trigger.List == standard.List && each.Trigger.Domains.Contains(standard.Domain));

    private static object Under(ICriterion standard, string mark, string facts) =>
        Proposals.Black(Proposals.Code(mark), domain: standard.Domain).With(("standard", standard.Title), ("facts", facts)).Within(standard.LongestTermInMonths);
}
