using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Enforcement;

/// <summary>What a department says when it reports on a measure, and the case made of it.</summary>
public sealed class PlainReportTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.5.1.b")]
    public async Task A_report_states_kind_action_and_result_and_is_kept_with_its_time_and_operator()
    {
        var (_, tasks) = await _journey.DispatchedAsync("L0");
        var task = tasks.Single(each => each is { MeasureKey: "TAX-BLACK/14", Department: "development-reform" });
        (await _journey.OnTaskAsync("development-reform.officer", task.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);

        var empty = await _journey.OnTaskAsync("development-reform.officer", task.Id, "feedback", new { handleType = 3, action = " ", result = "" });
        empty.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, empty.Body);
        JsonSerializer.Deserialize<JsonElement>(empty.Body).GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString())
            .ShouldBe(["handle-type-unknown", "action-missing", "result-missing"]);
        (await _journey.OnTaskAsync("development-reform.officer", task.Id, "feedback", new { handleType = 1, action = "致电13805371234", result = "已落实" })).Body.ShouldContain("text-names-person");
        (await _journey.OnTaskAsync("development-reform.officer", task.Id, "refusal", new { reason = "联系370811199001010014" })).Body.ShouldContain("text-names-person");
        var told = await _journey.OnTaskAsync("development-reform.officer", task.Id, "feedback", new { handleType = 1, action = "不予安排专项资金", result = "已落实" });

        told.Status.ShouldBe(HttpStatusCode.OK, told.Body);
        var feedback = await _journey.ReadAsync(db => db.Feedback.AsNoTracking().SingleAsync(each => each.TaskId == task.Id));
        (feedback.HandleType, feedback.Operator, feedback.ReportedAt, feedback.Department).ShouldBe((1, "development-reform.officer", host.Clock.GetUtcNow(), "development-reform"));
        feedback.Description.ShouldBe("不予安排专项资金；已落实");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.1.c")]
    public async Task A_case_names_subject_memorandum_measures_effect_and_department_and_is_marked_typical()
    {
        var (entry, tasks) = await _journey.DispatchedAsync("L1");
        var task = tasks.Single(each => each.MeasureKey == "TAX-BLACK/9");
        (await _journey.OnTaskAsync("finance.officer", task.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
        (await _journey.BanAsync(task.Id)).Status.ShouldBe(HttpStatusCode.OK);
        using var finance = await host.AsAsync("finance.officer");

        using var collected = await finance.PostAsJsonAsync(
            "/api/cases", new { taskIds = new[] { task.Id }, title = "禁止参加政府采购促缴税款", effect = "三日内缴清全部欠税。", typical = true });

        collected.StatusCode.ShouldBe(HttpStatusCode.Created);
        var shown = await collected.Content.ReadFromJsonAsync<JsonElement>();
        shown.GetProperty("entryId").GetGuid().ShouldBe(entry.Id);
        shown.GetProperty("subjectName").GetString().ShouldBe("任城某某商贸有限公司");
        shown.GetProperty("memorandum").GetString().ShouldBe("TAX-BLACK");
        shown.GetProperty("measures").EnumerateArray().Select(measure => measure.GetString()).ShouldBe([task.Wording]);
        shown.GetProperty("effect").GetString().ShouldBe("三日内缴清全部欠税。");
        shown.GetProperty("department").GetString().ShouldBe("finance");
        shown.GetProperty("typical").GetBoolean().ShouldBeTrue();
    }
}
