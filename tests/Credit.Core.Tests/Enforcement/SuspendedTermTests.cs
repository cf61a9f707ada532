using System.Net;
using System.Net.Http.Json;
using Credit.Core.Deadlines;
using Credit.Core.Oversight;
using Credit.Core.Tests.Listing;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Enforcement;

/// <summary>Terms of measures while their entry is verified, and after it is over. The clock is the class's own.</summary>
public sealed class SuspendedTermTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.5.7.c")]
    [Trait("Invariant", "I40")]
    [Trait("Invariant", "I46")]
    [Trait("Requirement", "R-3.5.6.d")]
    public async Task A_feedback_term_rests_with_its_measure_goes_on_with_what_was_left_and_an_unconfirmed_stop_is_escalated()
    {
        var (entry, tasks) = await _journey.DispatchedAsync("300");
        var (_, lateTasks) = await _journey.DispatchedAsync("301");
        var task = tasks.Single(each => each.MeasureKey == "TAX-BLACK/9");
        var before = await TermAsync(task.Id);
        using var lead = await host.AsAsync("development-reform.officer");
        using var uploaded = await lead.PutAsJsonAsync("/api/calendar/2027", new { offDays = new[] { "2027-01-01" }, makeUpDays = Array.Empty<string>(), source = "测试通知" });
        uploaded.StatusCode.ShouldBe(HttpStatusCode.OK);

        // Two working days pass, then the entry is verified for longer than the whole term would have run.
        await MoveToAsync(new DateOnly(2026, 11, 26));
        var objection = await _journey.AcceptedObjectionAsync("association", entry.Id);
        var resting = await TermAsync(task.Id);
        (resting.State, resting.WorkingDays).ShouldBe((DeadlineState.Resting, before.WorkingDays - 2));
        var another = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("302")));
        _ = await _journey.AcceptedObjectionAsync("association", another.Id);
        await host.SettleAsync();
        (await _journey.TasksAsync(another.Id)).ShouldNotBeEmpty();
        foreach (var each in await _journey.TasksAsync(another.Id))
        {
            (await TermAsync(each.Id)).State.ShouldBe(DeadlineState.Resting, "given out while the entry is verified");
        }

        await MoveToAsync(before.DueOn.AddDays(5));
        await host.SweepAsync();
        (await ToldAsync(await TermAsync(task.Id))).ShouldBe(0, "nobody is overdue with what he must not do");
        (await ToldAsync(await TermAsync(lateTasks.Single(each => each.MeasureKey == "TAX-BLACK/9").Id))).ShouldBe(2, "the measures of another entry ran on");

        (await _journey.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Upheld", finding = "认定无误" })).Status.ShouldBe(HttpStatusCode.OK);

        var due = host.Services.GetRequiredService<IWorkingCalendar>().DueDate(before.DueOn.AddDays(5), new WorkingDays(before.WorkingDays!.Value - 2));
        var going = await TermAsync(task.Id);
        (going.State, going.DueOn).ShouldBe((DeadlineState.Open, due));
        (await _journey.ReadAsync(db => db.Tasks.SingleAsync(each => each.Id == task.Id))).Due.ShouldBe(due);

        await StopInTimeAndNotAsync(entry, task);
    }

    // One department confirms its stop; the others are told, and so is the lead office, when the term is over.
    private async Task StopInTimeAndNotAsync(EntryAnswer entry, MeasureTask confirming)
    {
        var objection = await _journey.AcceptedObjectionAsync("association", entry.Id);
        (await _journey.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "误列入" })).Status.ShouldBe(HttpStatusCode.OK);
        (await TermAsync(confirming.Id)).State.ShouldBe(DeadlineState.Met, "feedback on a measure that ended is not owed");
        (await _journey.OnTaskAsync("finance.officer", confirming.Id, "stop-confirmation", new { note = "已恢复采购资格" })).Status.ShouldBe(HttpStatusCode.OK);
        var orders = await _journey.ReadAsync(db => db.Deadlines.AsNoTracking()
            .Where(each => each.Kind == DeadlineKind.ConfirmStop && db.Tasks.Any(task => task.Id == each.AggregateId && task.EntryId == entry.Id)).ToListAsync());

        await MoveToAsync(orders[0].DueOn);
        await host.SweepAsync();
        (await Task.WhenAll(orders.Select(ToldAsync))).Sum().ShouldBe(0, "the last day is in time");
        await MoveToAsync(orders[0].DueOn.AddDays(1));
        await host.SweepAsync();

        orders.Count.ShouldBeGreaterThan(3);
        foreach (var order in orders)
        {
            var told = await _journey.ReadAsync(db => db.Inbox.Where(item => item.Kind == InboxKind.DeadlinePassed && item.AggregateId == order.Id)
                .Select(item => item.Department).ToListAsync());
            var expected = order.AggregateId == confirming.Id ? [] : new[] { order.Department!, "development-reform" }.Distinct();
            told.ShouldBe(expected, ignoreOrder: true, "acknowledged, or escalated to the department and the lead office");
        }

        (await _journey.TasksAsync(entry.Id)).ShouldAllBe(task => task.State == TaskState.StopRequested || task.Id == confirming.Id, "an order stays open until it is confirmed");
    }

    private async Task MoveToAsync(DateOnly day)
    {
        host.Clock.SetUtcNow(new DateTimeOffset(day.ToDateTime(new TimeOnly(9, 0)), TimeSpan.FromHours(8)));
        host.ForgetTokens();
        await host.SettleAsync();
    }

    private Task<Deadline> TermAsync(Guid taskId) => _journey.ReadAsync(db =>
        db.Deadlines.AsNoTracking().SingleAsync(each => each.AggregateId == taskId && each.Kind == DeadlineKind.TaskFeedback));

    private Task<int> ToldAsync(Deadline deadline) => _journey.ReadAsync(db =>
        db.Inbox.CountAsync(item => item.Kind == InboxKind.DeadlinePassed && item.AggregateId == deadline.Id));
}
