using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Testing;

namespace Credit.Core.Tests.Http;

/// <summary>Whoever changed something may go on changing it: each answer names the version the next change must name.</summary>
[Trait("Invariant", "I89")]
public sealed class VersionedAnswerTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Every_answer_about_an_entry_a_task_an_objection_or_a_case_carries_its_version()
    {
        using var officer = await host.AsAsync("tax.officer");
        using var approver = await host.AsAsync("tax.approver");
        using var reviewer = await host.AsAsync("tax.reviewer");
        using var finance = await host.AsAsync("finance.officer");
        using var lead = await host.AsAsync("development-reform.approver");
        var (entry, version) = await SendAsync(officer, "/api/entries", null, Proposals.Black(Proposals.Code("800")));
        var id = entry.GetProperty("entry").GetProperty("id").GetGuid();
        (_, version) = await SendAsync(approver, $"/api/entries/{id}/recognition", version, new { watchMonthsAfterExit = 12 });
        _ = await SendAsync(approver, $"/api/entries/{id}/report", version, new { channels = new[] { "DepartmentSite" } });
        await host.SettleAsync();

        var task = (await new TaskJourney(host).TasksAsync(id)).Single(each => each.MeasureKey == "TAX-BLACK/9").Id;
        (_, version) = await SendAsync(finance, $"/api/tasks/{task}/acknowledgement", "\"v1\"", null);
        (_, version) = await SendAsync(finance, $"/api/tasks/{task}/application", version, null);
        _ = await SendAsync(finance, $"/api/modules/finance/feedback/procurement-ban/{task}", version, new { decisionNumber = "任财采〔2026〕1号", decidedOn = "2026-11-24", bannedFrom = "2026-11-24", bannedTo = "2027-11-23" });

        var (collected, seen) = await SendAsync(finance, "/api/cases", null, new { taskIds = new[] { task }, title = "禁止参加政府采购", effect = "已缴清。", typical = false });
        _ = await SendAsync(lead, $"/api/cases/{collected.GetProperty("id").GetGuid()}/decision", seen, new { approve = true });

        var (objection, filed) = await SendAsync(officer, $"/api/entries/{id}/objections", null, new { grounds = "自查存疑" });
        var about = objection.GetProperty("id").GetGuid();
        (_, version) = await SendAsync(officer, $"/api/objections/{about}/acceptance", filed, null);
        (_, version) = await SendAsync(reviewer, $"/api/objections/{about}/extension", version, null);
        _ = await SendAsync(reviewer, $"/api/objections/{about}/conclusion", version, new { conclusion = "Revoked", finding = "误列入" });
        (_, version) = await SendAsync(finance, $"/api/tasks/{task}/stop-confirmation", $"\"v{await VersionAsync(finance, task)}\"", new { note = "已恢复" });
        _ = await SendAsync(finance, $"/api/tasks/{task}/closure", version, null);
    }

    [Fact]
    public async Task Every_answer_about_a_repair_or_a_review_ticket_carries_its_version()
    {
        var entries = new EntryJourney(host);
        var entry = await entries.InForceAsync("tax", Proposals.BlackPerson().With(("noticeExemption", "税收征收管理法第四十条"), ("repairable", true), ("repairModes", "公开信用承诺")));
        using var officer = await host.AsAsync("tax.officer");
        using var approver = await host.AsAsync("tax.approver");
        using var reviewer = await host.AsAsync("tax.reviewer");
        using var subject = await host.AsAsync(HostFixture.AccountOf(entry.SubjectId));
        var commitment = new { mode = "PublicCommitment", evidence = "信用承诺书", doneOn = "2026-11-20" };
        var (repair, version) = await SendAsync(subject, $"/api/entries/{entry.Id}/repairs", null, new { steps = new[] { commitment } });
        var path = $"/api/repairs/{repair.GetProperty("id").GetGuid()}";
        (_, version) = await SendAsync(officer, $"{path}/return", version, new { finding = "请补充。" });
        (_, version) = await SendAsync(subject, $"{path}/completion", version, new { steps = new[] { commitment } });
        (_, version) = await SendAsync(officer, $"{path}/acceptance", version, null);
        (_, version) = await SendAsync(approver, $"{path}/decision", version, new { approve = true, finding = "已完成。" });
        (_, version) = await SendAsync(subject, $"{path}/early-exit", version, new { performance = "已缴清。", evidence = "完税证明" });

        var (ticket, asked) = await SendAsync(officer, $"/api/entries/{entry.Id}/review-tickets", null, new { purpose = "核对身份", caseNumber = "3号" });
        _ = await SendAsync(approver, $"/api/review-tickets/{ticket.GetProperty("id").GetGuid()}/decision", asked, new { approve = true });
        _ = await SendAsync(reviewer, $"{path}/early-exit-decision", version, new { grant = true, dutiesFulfilled = true, finding = "已履行。" });
    }

    private static async Task<int> VersionAsync(HttpClient client, Guid task) =>
        (await client.GetFromJsonAsync<JsonElement>($"/api/tasks/{task}")).GetProperty("version").GetInt32();

    // Sends in the version seen last; the answer's own is strong and the one in its body.
    private static async Task<(JsonElement Body, string Version)> SendAsync(HttpClient client, string path, string? seen, object? body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (seen is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", seen);
        }

        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBeOneOf([HttpStatusCode.OK, HttpStatusCode.Created], $"{path}: {text}");
        var shown = JsonSerializer.Deserialize<JsonElement>(text);
        var versioned = shown.TryGetProperty("entry", out var inner) ? inner : shown;
        answer.Headers.ETag.ShouldNotBeNull(path).IsWeak.ShouldBeFalse();
        answer.Headers.ETag!.Tag.ShouldBe($"\"v{versioned.GetProperty("version").GetInt32()}\"", path);
        return (shown, answer.Headers.ETag.Tag);
    }
}
