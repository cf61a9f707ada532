using System.Net;
using Credit.Core.Oversight;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.DueProcess;

public sealed class ObjectionJourneyTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _journey = new(host);

    [Fact]
    [Trait("Invariant", "I58")]
    [Trait("Invariant", "I40")]
    [Trait("Requirement", "R-3.5.7.c")]
    public async Task A_correction_takes_effect_at_once_and_measures_rest_until_the_last_objection_is_concluded()
    {
        var (entry, _) = await _journey.DispatchedAsync("G0");
        var first = await _journey.ObjectAsync("association", entry.Id);
        (await _journey.TasksAsync(entry.Id)).ShouldAllBe(task => task.Execution == TaskExecution.Running, "filing suspends nothing");
        var second = await _journey.ObjectAsync("finance.officer", entry.Id);
        (await _journey.OnObjectionAsync("tax.officer", first, "acceptance")).Status.ShouldBe(HttpStatusCode.OK);
        (await _journey.OnObjectionAsync("tax.officer", second, "acceptance")).Status.ShouldBe(HttpStatusCode.OK);

        var corrected = await _journey.OnObjectionAsync(
            "tax.reviewer", first, "conclusion", new { conclusion = "Corrected", finding = "金额有误", correctedFacts = "少缴税款一百万元。" });

        corrected.Status.ShouldBe(HttpStatusCode.OK, corrected.Body);
        var stored = await EntryAsync(entry.Id);
        stored.Facts.ShouldBe("少缴税款一百万元。");
        stored.State.ShouldBe(EntryState.Verifying);
        (await _journey.TasksAsync(entry.Id)).ShouldAllBe(task => task.Execution == TaskExecution.Suspended);

        var upheld = await _journey.OnObjectionAsync("tax.reviewer", second, "conclusion", new { conclusion = "Upheld", finding = "认定无误" });

        upheld.Status.ShouldBe(HttpStatusCode.OK, upheld.Body);
        (await EntryAsync(entry.Id)).State.ShouldBe(EntryState.Active);
        (await _journey.TasksAsync(entry.Id)).ShouldAllBe(task => task.Execution == TaskExecution.Running);
    }

    [Fact]
    [Trait("Invariant", "I56")]
    [Trait("Invariant", "I59")]
    public async Task Only_the_recogniser_handles_an_objection_and_not_the_officer_who_recognised()
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("G1")));
        var objection = await _journey.ObjectAsync("association", entry.Id);
        (await _journey.OnObjectionAsync("finance.officer", objection, "acceptance")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _journey.OnObjectionAsync("tax.officer", objection, "acceptance")).Status.ShouldBe(HttpStatusCode.OK);

        var own = await _journey.OnObjectionAsync("tax.approver", objection, "conclusion", new { conclusion = "Upheld", finding = "认定无误" });

        own.Status.ShouldBe(HttpStatusCode.Forbidden, own.Body);
        (await EntryAsync(entry.Id)).State.ShouldBe(EntryState.Verifying);
    }

    [Fact]
    [Trait("Requirement", "R-3.2.2.c")]
    public async Task A_doubt_before_recognition_bars_recognition_and_cancels_the_entry_when_it_is_right()
    {
        var entry = await _journey.Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("G2")));
        (await _journey.TryObjectAsync("association", entry.Id)).Status.ShouldBe(HttpStatusCode.NotFound, "a draft is nobody else's to know");
        (await _journey.TryObjectAsync("finance.officer", entry.Id)).Status.ShouldBe(HttpStatusCode.NotFound);
        var objection = await _journey.ObjectAsync("tax.officer", entry.Id);
        var barred = await _journey.Entries.MoveAsync("tax.approver", await _journey.Entries.ReadAsync("tax.officer", entry.Id), "recognition", new { watchMonthsAfterExit = 12 });
        barred.Status.ShouldBe(HttpStatusCode.Conflict, barred.Body);
        (await _journey.OnObjectionAsync("tax.officer", objection, "acceptance")).Status.ShouldBe(HttpStatusCode.OK);

        var concluded = await _journey.OnObjectionAsync("tax.approver", objection, "conclusion", new { conclusion = "Revoked", finding = "证据不足" });

        concluded.Status.ShouldBe(HttpStatusCode.OK, concluded.Body);
        (await EntryAsync(entry.Id)).State.ShouldBe(EntryState.Cancelled);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.d")]
    [Trait("Invariant", "I7")]
    [Trait("Invariant", "I58")]
    public async Task A_wrong_entry_whose_term_ended_during_verification_is_made_good_and_its_watch_entry_goes_too()
    {
        var own = new HostFixture();
        await own.InitializeAsync();
        try
        {
            var journey = new TaskJourney(own);
            var (entry, _) = await journey.DispatchedAsync("G3", "2026-11-25");
            var objection = await journey.AcceptedObjectionAsync("association", entry.Id);
            own.Clock.Advance(TimeSpan.FromDays(2));
            own.ForgetTokens();
            await own.SweepAsync();
            await own.SettleAsync();
            (await journey.ReadAsync(db => db.Entries.SingleAsync(each => each.PredecessorId == entry.Id))).State.ShouldBe(EntryState.Active);

            var concluded = await journey.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "误列入" });

            concluded.Status.ShouldBe(HttpStatusCode.OK, concluded.Body);
            var watch = await journey.ReadAsync(db => db.Entries.SingleAsync(each => each.PredecessorId == entry.Id));
            watch.State.ShouldBe(EntryState.Exited);
            watch.ExitReason.ShouldBe(ExitReason.Erroneous);
            (await journey.ReadAsync(db => db.Inbox.CountAsync(item => item.Kind == InboxKind.Reparation && item.AggregateId == entry.Id))).ShouldBe(1);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    private Task<ListEntry> EntryAsync(Guid id) => _journey.ReadAsync(db => db.Entries.AsNoTracking().SingleAsync(each => each.Id == id));
}
