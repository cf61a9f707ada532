using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Deadlines;
using Credit.Core.Tests.Listing;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.DueProcess;

/// <summary>A subject makes good what it was listed for, and leaves before the last day.</summary>
public sealed class EarlyExitTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly RepairJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.5.6.b")]
    [Trait("Requirement", "R-3.5.6.d")]
    [Trait("Requirement", "R-3.5.4.c")]
    [Trait("Invariant", "I6")]
    [Trait("Invariant", "I60")]
    [Trait("Invariant", "I62")]
    public async Task A_black_entry_is_left_early_after_repair_and_duties_and_brings_all_that_an_exit_brings()
    {
        var (entry, tasks) = await _journey.Register.DispatchedAsync("R00");
        tasks.ShouldNotBeEmpty();
        var repair = await _journey.ApprovedAsync(entry);
        (await _journey.Register.Entries.ReadAsync("tax.officer", entry.Id)).State.ShouldBe("Active", "an approved repair ends nothing by itself");
        (await PublicAsync(entry.Id)).ShouldHaveSingleItem();
        await _journey.DoneAsync(RepairJourney.SubjectOf(entry), repair, "early-exit", RepairJourney.Performed);
        (await _journey.InboxAsync("tax.officer")).ShouldContain(item => Is(item, "EarlyExit", repair));

        await _journey.DoneAsync("tax.reviewer", repair, "early-exit-decision", new { grant = true, dutiesFulfilled = true, finding = "义务已履行完毕。" });

        // Publication and measures ended in the transaction of the decision: no clockwork ran since.
        var left = await _journey.Register.Entries.ReadAsync("tax.officer", entry.Id);
        (left.State, left.ExitReason, left.ExitedOn, left.ExitAnnounced).ShouldBe(("Exited", "Repaired", "2026-11-24", false));
        (await PublicAsync(entry.Id)).ShouldBeEmpty();
        (await _journey.Register.TasksAsync(entry.Id)).ShouldAllBe(task => task.State == TaskState.StopRequested && task.Execution == TaskExecution.Ended && task.StopDue != null);
        var watch = await _journey.Register.ReadAsync(db => db.Entries.SingleAsync(each => each.PredecessorId == entry.Id));
        (watch.List, watch.State, watch.ValidFrom).ShouldBe((ListKind.Watch, EntryState.Active, new DateOnly(2026, 11, 24)));
        (await _journey.InboxAsync("development-reform.officer")).ShouldContain(item => Is(item, "ExitReported", entry.Id));
        (await _journey.SeenAsync(RepairJourney.SubjectOf(entry), repair)).GetProperty("state").GetString().ShouldBe("ExitGranted");

        foreach (var channel in new[] { "DepartmentSite", "CreditChina" })
        {
            left = await _journey.Register.Entries.ReadAsync("tax.officer", entry.Id);
            (await _journey.Register.Entries.MoveAsync("tax.officer", left, "exit-announcements", new { channel })).Status.ShouldBe(HttpStatusCode.OK);
        }

        (await _journey.Register.Entries.ReadAsync("tax.officer", entry.Id)).ExitAnnounced.ShouldBeTrue();
    }

    [Fact]
    [Trait("Requirement", "R-3.5.6.b")]
    [Trait("Invariant", "I60")]
    [Trait("Invariant", "I83")]
    [Trait("Invariant", "I84")]
    public async Task Only_the_recogniser_decides_and_for_the_exit_another_approver_than_for_the_repair()
    {
        var entry = await _journey.Register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("R10")));
        var repair = await _journey.ApplyAsync(entry);
        await _journey.DoneAsync("tax.officer", repair, "acceptance");
        var approval = new { approve = true, finding = "已完成信用修复。" };
        await RefusedToOthersAsync(repair, "decision", approval);
        await _journey.DoneAsync("tax.approver", repair, "decision", approval);
        await _journey.DoneAsync(RepairJourney.SubjectOf(entry), repair, "early-exit", RepairJourney.Performed);
        var grant = new { grant = true, dutiesFulfilled = true, finding = "义务已履行完毕。" };
        await RefusedToOthersAsync(repair, "early-exit-decision", grant);

        var same = await _journey.OnRepairAsync("tax.approver", repair, "early-exit-decision", grant);

        (same.Status, same.Body.Contains("four-eyes")).ShouldBe((HttpStatusCode.Forbidden, true));
        (await _journey.Register.Entries.ReadAsync("tax.officer", entry.Id)).State.ShouldBe("Active");
        await _journey.DoneAsync("tax.reviewer", repair, "early-exit-decision", grant);
        (await _journey.Register.Entries.ReadAsync("tax.officer", entry.Id)).State.ShouldBe("Exited");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.6.b")]
    [Trait("Invariant", "I60")]
    public async Task No_early_exit_without_approved_repair_without_fulfilled_duties_or_while_the_entry_is_verified()
    {
        var entry = await _journey.Register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("R20")));
        var subject = RepairJourney.SubjectOf(entry);
        var repair = await _journey.ApplyAsync(entry);
        await RefusedAsync(subject, repair, "early-exit", RepairJourney.Performed, HttpStatusCode.Conflict, "state-does-not-allow");
        await _journey.DoneAsync("tax.officer", repair, "acceptance");
        await RefusedAsync(subject, repair, "early-exit", RepairJourney.Performed, HttpStatusCode.Conflict, "state-does-not-allow");
        await _journey.DoneAsync("tax.approver", repair, "decision", new { approve = true, finding = "已完成信用修复。" });
        await RefusedAsync(subject, repair, "early-exit", new { performance = "已缴清。", evidence = " " }, HttpStatusCode.UnprocessableEntity, "performance-missing");
        await _journey.DoneAsync(subject, repair, "early-exit", RepairJourney.Performed);

        await RefusedAsync(
            "tax.reviewer", repair, "early-exit-decision", new { grant = true, dutiesFulfilled = false, finding = "仍欠滞纳金。" }, HttpStatusCode.Conflict, "duties-not-fulfilled");
        await _journey.DoneAsync("tax.reviewer", repair, "early-exit-decision", new { grant = false, dutiesFulfilled = false, finding = "仍欠滞纳金。" });
        var denied = await _journey.SeenAsync(subject, repair);
        (denied.GetProperty("state").GetString(), denied.GetProperty("finding").GetString()).ShouldBe(("Approved", "仍欠滞纳金。"));
        (await _journey.Register.Entries.ReadAsync("tax.officer", entry.Id)).State.ShouldBe("Active");

        // Paid, the subject asks again, on the same day.
        await _journey.DoneAsync(subject, repair, "early-exit", RepairJourney.Performed);
        _ = await _journey.Register.AcceptedObjectionAsync("association", entry.Id);
        await RefusedAsync(
            "tax.reviewer", repair, "early-exit-decision", new { grant = true, dutiesFulfilled = true, finding = "已缴清。" }, HttpStatusCode.Conflict, "state-does-not-allow");
        (await _journey.SeenAsync(subject, repair)).GetProperty("state").GetString().ShouldBe("ExitRequested", "a refused exit takes the decision back with it");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.4.b")]
    public async Task A_watch_entry_leaves_its_list_with_the_approved_repair()
    {
        var entry = await _journey.Register.Entries.InForceAsync("tax", Proposals.Watch(Proposals.Code("R30")));

        var repair = await _journey.ApprovedAsync(entry);

        var left = await _journey.Register.Entries.ReadAsync("tax.officer", entry.Id);
        (left.State, left.ExitReason).ShouldBe(("Exited", "Repaired"));
        (await _journey.Register.ReadAsync(db => db.Entries.CountAsync(each => each.PredecessorId == entry.Id))).ShouldBe(0);
        await RefusedAsync(RepairJourney.SubjectOf(entry), repair, "early-exit", RepairJourney.Performed, HttpStatusCode.Conflict, "nothing-to-leave");
    }

    [Fact]
    [Trait("Invariant", "I60")]
    public async Task What_is_open_about_a_repair_lapses_when_the_entry_leaves_for_another_reason()
    {
        var entry = await _journey.Register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("R40")));
        var repair = await _journey.ApprovedAsync(entry);
        await _journey.DoneAsync(RepairJourney.SubjectOf(entry), repair, "early-exit", RepairJourney.Performed);

        var left = await _journey.Register.Entries.MoveAsync("tax.approver", entry, "exit", new { reason = "StandardChanged", explanation = "已修订。" });

        left.Status.ShouldBe(HttpStatusCode.OK, left.Body);
        var (state, owed) = await _journey.Register.ReadAsync(async db => (
            (await db.Repairs.SingleAsync(each => each.Id == repair)).State,
            await db.Deadlines.CountAsync(deadline => deadline.AggregateId == repair && deadline.State == DeadlineState.Open)));
        (state, owed).ShouldBe((RepairState.Lapsed, 0));
    }

    private static bool Is(JsonElement item, string kind, Guid about) =>
        item.GetProperty("kind").GetString() == kind && item.GetProperty("aggregateId").GetGuid() == about;

    private async Task RefusedAsync(string user, Guid repair, string action, object body, HttpStatusCode status, string code)
    {
        var refused = await _journey.OnRepairAsync(user, repair, action, body);
        refused.Status.ShouldBe(status, refused.Body);
        refused.Body.ShouldContain($"\"{code}\"");
    }

    // Another department learns nothing, the lead office that it is not its own, the officer of the recogniser that an approver decides.
    private async Task RefusedToOthersAsync(Guid repair, string action, object body)
    {
        (await _journey.OnRepairAsync("finance.approver", repair, action, body)).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var user in new[] { "development-reform.approver", "tax.officer", "tax.system", "auditor", "association", "subject" })
        {
            (await _journey.OnRepairAsync(user, repair, action, body)).Status.ShouldBe(HttpStatusCode.Forbidden, user);
        }
    }

    private async Task<IReadOnlyList<JsonElement>> PublicAsync(Guid id)
    {
        using var anyone = host.Anonymous();
        return await _journey.Register.Entries.ListAsync(anyone, $"/odata/public/ListEntries?$filter=Id eq {id}");
    }
}
