using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Listing;
using Credit.Testing;

namespace Credit.Core.Tests.Enforcement;

[Trait("Requirement", "R-3.5.1.c")]
public sealed class CaseJourneyTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _journey = new(host);

    [Fact]
    public async Task A_case_is_collected_from_feedback_and_public_only_after_the_lead_office_approved()
    {
        var (_, tasks) = await _journey.DispatchedAsync("F0");
        var task = tasks.Single(each => each.MeasureKey == "TAX-BLACK/9");
        var body = new { taskIds = new[] { task.Id }, title = "禁止参加政府采购促缴税款", effect = "三日内缴清全部欠税。", typical = true };
        (await CollectAsync("finance.officer", body)).Body.ShouldContain("case-without-feedback");
        (await _journey.OnTaskAsync("finance.officer", task.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
        var told = await _journey.BanAsync(task.Id);
        told.Status.ShouldBe(HttpStatusCode.OK, told.Body);
        (await CollectAsync("tax.officer", body)).Body.ShouldContain("case-tasks-unknown");
        (await CollectAsync("finance.officer", body with { title = new string('案', 201) })).Body.ShouldContain("text-too-long");
        (await CollectAsync("finance.officer", body with { effect = "联系电话13800138000" })).Body.ShouldContain("case-names-person");

        var collected = await CollectAsync("finance.officer", body);

        collected.Status.ShouldBe(HttpStatusCode.Created, collected.Body);
        var id = JsonSerializer.Deserialize<JsonElement>(collected.Body).GetProperty("id").GetGuid();
        using var tax = await host.AsAsync("tax.officer");
        using var anyone = host.Anonymous();
        (await tax.GetAsync($"/api/cases/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _journey.Entries.ListAsync(anyone, "/odata/public/Cases")).ShouldBeEmpty();
        (await _journey.Entries.PostAsync("finance.approver", $"/api/cases/{id}/decision", 1, new { approve = true })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _journey.Entries.PostAsync("development-reform.officer", $"/api/cases/{id}/decision", 1, new { approve = true })).Status.ShouldBe(HttpStatusCode.Forbidden, "its approver decides");
        (await _journey.Entries.PostAsync("development-reform.approver", $"/api/cases/{id}/decision", 9, new { approve = true })).Status.ShouldBe(HttpStatusCode.PreconditionFailed);

        var approved = await _journey.Entries.PostAsync("development-reform.approver", $"/api/cases/{id}/decision", 1, new { approve = true });

        approved.Status.ShouldBe(HttpStatusCode.OK, approved.Body);
        (await tax.GetAsync($"/api/cases/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _journey.Entries.ListAsync(anyone, "/odata/public/Cases")).ShouldHaveSingleItem();
        (await _journey.Entries.PostAsync("development-reform.approver", $"/api/cases/{id}/decision", 2, new { approve = false })).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_natural_person_is_not_named_by_setting_the_name_apart()
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.BlackPerson().With(("noticeExemption", "税收征收管理法第四十条")));
        await host.SettleAsync();
        var tasks = (await _journey.TasksAsync(entry.Id)).Where(task => task.Department == "finance").Select(task => task.Id).ToArray();
        tasks.ShouldNotBeEmpty();

        (await CollectAsync("finance.officer", new { taskIds = tasks, title = "促其履行", effect = "张 某　某主动履行。", typical = false })).Body.ShouldContain("case-names-person");
        (await CollectAsync("finance.officer", new { taskIds = tasks, title = "促其履行", effect = "主动履行。", typical = false })).Body.ShouldNotContain("case-names-person");
    }

    private async Task<(HttpStatusCode Status, string Body)> CollectAsync(string user, object body)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.PostAsJsonAsync("/api/cases", body);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
