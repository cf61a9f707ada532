using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Domain.Enforcement;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.TriggerFeedback;

/// <summary>Departments' own systems: query, hits, feedback per hit, state per request.</summary>
public sealed class TriggerFeedbackTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _register = new(host);

    [Fact]
    [Trait("Requirement", "R-3.5.1.a")]
    [Trait("Requirement", "R-3.5.1.b")]
    public async Task A_query_names_every_hit_with_memorandum_and_measures_and_is_complete_once_each_is_fed_back()
    {
        var (entry, tasks) = await _register.DispatchedAsync("T00");
        var answer = await QueryAsync("finance.officer", "T00");
        answer.GetProperty("state").GetString().ShouldBe("未反馈");
        var hit = answer.GetProperty("redblackType").EnumerateArray().ShouldHaveSingleItem();
        (hit.GetProperty("unitedId").GetGuid(), hit.GetProperty("unitedType").GetString(), hit.GetProperty("unitedName").GetString()).ShouldBe((entry.Id, "black", "税收征管失信黑名单"));
        var pair = hit.GetProperty("unionPair").EnumerateArray().ShouldHaveSingleItem();
        pair.GetProperty("itemName").GetString().ShouldBe("关于对重大税收违法案件当事人实施联合惩戒措施的合作备忘录(2016版)");
        pair.GetProperty("contents").EnumerateArray().Select(content => content.GetString()).ShouldContain("依法禁止参加政府采购活动(第9条)");
        hit.GetProperty("redblackDetail")[0].GetProperty("contents").EnumerateArray().Select(line => line.GetProperty("title").GetString()).ShouldContain("有效期至");
        var number = answer.GetProperty("requestId").GetString()!;

        var (status, state) = await FeedBackAsync("finance.officer", number, Hit(entry.Id));

        status.ShouldBe(HttpStatusCode.OK, state.ToString());
        state.GetProperty("state").GetString().ShouldBe("已完成");
        var finance = (await _register.TasksAsync(entry.Id)).Where(task => task.Department == "finance").ToArray();
        finance.Length.ShouldBe(tasks.Count(task => task.Department == "finance"));
        finance.ShouldAllBe(task => task.State == TaskState.FedBack);
        (await _register.TasksAsync(entry.Id)).Where(task => task.Department != "finance").ShouldAllBe(task => task.State == TaskState.Dispatched);
        (await _register.ReadAsync(db => db.CheckReceipts.CountAsync(receipt => receipt.Number == number))).ShouldBe(1, "a query is a decision check");

        // Sent twice: nothing is added.
        var ids = finance.Select(task => task.Id).ToArray();
        var before = await _register.ReadAsync(db => db.Feedback.CountAsync(feedback => ids.Contains(feedback.TaskId)));
        (await FeedBackAsync("finance.officer", number, Hit(entry.Id, result: "另一结果"))).Status.ShouldBe(HttpStatusCode.OK);
        (await _register.ReadAsync(db => db.Feedback.CountAsync(feedback => ids.Contains(feedback.TaskId)))).ShouldBe(before);
        (await StateAsync("finance.officer", number)).GetProperty("details")[0].GetProperty("feedbackResult").GetString()!.ShouldNotContain("另一结果");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.1.b")]
    [Trait("Invariant", "I43")]
    public async Task Other_declines_what_is_recommended_and_never_what_is_mandatory_and_one_fault_stops_the_message()
    {
        var (entry, _) = await _register.DispatchedAsync("T10");
        var number = (await QueryAsync("finance.officer", "T10")).GetProperty("requestId").GetString()!;

        var (refused, problem) = await FeedBackAsync("finance.officer", number, Hit(entry.Id, handleType: 2));

        refused.ShouldBe(HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe("mandatory-not-carried-out");
        (await _register.TasksAsync(entry.Id)).ShouldAllBe(task => task.State == TaskState.Dispatched);
        (await StateAsync("finance.officer", number)).GetProperty("state").GetString().ShouldBe("未反馈");

        var recommended = (await _register.TasksAsync(entry.Id)).First(task => task.Department == "finance" && task.Obligation == MeasureObligation.Recommended);
        var content = $"{recommended.Wording}(第{recommended.MeasureKey.Split('/')[1]}条)";
        var (taken, state) = await FeedBackAsync("finance.officer", number, Hit(entry.Id, handleType: 2, contents: [content]));
        taken.ShouldBe(HttpStatusCode.OK, state.ToString());
        var after = (await _register.TasksAsync(entry.Id)).Where(task => task.Department == "finance").ToArray();
        after.Single(task => task.Id == recommended.Id).State.ShouldBe(TaskState.Declined);
        after.Where(task => task.Obligation == MeasureObligation.Mandatory).ShouldAllBe(task => task.State == TaskState.Dispatched, "what was not named stays owed");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.1.b")]
    public async Task Two_hits_are_two_feedbacks_and_nothing_found_is_complete_at_once()
    {
        var (first, _) = await _register.DispatchedAsync("T20");
        var second = await _register.Entries.InForceAsync("ecology", Proposals.Black(Proposals.Code("T20"), domain: "生态环境"));
        await host.SettleAsync();
        var answer = await QueryAsync("finance.officer", "T20");
        answer.GetProperty("redblackType").GetArrayLength().ShouldBe(2);
        var number = answer.GetProperty("requestId").GetString()!;

        (await FeedBackAsync("finance.officer", number, Hit(first.Id))).Body.GetProperty("state").GetString().ShouldBe("反馈中");
        (await FeedBackAsync("finance.officer", number, Hit(second.Id))).Body.GetProperty("state").GetString().ShouldBe("已完成");

        var none = await QueryAsync("finance.officer", "T21");
        (none.GetProperty("state").GetString(), none.GetProperty("redblackType").GetArrayLength()).ShouldBe(("已完成", 0));
    }

    [Fact]
    [Trait("Requirement", "R-3.5.1.b")]
    public async Task Feedback_that_comes_before_the_tasks_is_sent_back_and_taken_once_they_are_given_out()
    {
        var entry = await _register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("T50")));
        var number = (await QueryAsync("finance.officer", "T50")).GetProperty("requestId").GetString()!;
        var (early, problem) = await FeedBackAsync("finance.officer", number, Hit(entry.Id));
        early.ShouldBe(HttpStatusCode.Conflict, problem.ToString());
        problem.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe("task-not-given-out-yet");

        await host.SettleAsync();

        (await FeedBackAsync("finance.officer", number, Hit(entry.Id))).Body.GetProperty("state").GetString().ShouldBe("已完成");
        (await _register.TasksAsync(entry.Id)).Where(task => task.Department == "finance").ShouldAllBe(task => task.State == TaskState.FedBack);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.c")]
    [Trait("Invariant", "I39")]
    public async Task While_an_entry_is_verified_its_hit_shows_no_measure_and_nothing_is_carried_out()
    {
        var (entry, _) = await _register.DispatchedAsync("T30");
        var before = (await QueryAsync("finance.officer", "T30")).GetProperty("requestId").GetString()!;
        await _register.AcceptedObjectionAsync("association", entry.Id);

        var during = (await QueryAsync("finance.officer", "T30")).GetProperty("redblackType")[0];
        during.GetProperty("unionPair").GetArrayLength().ShouldBe(0);
        var (status, problem) = await FeedBackAsync("finance.officer", before, Hit(entry.Id));

        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe("measure-not-running");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.1.a")]
    public async Task A_request_is_its_departments_own_and_a_fault_names_its_place()
    {
        var (entry, _) = await _register.DispatchedAsync("T40");
        var number = (await QueryAsync("finance.officer", "T40")).GetProperty("requestId").GetString()!;

        (await FeedBackAsync("ecology.officer", number, Hit(entry.Id))).Status.ShouldBe(HttpStatusCode.NotFound);
        using (var ecology = await host.AsAsync("ecology.officer"))
        {
            ecology.DefaultRequestHeaders.Add("Credit-Purpose", "Administration");
            (await ecology.GetAsync($"/api/trigger/requests/{number}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        (await CodeOfAsync(number, Hit(Guid.CreateVersion7()))).ShouldBe(("hit-unknown", "/redblackBack/0/redblackType/0/unitedId"));
        (await CodeOfAsync(number, Hit(entry.Id, handleType: 3))).ShouldBe(("handle-type-unknown", "/redblackBack/0/redblackType/0/handleType"));
        (await CodeOfAsync(number, Hit(entry.Id, result: "电话13805371234"))).ShouldBe(("text-names-person", "/redblackBack/0/redblackType/0/feedbackResult"));
        (await CodeOfAsync(number, Hit(entry.Id, day: "2020-01-01"))).ShouldBe(("date-out-of-range", "/redblackBack/0/redblackType/0/clTime"));
        (await CodeOfAsync(number, Hit(entry.Id, contents: ["限制起飞(第99条)"]))).ShouldBe(("measure-not-in-hit", "/redblackBack/0/redblackType/0/unionPairList"));
        (await CodeOfAsync(number, Hit(entry.Id), department: "区市场监督管理局")).ShouldBe(("department-not-own", "/departmentname"));
        (await StateAsync("finance.officer", number)).GetProperty("state").GetString().ShouldBe("未反馈");
    }

    private static object Hit(Guid entryId, int handleType = 1, string result = "已拒绝其投标", string? day = null, string[]? contents = null) => new
    {
        unitedId = entryId,
        unitedType = "black",
        action = "取消投标资格",
        handleType,
        feedbackResult = result,
        clTime = day,
        unionPairList = contents is null ? null : new[] { new { itemName = "备忘录", contents } },
    };

    private async Task<(string? Code, string? Field)> CodeOfAsync(string number, object hit, string? department = null)
    {
        var (status, body) = await FeedBackAsync("finance.officer", number, hit, department);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity, body.ToString());
        var error = body.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        return (error.GetProperty("code").GetString(), error.GetProperty("pointer").GetString());
    }

    private async Task<JsonElement> QueryAsync(string user, string mark)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.PostAsJsonAsync("/api/trigger/queries", new
        {
            purpose = "Administration",
            matter = new { kind = "Other", reference = "任采公字〔2026〕118号", procedure = "资格审查" },
            subject = new { kind = "LegalPerson", code = Proposals.Code(mark) },
            loginname = "cz01",
            personname = "某某",
            departmentname = "区财政局",
        });
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> FeedBackAsync(string user, string number, object hit, string? department = null)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.PostAsJsonAsync("/api/trigger/feedback", new
        {
            requestId = "FK-1",
            redblackRequestId = number,
            redblackBack = new[] { new { name = "某某公司", redblackType = new[] { hit } } },
            departmentname = department,
        });
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    private async Task<JsonElement> StateAsync(string user, string number)
    {
        using var client = await host.AsAsync(user);
        client.DefaultRequestHeaders.Add("Credit-Purpose", "Administration");
        return JsonSerializer.Deserialize<JsonElement>(await client.GetStringAsync($"/api/trigger/requests/{number}"));
    }
}
