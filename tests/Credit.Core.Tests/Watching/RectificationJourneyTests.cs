using System.Net;
using Credit.Core.Deadlines;
using Credit.Core.Oversight;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Records;
using Credit.Domain.DueProcess;
using Credit.Domain.Records;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Watching;

/// <summary>限期整改 and 约谈, day by day: each test has a clock of its own to walk on.</summary>
public sealed class RectificationJourneyTests : IAsyncLifetime
{
    private static readonly object Submission = new { report = "已补报。", evidence = "完税证明（鲁济税证〔2026〕2201号）" };

    private readonly HostFixture _host = new();
    private readonly WatchJourney _journey;

    public RectificationJourneyTests() => _journey = new(_host);

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("Requirement", "R-3.4.2.c")]
    [Trait("Requirement", "R-3.4.2.d")]
    [Trait("Requirement", "R-3.4.2.e")]
    [Trait("Invariant", "I63")]
    [Trait("Invariant", "I64")]
    public async Task An_overdue_rectification_leads_to_one_interview_by_the_recogniser_and_one_credit_record()
    {
        var watch = (await _journey.WatchedAsync("U00", "税收征管")).Single();
        var black = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("U01")));
        await RefusedAsync(watch, new { due = "2026-12-04" }, HttpStatusCode.UnprocessableEntity, "requirement-missing");
        await RefusedAsync(watch, new { requirement = "补报。" }, HttpStatusCode.UnprocessableEntity, "rectification-due");
        var (reminded, warned) = (await _journey.RequireAsync(watch), await _journey.RequireAsync(black));
        await RefusedAsync(watch, new { requirement = "补报。", due = "2026-12-04" }, HttpStatusCode.Conflict, "rectification-open");
        (await _journey.NoticesAsync(reminded, NoticeKind.Rectification)).ShouldHaveSingleItem().ValidTo.ShouldBe(new DateOnly(2026, 12, 4));
        await GoToAsync(12, 4, 23);
        (await _journey.RectificationAsync(reminded)).State.ShouldBe(RectificationState.Required, "the last day counts");

        await GoToAsync(12, 5, 1);
        await GoToAsync(12, 6, 1);

        var due = await _journey.RectificationAsync(reminded);
        (due.State, due.Interview, due.InterviewDue).ShouldBe((RectificationState.TalkDue, InterviewKind.Reminder, new DateOnly(2026, 12, 18)));
        (await _journey.RectificationAsync(warned)).Interview.ShouldBe(InterviewKind.Warning);
        (await _journey.NoticesAsync(reminded, NoticeKind.Interview)).ShouldHaveSingleItem().Title.ShouldBe("提示性约谈通知书");
        (await _journey.Register.ReadAsync(db => db.Inbox.CountAsync(item => item.Kind == InboxKind.Interview && item.AggregateId == reminded))).ShouldBe(1);
        foreach (var other in new[] { "finance.officer", "development-reform.officer" })
        {
            (await _journey.OnRectificationAsync(other, reminded, "interview", Interview("Reminder", "Held"))).Status.ShouldBe(HttpStatusCode.Forbidden, other);
        }

        (await _journey.OnRectificationAsync(WatchJourney.SubjectOf(watch), reminded, "interview", Interview("Reminder", "Held"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        var wrong = await _journey.OnRectificationAsync("tax.officer", reminded, "interview", Interview("Warning", "Held"));
        (wrong.Status, wrong.Body.Contains("interview-kind")).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        await DoneAsync("tax.officer", reminded, "interview", Interview("Reminder", "Refused"));
        await DoneAsync("tax.officer", warned, "interview", Interview("Warning", "Held"));
        var second = await _journey.OnRectificationAsync("tax.officer", reminded, "interview", Interview("Reminder", "Held"));
        (second.Status, second.Body.Contains("interview-recorded")).ShouldBe((HttpStatusCode.Conflict, true));

        var records = await _journey.Register.ReadAsync(db => db.CreditRecords.AsNoTracking().Where(record => record.Kind == RecordKind.Interview).ToListAsync());
        records.Select(record => (record.SourceId, record.SubjectId, record.Negative, record.FormedOn)).ShouldBe(
            [(reminded, watch.SubjectId, true, new DateOnly(2026, 12, 6)), (warned, black.SubjectId, false, new DateOnly(2026, 12, 6))], ignoreOrder: true);
        records.ForEach(record => record.ShouldSayWhereItCameFrom(RecordOrigin.Platform, "interviews"));
        records.Select(record => record.BatchId).Distinct().Count().ShouldBe(records.Select(record => record.Provider).Distinct().Count(), "one batch for each department and day");
        (await _journey.Register.ReadAsync(db => db.Deadlines.Where(each => each.Kind == DeadlineKind.HoldInterview).Select(each => each.State).ToListAsync()))
            .ShouldBe([DeadlineState.Met, DeadlineState.Met]);

        // A second rectification of the same entry, overdue too, leads to no second interview.
        var again = await _journey.RequireAsync(watch, "2026-12-08");
        await GoToAsync(12, 10, 1);
        (await _journey.RectificationAsync(again)).ShouldSatisfyAllConditions(
            each => each.State.ShouldBe(RectificationState.Overdue), each => each.Interview.ShouldBeNull());
    }

    [Fact]
    [Trait("Requirement", "R-3.4.2.c")]
    [Trait("Invariant", "I63")]
    public async Task Accepted_or_undecided_there_is_no_interview_and_rejected_after_the_last_day_there_is()
    {
        var entries = await _journey.WatchedAsync("U10", "税收征管", "安全生产");
        var subject = WatchJourney.SubjectOf(entries[0]);
        var (accepted, undecided) = (await _journey.RequireAsync(entries[0]), await _journey.RequireAsync(entries[1]));
        (await _journey.OnRectificationAsync("subject", accepted, "submission", Submission)).Status.ShouldBe(HttpStatusCode.NotFound, "another subject");
        await DoneAsync(subject, accepted, "submission", Submission);
        (await _journey.Register.ReadAsync(db => db.Inbox.AnyAsync(item => item.Kind == InboxKind.Rectification && item.AggregateId == accepted))).ShouldBeTrue();
        await DoneAsync("tax.officer", accepted, "rejection", new { finding = "缺少台账。" });
        await DoneAsync(subject, accepted, "submission", Submission);
        await DoneAsync("tax.officer", accepted, "acceptance", new { finding = "合格。" });
        await DoneAsync(subject, undecided, "submission", Submission);

        await GoToAsync(12, 7, 9);

        (await _journey.RectificationAsync(accepted)).ShouldSatisfyAllConditions(
            each => each.State.ShouldBe(RectificationState.Accepted), each => each.Interview.ShouldBeNull());
        (await _journey.RectificationAsync(undecided)).State.ShouldBe(RectificationState.Submitted, "the department's delay is not the subject's fault");
        await DoneAsync("tax.officer", undecided, "rejection", new { finding = "不实。" });
        (await _journey.RectificationAsync(undecided)).ShouldSatisfyAllConditions(
            each => each.State.ShouldBe(RectificationState.TalkDue), each => each.Interview.ShouldBe(InterviewKind.Reminder));
        (await _journey.NoticesAsync(accepted, NoticeKind.Answer)).Count.ShouldBe(2);
    }

    [Fact]
    [Trait("Invariant", "I22")]
    [Trait("Requirement", "R-3.4.2.d")]
    public async Task With_the_exit_of_the_entry_rectification_and_interview_end_and_nothing_is_owed_any_more()
    {
        var entries = await _journey.WatchedAsync("U20", "税收征管", "安全生产");
        var (talk, open) = (await _journey.RequireAsync(entries[0], "2026-11-25"), await _journey.RequireAsync(entries[1]));
        await GoToAsync(11, 26, 9);
        (await _journey.RectificationAsync(talk)).State.ShouldBe(RectificationState.TalkDue);

        foreach (var entry in entries)
        {
            (await _journey.ExitAsync(entry)).Status.ShouldBe(HttpStatusCode.OK);
        }

        foreach (var id in new[] { talk, open })
        {
            (await _journey.RectificationAsync(id)).State.ShouldBe(RectificationState.Ended);
            (await _journey.Register.ReadAsync(db => db.Deadlines.AnyAsync(each => each.AggregateId == id && each.State == DeadlineState.Open))).ShouldBeFalse();
        }

        (await _journey.Register.ReadAsync(db => db.Deadlines.AnyAsync(each => each.Kind == DeadlineKind.DeliverWarning && each.State == DeadlineState.Open))).ShouldBeFalse();
    }

    [Fact]
    [Trait("Requirement", "R-3.4.2.d")]
    public async Task While_the_entry_is_verified_nobody_is_talked_with_and_a_confirmed_entry_catches_up()
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("U30")));
        var rectification = await _journey.RequireAsync(entry, "2026-11-25");
        var objection = await _journey.Register.AcceptedObjectionAsync("association", entry.Id);
        await GoToAsync(11, 27, 9);
        (await _journey.RectificationAsync(rectification)).State.ShouldBe(RectificationState.Required);

        var upheld = await _journey.Register.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Upheld", finding = "认定无误。" });

        upheld.Status.ShouldBe(HttpStatusCode.OK, upheld.Body);
        (await _journey.RectificationAsync(rectification)).State.ShouldBe(RectificationState.TalkDue);
    }

    private static object Interview(string kind, string outcome) => new { kind, outcome, heldOn = "2026-12-06", minutes = "电话约谈主要负责人。" };

    private async Task RefusedAsync(EntryAnswer entry, object body, HttpStatusCode status, string code)
    {
        var refused = await _journey.Entries.PostAsync("tax.officer", $"/api/entries/{entry.Id}/rectifications", 1, body);
        refused.Status.ShouldBe(status, refused.Body);
        refused.Body.ShouldContain($"\"{code}\"");
    }

    private async Task DoneAsync(string user, Guid id, string action, object body)
    {
        var answer = await _journey.OnRectificationAsync(user, id, action, body);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
    }

    private async Task GoToAsync(int month, int day, int hour)
    {
        _host.Clock.SetUtcNow(new DateTimeOffset(2026, month, day, hour, 0, 0, TimeSpan.FromHours(8)));
        _host.ForgetTokens();
        await _host.SweepAsync();
    }
}
