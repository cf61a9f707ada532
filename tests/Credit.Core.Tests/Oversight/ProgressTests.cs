using System.Net;
using System.Text.Json;
using Credit.Core.Deadlines;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Oversight;

/// <summary>The annex and the regular reports on it.</summary>
[Trait("Requirement", "R-4.3.a")]
public sealed class ProgressTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly OversightDesk _desk = new(host);

    [Fact]
    public async Task The_eighteen_tasks_are_queryable_with_leads_members_and_everyone_and_no_nineteenth_is_invented()
    {
        var tasks = await _desk.ListAsync("tax.officer", "/odata/official/TaskAssignments?$orderby=No");

        tasks.Select(task => task.GetProperty("No").GetInt32()).ShouldBe(Enumerable.Range(1, 18));
        tasks[7].GetProperty("Leads").GetString().ShouldBe("publicity");
        tasks[7].GetProperty("Members").GetString()!.Split(',').ShouldContain("youth-league");
        tasks[10].GetProperty("Leads").GetString()!.Split(',').ShouldBe(["tax-development-zone", "tax", "financial-services"]);
        tasks[12].GetProperty("Members").GetString()!.Split(',').Length.ShouldBe(16);
        tasks.Where(task => task.GetProperty("Everyone").GetBoolean()).Select(task => task.GetProperty("No").GetInt32())
            .ShouldBe([1, 2, 4, 5, 6, 8, 9, 12, 13, 14, 15, 16]);
        (await _desk.ListAsync("tax.officer", "/odata/official/TaskAssignments?$filter=contains(Leads,'finance')")).Select(task => task.GetProperty("No").GetInt32())
            .ShouldContain(6);
    }

    [Fact]
    [Trait("Invariant", "I95")]
    public async Task Each_period_opens_once_reports_are_taken_once_and_what_is_not_reported_is_overdue_on_the_day_after()
    {
        var opened = await _desk.OpenPeriodsAsync();
        opened.ShouldBeGreaterThan(100);
        (await _desk.OpenPeriodsAsync()).ShouldBe(0, "a period opens once");
        var deadlines = await _desk.Register.ReadAsync(db => db.Deadlines.CountAsync(each => each.Kind == DeadlineKind.ReportProgress && each.State == DeadlineState.Open));
        deadlines.ShouldBe(opened, "each term is a deadline");
        var own = await _desk.ListAsync("finance.officer", "/odata/official/ProgressTerms?$filter=Department eq 'finance'&$orderby=TaskNo");
        own.Select(term => term.GetProperty("TaskNo").GetInt32()).ShouldBe([1, 4, 6, 9, 10, 12, 13, 14], "as lead, as named, or as one of everybody");
        own.ShouldAllBe(term => term.GetProperty("DueOn").GetString() == "2027-01-15" && !term.GetProperty("Overdue").GetBoolean());

        var body = new { taskNo = 6, from = "2026-10-01", text = "本季度查询信用信息312次。", figures = new[] { new { name = "查询次数", value = 312, unit = "次" } }, cases = Array.Empty<Guid>() };
        var reported = await _desk.DoneAsync("finance.officer", "/api/oversight/progress", body);

        reported.GetProperty("late").GetBoolean().ShouldBeFalse();
        (await _desk.PostAsync("finance.officer", "/api/oversight/progress", body)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await _desk.PostAsync("tax.officer", "/api/oversight/progress", body)).Body.ShouldContain("progress-not-owed");
        (await _desk.PostAsync("finance.officer", "/api/oversight/progress", body with { taskNo = 1, text = " " })).Body.ShouldContain("progress-text-missing");
        (await _desk.PostAsync("finance.officer", "/api/oversight/progress", body with { taskNo = 1, text = "联系13800138000" })).Body.ShouldContain("text-names-person");
        (await _desk.PostAsync("finance.officer", "/api/oversight/progress", body with { taskNo = 1, cases = [Guid.CreateVersion7()] })).Body.ShouldContain("progress-cases-unknown");
        (await _desk.StatusOfAsync("tax.officer", $"/api/oversight/progress/{reported.GetProperty("id").GetGuid()}")).ShouldBe(HttpStatusCode.NotFound);
        (await _desk.GetAsync("auditor", $"/api/oversight/progress/{reported.GetProperty("id").GetGuid()}")).GetProperty("figures")[0].GetProperty("value").GetDecimal().ShouldBe(312);

        host.Clock.SetUtcNow(new DateTimeOffset(2027, 1, 15, 15, 59, 59, TimeSpan.Zero));
        host.ForgetTokens();
        (await OverdueAsync()).ShouldBeEmpty("the last day counts fully");
        host.Clock.SetUtcNow(new DateTimeOffset(2027, 1, 15, 16, 0, 0, TimeSpan.Zero));
        var overdue = await OverdueAsync();
        overdue.Count.ShouldBe(opened - 1, "decided by the day, before any sweep");
        overdue.ShouldNotContain(each => each.GetProperty("department").GetString() == "finance" && each.GetProperty("taskNo").GetInt32() == 6);
        (await host.SweepAsync()).ShouldBe(opened - 1);
        (await _desk.InboxAsync("finance.officer", "ProgressOverdue")).Count.ShouldBe(7);
        (await _desk.DoneAsync("finance.officer", "/api/oversight/progress", body with { taskNo = 1 })).GetProperty("late").GetBoolean().ShouldBeTrue();

        (await _desk.OpenPeriodsAsync()).ShouldBe(opened, "the next quarter, all of it");
        host.Clock.SetUtcNow(new DateTimeOffset(2027, 8, 1, 2, 0, 0, TimeSpan.Zero));
        (await _desk.OpenPeriodsAsync()).ShouldBe(2 * opened, "the quarters nobody was up for are opened too");
    }

    private async Task<IReadOnlyList<JsonElement>> OverdueAsync() => [.. (await _desk.GetAsync("development-reform.officer", "/api/oversight/progress/overdue")).EnumerateArray()];
}
