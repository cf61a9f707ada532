using System.Net;
using Credit.Core.Deadlines;
using Credit.Core.Tests.Listing;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Watching;

/// <summary>The term of a watch entry ends between the recognition of the black one and its report: no day has neither.</summary>
[Trait("Invariant", "I8")]
[Trait("Requirement", "R-3.5.5.f")]
public sealed class WatchWaitsForBlackTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly WatchJourney _journey = new(host);

    [Fact]
    public async Task The_watch_entry_stays_until_the_report_and_its_own_term_comes_back_with_a_withdrawal()
    {
        var (reported, black) = await RecognisedAsync("WB0");
        var (restored, withdrawn) = await RecognisedAsync("WB1");
        var (overdue, late) = await RecognisedAsync("WB2");
        var elsewhere = await _journey.Entries.InForceAsync("ecology", Proposals.Watch(Proposals.Code("WB0"), "生态环境").With(("validTo", "2026-11-25")));

        var carried = await StoredAsync(reported.Id);
        (carried.ValidTo, carried.OwnTermTo).ShouldBe((new(2029, 11, 23), new DateOnly(2026, 11, 25)));
        (await ExpiryAsync(reported.Id)).ShouldBe(new(2029, 11, 23));
        (await _journey.Register.ReadAsync(db => db.Notices.SingleAsync(notice => notice.AboutId == reported.Id && notice.Kind == NoticeKind.Answer)))
            .Text.ShouldContain("延续", Case.Sensitive, "the subject is told");

        var merelyProposed = await _journey.Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("WB0")));
        (await _journey.Entries.MoveAsync("tax.officer", merelyProposed, "withdrawal", new { reason = "重复" })).Status.ShouldBe(HttpStatusCode.OK);
        (await StoredAsync(reported.Id)).ValidTo.ShouldBe(new(2029, 11, 23), "a proposal that is withdrawn kept nothing waiting");

        (await _journey.Entries.MoveAsync("tax.officer", withdrawn, "withdrawal", new { reason = "证据不足" })).Status.ShouldBe(HttpStatusCode.OK);
        var back = await StoredAsync(restored.Id);
        (back.ValidTo, back.OwnTermTo).ShouldBe((new(2026, 11, 25), null));
        (await ExpiryAsync(restored.Id)).ShouldBe(new(2026, 11, 25));

        host.Clock.Advance(TimeSpan.FromDays(3));
        host.ForgetTokens();
        await host.SweepAsync();

        (await StoredAsync(elsewhere.Id)).ExitReason.ShouldBe(ExitReason.Expired, "another domain's watch entry waits for nothing");
        var expired = await StoredAsync(restored.Id);
        (expired.ExitReason, expired.ExitedOn).ShouldBe((ExitReason.Expired, new DateOnly(2026, 11, 26)));
        (await StoredAsync(reported.Id)).InForce(new(2026, 11, 27)).ShouldBeTrue();
        (await _journey.Entries.MoveAsync("tax.approver", black, "report", new { channels = new[] { "DepartmentSite" } })).Status.ShouldBe(HttpStatusCode.OK);
        var (left, entered) = (await StoredAsync(reported.Id), await StoredAsync(black.Id));
        (left.ExitReason, left.ExitedOn, entered.ValidFrom).ShouldBe((ExitReason.Upgraded, new DateOnly(2026, 11, 27), new DateOnly(2026, 11, 27)));

        (await _journey.Entries.MoveAsync("tax.officer", late, "withdrawal", new { reason = "证据不足" })).Status.ShouldBe(HttpStatusCode.OK);
        await host.SweepAsync();
        var ended = await StoredAsync(overdue.Id);
        (ended.ExitReason, ended.ValidTo, ended.ExitedOn).ShouldBe((ExitReason.Expired, new DateOnly(2026, 11, 26), new DateOnly(2026, 11, 27)), "the days it waited were days on the list");
    }

    [Fact]
    public async Task A_term_that_lasts_longer_than_the_black_entry_keeps_its_last_day()
    {
        var watch = await _journey.Entries.InForceAsync("tax", Proposals.Watch(Proposals.Code("WB5")).With(("validTo", "2027-05-23")));
        var black = await _journey.Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("WB5"), validTo: "2027-01-31"));
        (await _journey.Entries.MoveAsync("tax.approver", black, "recognition", new { watchMonthsAfterExit = 12 })).Status.ShouldBe(HttpStatusCode.OK);

        var stored = await StoredAsync(watch.Id);
        (stored.ValidTo, stored.OwnTermTo, stored.WaitsUntil).ShouldBe((new(2027, 5, 23), new(2027, 5, 23), new DateOnly(2027, 1, 31)));
    }

    private async Task<(EntryAnswer Watch, EntryAnswer Black)> RecognisedAsync(string mark)
    {
        var watch = await _journey.Entries.InForceAsync("tax", Proposals.Watch(Proposals.Code(mark)).With(("validTo", "2026-11-25")));
        var black = await _journey.Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code(mark)));
        var recognised = await _journey.Entries.MoveAsync("tax.approver", black, "recognition", new { watchMonthsAfterExit = 12 });
        recognised.Status.ShouldBe(HttpStatusCode.OK, recognised.Body);
        return (watch, recognised.Entry);
    }

    private Task<ListEntry> StoredAsync(Guid id) => _journey.Register.ReadAsync(db => db.Entries.AsNoTracking().SingleAsync(entry => entry.Id == id));

    private Task<DateOnly> ExpiryAsync(Guid id) => _journey.Register.ReadAsync(db =>
        db.Deadlines.Where(deadline => deadline.AggregateId == id && deadline.Kind == DeadlineKind.EntryExpiry).Select(deadline => deadline.DueOn).SingleAsync());
}
