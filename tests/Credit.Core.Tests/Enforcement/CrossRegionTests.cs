using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Oversight;
using Credit.Testing;

namespace Credit.Core.Tests.Enforcement;

/// <summary>Requests to other regions and from them.</summary>
[Trait("Requirement", "R-3.5.2.c")]
public sealed class CrossRegionTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly OversightDesk _desk = new(host);

    [Fact]
    [Trait("Requirement", "R-3.5.1.a")]
    public async Task A_department_asks_another_region_the_city_carries_it_and_brings_the_answer()
    {
        var entry = await _desk.Register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("R0")));
        var body = new { kind = "Punishment", entryId = entry.Id, region = "370102", regionName = "济南市历下区", basis = "在历下区设有分支机构。", measures = "限制参与投标" };
        (await _desk.PostAsync("finance.officer", "/api/cross-region-requests", body)).Status.ShouldBe(HttpStatusCode.Forbidden, "not its entry");
        (await _desk.PostAsync("tax.officer", "/api/cross-region-requests", body with { kind = "Reward" })).Body.ShouldContain("cross-region-entry-does-not-fit");
        (await _desk.PostAsync("tax.officer", "/api/cross-region-requests", body with { region = "370811" })).Body.ShouldContain("region-is-own");
        (await _desk.PostAsync("tax.officer", "/api/cross-region-requests", body with { region = "37" })).Body.ShouldContain("region-invalid");
        (await _desk.PostAsync("tax.officer", "/api/cross-region-requests", body with { measures = " " })).Body.ShouldContain("cross-region-text-missing");
        (await _desk.PostAsync("tax.officer", "/api/cross-region-requests", body with { basis = "联系13800138000" })).Body.ShouldContain("text-names-person");

        var sent = await _desk.DoneAsync("tax.officer", "/api/cross-region-requests", body);

        var id = sent.GetProperty("id").GetGuid();
        sent.GetProperty("state").GetString().ShouldBe("Sent");
        (await _desk.StatusOfAsync("finance.officer", $"/api/cross-region-requests/{id}")).ShouldBe(HttpStatusCode.NotFound);
        await host.SettleAsync();
        using var city = await host.AsAsync("city.system");
        var step = (await city.GetFromJsonAsync<JsonElement>("/api/exchange/city/steps")).GetProperty("steps").EnumerateArray()
            .Single(each => each.GetProperty("step").GetString() == "cross-region-request.sent.v1");
        step.GetProperty("correlationId").GetGuid().ShouldBe(entry.Id, "under the entry it rests on");
        step.GetProperty("content").GetProperty("measures").GetString().ShouldBe("限制参与投标");

        (await _desk.PostAsync("city.system", $"/api/cross-region-requests/{id}/foreign-answer", new { answer = "Finish", words = "已取消" })).Status.ShouldBe(HttpStatusCode.Conflict, "not accepted yet");
        (await _desk.PostAsync("tax.officer", $"/api/cross-region-requests/{id}/answer", new { answer = "Accept" })).Status.ShouldBe(HttpStatusCode.NotFound, "nobody answers its own question");
        _ = await _desk.DoneAsync("city.system", $"/api/cross-region-requests/{id}/foreign-answer", new { answer = "Accept" });
        (await _desk.PostAsync("city.system", $"/api/cross-region-requests/{id}/foreign-answer", new { answer = "Finish", words = "" }, 2)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var done = await _desk.DoneAsync("city.system", $"/api/cross-region-requests/{id}/foreign-answer", new { answer = "Finish", words = "已取消其投标资格。" }, 2);
        done.GetProperty("result").GetString().ShouldBe("已取消其投标资格。");
        (await _desk.PostAsync("city.system", $"/api/cross-region-requests/{id}/foreign-answer", new { answer = "Refuse", words = "不" }, 3)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await _desk.ListAsync("tax.officer", "/odata/official/CrossRegionRequests")).ShouldHaveSingleItem().GetProperty("State").GetString().ShouldBe("Done");
        (await _desk.PostAsync("city.system", $"/api/cross-region-requests/{id}/foreign-answer", new { answer = "Recall", words = "撤" }, 3)).Body.ShouldContain("cross-region-recall-follows");
        var objection = await _desk.Register.AcceptedObjectionAsync("association", entry.Id);
        (await _desk.Register.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "误列入" })).Status.ShouldBe(HttpStatusCode.OK);
        (await _desk.ListAsync("tax.officer", "/odata/official/CrossRegionRequests")).ShouldHaveSingleItem().GetProperty("State").GetString().ShouldBe("Recalled");
        await host.SettleAsync();
        (await city.GetFromJsonAsync<JsonElement>("/api/exchange/city/steps")).GetProperty("steps").EnumerateArray()
            .Last(each => each.GetProperty("step").GetString() == "cross-region-request.moved.v1").GetProperty("announcement").GetProperty("to").GetString().ShouldBe("Recalled", "the other region learns of it");
        (await _desk.ListAsync("finance.officer", "/odata/official/CrossRegionRequests")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reward_rests_on_a_red_entry_and_an_entry_that_may_not_be_published_stays_in_the_district()
    {
        var red = await _desk.Register.Entries.InForceAsync("market-supervision", Proposals.Red(Proposals.Code("R1")));
        var closed = await _desk.Register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("R2")).With(("publishable", false), ("unpublishableReason", "涉及国家秘密")));
        var body = new { kind = "Reward", entryId = red.Id, region = "320300", regionName = "徐州市", basis = "在徐州市参与评优。", measures = "优先办理" };

        (await _desk.DoneAsync("market-supervision.officer", "/api/cross-region-requests", body)).GetProperty("kind").GetString().ShouldBe("Reward");
        (await _desk.PostAsync("tax.officer", "/api/cross-region-requests", body with { kind = "Punishment", entryId = closed.Id })).Body.ShouldContain("cross-region-entry-closed");
    }

    [Fact]
    public async Task What_another_region_asks_is_recorded_once_assigned_and_answered_by_the_department()
    {
        var body = new
        {
            kind = "Punishment",
            region = "370102",
            regionName = "济南市历下区",
            reference = "历信函〔2026〕7号",
            subjectName = "济南某某建设有限公司",
            subjectCode = Proposals.Code("R9"),
            basis = "拖欠工资列入黑名单。",
            measures = "限制参与政府采购",
        };
        (await _desk.PostAsync("city.system", "/api/cross-region-requests/incoming", body with { subjectCode = "91370811MA3TE0000X" })).Body.ShouldContain("cross-region-subject-unclear");
        (await _desk.PostAsync("finance.officer", "/api/cross-region-requests/incoming", body)).Status.ShouldBe(HttpStatusCode.Forbidden);

        var id = (await _desk.DoneAsync("city.system", "/api/cross-region-requests/incoming", body)).GetProperty("id").GetGuid();

        (await _desk.PostAsync("city.system", "/api/cross-region-requests/incoming", body)).Body.ShouldContain("cross-region-recorded");
        (await _desk.InboxAsync("development-reform.officer", "CrossRegion")).Count(text => text!.Contains($"{id}", StringComparison.Ordinal)).ShouldBe(1);
        (await _desk.PostAsync("finance.officer", $"/api/cross-region-requests/{id}/answer", new { answer = "Accept" })).Status.ShouldBe(HttpStatusCode.NotFound, "not assigned yet");
        (await _desk.PostAsync("development-reform.officer", $"/api/cross-region-requests/{id}/assignment", new { department = "nobody" })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        _ = await _desk.DoneAsync("development-reform.officer", $"/api/cross-region-requests/{id}/assignment", new { department = "finance" });
        (await _desk.InboxAsync("finance.officer", "CrossRegion")).ShouldHaveSingleItem();
        (await _desk.PostAsync("finance.officer", $"/api/cross-region-requests/{id}/answer", new { answer = "Refuse" }, 2)).Body.ShouldContain("reason-missing");
        var refused = await _desk.DoneAsync("finance.officer", $"/api/cross-region-requests/{id}/answer", new { answer = "Refuse", words = "该主体未在本区参加采购。" }, 2);
        refused.GetProperty("reason").GetString().ShouldBe("该主体未在本区参加采购。");
        await host.SettleAsync();
        using var city = await host.AsAsync("city.system");
        (await city.GetFromJsonAsync<JsonElement>("/api/exchange/city/steps")).GetProperty("steps").EnumerateArray()
            .Where(each => each.GetProperty("correlationId").GetGuid() == id).Select(each => each.GetProperty("step").GetString())
            .ShouldBe(["cross-region-request.sent.v1", "cross-region-request.assigned.v1", "cross-region-request.moved.v1"]);
    }

    [Fact]
    public async Task What_another_region_asks_is_accepted_carried_out_and_told_to_the_city()
    {
        var body = new
        {
            kind = "Reward",
            region = "320300",
            regionName = "徐州市",
            reference = "徐信函〔2026〕3号",
            subjectName = "徐州某某科技有限公司",
            subjectCode = Proposals.Code("R8"),
            basis = "徐州市诚信典型。",
            measures = "优先办理行政审批",
        };
        var id = (await _desk.DoneAsync("city.system", "/api/cross-region-requests/incoming", body)).GetProperty("id").GetGuid();
        _ = await _desk.DoneAsync("development-reform.officer", $"/api/cross-region-requests/{id}/assignment", new { department = "administrative-approval" });
        _ = await _desk.DoneAsync("development-reform.officer", $"/api/cross-region-requests/{id}/assignment", new { department = "market-supervision" }, 2);
        var answer = $"/api/cross-region-requests/{id}/answer";
        (await _desk.PostAsync("market-supervision.officer", answer, new { answer = "Finish", words = "已办" }, 3)).Status.ShouldBe(HttpStatusCode.Conflict, "not accepted yet");

        (await _desk.DoneAsync("market-supervision.officer", answer, new { answer = "Accept" }, 3)).GetProperty("state").GetString().ShouldBe("Accepted");

        (await _desk.PostAsync("development-reform.officer", $"/api/cross-region-requests/{id}/assignment", new { department = "tax" }, 4)).Body.ShouldContain("state-does-not-allow");
        (await _desk.PostAsync("market-supervision.officer", answer, new { answer = "Finish", words = " " }, 4)).Body.ShouldContain("outcome-missing");
        (await _desk.PostAsync("city.system", $"/api/cross-region-requests/{id}/foreign-answer", new { answer = "Finish", words = "已办" }, 4)).Status.ShouldBe(HttpStatusCode.NotFound, "the other region does not answer its own question");
        var done = await _desk.DoneAsync("market-supervision.officer", answer, new { answer = "Finish", words = "已为其开通绿色通道。" }, 4);
        (done.GetProperty("state").GetString(), done.GetProperty("result").GetString()).ShouldBe(("Done", "已为其开通绿色通道。"));
        await host.SettleAsync();
        var told = (await _desk.GetAsync("city.system", "/api/exchange/city/steps")).GetProperty("steps").EnumerateArray().Last(each => each.GetProperty("correlationId").GetGuid() == id);
        (told.GetProperty("step").GetString(), told.GetProperty("announcement").GetProperty("to").GetString()).ShouldBe(("cross-region-request.moved.v1", "Done"));
        told.GetProperty("content").GetProperty("result").GetString().ShouldBe("已为其开通绿色通道。");
    }
}
