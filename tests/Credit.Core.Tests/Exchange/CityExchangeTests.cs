using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Oversight;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Exchange;

/// <summary>What the city platform gets to know, once and in order.</summary>
[Trait("Requirement", "R-3.5.1.a")]
public sealed class CityExchangeTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.2.4.b")]
    [Trait("Invariant", "I87")]
    public async Task Initiation_response_feedback_and_stop_reach_the_city_once_in_order_under_one_correlation_id()
    {
        await AcknowledgeAsync((await ReadAsync()).Steps.Select(step => step.Position).LastOrDefault());
        var entry = await _journey.Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("900")));
        await host.SettleAsync();
        (await ReadAsync()).Steps.ShouldBeEmpty("a proposal stays in the district");
        entry = (await _journey.Entries.MoveAsync("tax.approver", entry, "recognition", new { watchMonthsAfterExit = 12 })).Entry;
        entry = (await _journey.Entries.MoveAsync("tax.approver", entry, "report", new { channels = new[] { "DepartmentSite" } })).Entry;
        await host.SettleAsync();
        var task = (await _journey.TasksAsync(entry.Id)).Single(each => each.MeasureKey == "TAX-BLACK/9");
        (await _journey.OnTaskAsync("finance.officer", task.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
        (await _journey.BanAsync(task.Id)).Status.ShouldBe(HttpStatusCode.OK);
        await host.SettleAsync();

        var first = await ReadAsync();

        first.Steps.ShouldAllBe(step => step.CorrelationId == entry.Id && step.SubjectCode == Proposals.Code("900"));
        first.Steps.Select(step => step.Position).ShouldBeInOrder();
        first.Steps.Select(step => step.Position).ShouldBeUnique();
        first.Steps.Take(2).Select(step => step.Step).ShouldBe(["list-entry.recognised.v1", "list-entry.published.v1"]);
        first.Steps.Count(step => step.Step == "measure-task.dispatched.v1").ShouldBe((await _journey.TasksAsync(entry.Id)).Count);
        first.Steps.Where(step => step.Announcement.TryGetProperty("taskId", out var about) && about.GetGuid() == task.Id).Select(step => step.Step)
            .ShouldBe(["measure-task.dispatched.v1", "measure-task.moved.v1", "feedback.reported.v1", "measure-task.moved.v1"], ignoreOrder: true);
        JsonSerializer.Serialize((await ReadAsync()).Steps).ShouldBe(JsonSerializer.Serialize(first.Steps), "asking again before the receipt gives the same");

        var last = first.Steps[^1].Position;
        await AcknowledgeAsync(last);
        (await ReadAsync()).Steps.ShouldBeEmpty();
        (await _journey.Entries.MoveAsync("tax.approver", entry, "exit", new { reason = "StandardChanged", explanation = "已修订。" })).Status.ShouldBe(HttpStatusCode.OK);
        await host.SettleAsync();
        var second = await ReadAsync();
        second.Steps.Select(step => step.Position).ShouldAllBe(position => position > last);
        second.Steps.ShouldContain(step => step.Step == "list-entry.exited.v1");
        second.Steps.Count(step => step.Step == "measure-task.stop-requested.v1").ShouldBe((await _journey.TasksAsync(entry.Id)).Count);
        second.Steps.ShouldContain(step => step.Step == "list-entry.published.v1" && step.List == "Watch", "the watch entry that follows is shared too");
    }

    [Fact]
    public async Task Verification_suspension_resumption_and_the_announcement_of_the_exit_reach_the_city_under_the_entrys_correlation_id()
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("904")), ["DepartmentSite", "CreditChina"]);
        await host.SettleAsync();
        var tasks = (await _journey.TasksAsync(entry.Id)).Select(task => task.Id).ToArray();
        tasks.ShouldNotBeEmpty();
        await AcknowledgeAsync((await ReadAsync()).Steps[^1].Position);

        var objection = await _journey.AcceptedObjectionAsync("association", entry.Id);
        var suspended = await NewAsync(entry.Id);
        (await _journey.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Upheld", finding = "认定无误" })).Status.ShouldBe(HttpStatusCode.OK);
        var resumed = await NewAsync(entry.Id);
        var left = await _journey.Entries.MoveAsync("tax.approver", await _journey.Entries.ReadAsync("tax.officer", entry.Id), "exit", new { reason = "StandardChanged", explanation = "已修订。" });
        left.Status.ShouldBe(HttpStatusCode.OK, left.Body);
        _ = await NewAsync(entry.Id);
        foreach (var channel in new[] { "DepartmentSite", "CreditChina" })
        {
            left = await _journey.Entries.MoveAsync("tax.officer", left.Entry, "exit-announcements", new { channel });
            left.Status.ShouldBe(HttpStatusCode.OK, left.Body);
        }

        suspended.Where(step => step.Step == "list-entry.verifying.v1").ShouldHaveSingleItem().SubjectCode.ShouldBe(Proposals.Code("904"));
        TasksIn(suspended, "measure-task.suspended.v1").ShouldBe(tasks, ignoreOrder: true);
        TasksIn(suspended, "measure-task.resumed.v1").ShouldBeEmpty();
        resumed.Where(step => step.Step == "list-entry.confirmed.v1").ShouldHaveSingleItem();
        TasksIn(resumed, "measure-task.resumed.v1").ShouldBe(tasks, ignoreOrder: true);
        TasksIn(resumed, "measure-task.suspended.v1").ShouldBeEmpty();
        var announced = await NewAsync(entry.Id);
        announced.ShouldAllBe(step => step.Step == "list-entry.exit-announced.v1");
        announced.Select(step => (step.Announcement.GetProperty("channel").GetString(), step.Announcement.GetProperty("complete").GetBoolean()))
            .ShouldBe([("DepartmentSite", false), ("CreditChina", true)]);
    }

    [Fact]
    [Trait("Requirement", "R-3.2.4.b")]
    public async Task A_receipt_is_kept_in_the_log_and_goes_neither_back_nor_ahead()
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("901")));
        await host.SettleAsync();
        (await _journey.ReadAsync(db => db.Inbox.SingleAsync(item => item.AggregateId == entry.Id && item.Kind == InboxKind.RecognitionReported)))
            .Department.ShouldBe("development-reform", "the lead unit of the same level has it too");
        var last = (await ReadAsync()).Steps[^1].Position;

        await AcknowledgeAsync(last);
        await AcknowledgeAsync(last);

        (await ReadAsync()).Acknowledged.ShouldBe(last);
        using var city = await host.AsAsync("city.system");
        using var back = await city.PostAsJsonAsync("/api/exchange/city/receipts", new { position = last - 1 });
        back.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using var ahead = await city.PostAsJsonAsync("/api/exchange/city/receipts", new { position = last + 1000 });
        ahead.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var kept = await _journey.ReadAsync(db => db.RegisterEntries.AsNoTracking().Where(entry => entry.WireName == "city-exchange.acknowledged.v1").ToListAsync());
        var receipt = kept.Where(entry => JsonDocument.Parse(entry.Changes).RootElement.GetProperty("Position").GetInt64() == last).ShouldHaveSingleItem("the second receipt says nothing new");
        receipt.Actor.ShouldBe("city.system");
    }

    [Fact]
    [Trait("Requirement", "R-3.2.4.h")]
    public async Task Of_an_entry_that_may_not_be_published_the_city_learns_no_name()
    {
        var entry = await _journey.Entries.InForceAsync(
            "tax", Proposals.Black(Proposals.Code("902")).With(("publishable", false), ("unpublishableReason", "涉及国家秘密")));
        await host.SettleAsync();

        var steps = (await ReadAsync()).Steps.Where(step => step.CorrelationId == entry.Id).ToArray();

        steps.ShouldNotBeEmpty();
        steps.ShouldAllBe(step => step.SubjectName == null && step.SubjectCode == null);
    }

    [Theory]
    [InlineData("tax.officer")]
    [InlineData("tax.system")]
    [InlineData("association")]
    [InlineData("subject")]
    public async Task Nobody_else_reads_or_confirms_for_the_city(string user)
    {
        using var client = await host.AsAsync(user);
        (await client.GetAsync("/api/exchange/city/steps")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var receipt = await client.PostAsJsonAsync("/api/exchange/city/receipts", new { position = 1 });
        receipt.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_city_gets_nothing_but_its_outbox()
    {
        using var city = await host.AsAsync("city.system");
        foreach (var path in new[] { "/odata/official/ListEntries", "/api/inbox", "/api/register/head", "/api/register/parked" })
        {
            (await city.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }

        (await _journey.Entries.TryProposeAsync("city.system", Proposals.Black(Proposals.Code("903")))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<Page> ReadAsync()
    {
        using var city = await host.AsAsync("city.system");
        return (await city.GetFromJsonAsync<Page>("/api/exchange/city/steps"))!;
    }

    private async Task AcknowledgeAsync(long position)
    {
        using var city = await host.AsAsync("city.system");
        using var receipt = await city.PostAsJsonAsync("/api/exchange/city/receipts", new { position });
        receipt.StatusCode.ShouldBe(HttpStatusCode.OK, await receipt.Content.ReadAsStringAsync());
    }

    // What is new to the city about an entry; then confirmed.
    private async Task<CityStep[]> NewAsync(Guid entry)
    {
        await host.SettleAsync();
        var steps = (await ReadAsync()).Steps.ToArray();
        await AcknowledgeAsync(steps[^1].Position);
        return [.. steps.Where(step => step.CorrelationId == entry)];
    }

    private static IEnumerable<Guid> TasksIn(IEnumerable<CityStep> steps, string what) =>
        steps.Where(step => step.Step == what).Select(step => step.Announcement.GetProperty("taskId").GetGuid());

    private sealed record CityStep(
        long Position, string Step, Guid CorrelationId, string List, string? SubjectName, string? SubjectCode, JsonElement Announcement);

    private sealed record Page(long Acknowledged, IReadOnlyList<CityStep> Steps);
}
