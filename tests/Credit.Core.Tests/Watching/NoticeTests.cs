using System.Net;
using System.Text.Json;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Tests.DueProcess;
using Credit.Core.Tests.Listing;
using Credit.Domain.DueProcess;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Watching;

/// <summary>Documents to subjects, with their delivery records and answers.</summary>
public sealed class NoticeTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly WatchJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.2.2.d")]
    public async Task A_prior_notice_is_a_document_with_a_delivery_record_and_its_answer_ends_the_wait()
    {
        var entry = await _journey.Entries.ProposeAsync("tax.officer", Proposals.BlackPerson());
        var noticed = await _journey.Entries.MoveAsync(
            "tax.officer", entry, "notice", new { deliveredOn = "2026-11-23", way = "Post", evidence = "邮寄回执（2026）任税字第5号" });
        noticed.Status.ShouldBe(HttpStatusCode.OK, noticed.Body);
        var notice = (await _journey.NoticesAsync(entry.Id, NoticeKind.PriorNotice)).ShouldHaveSingleItem();
        (notice.State, notice.DeliveredOn, notice.DeliveredBy, notice.DeliveryEvidence)
            .ShouldBe((NoticeState.Delivered, new DateOnly(2026, 11, 23), DeliveryWay.Post, "邮寄回执（2026）任税字第5号"));
        notice.Text.ShouldContain("走逃失联");
        PersonalText.IsIn(notice.Text).ShouldBeFalse();
        var early = await _journey.Entries.MoveAsync("tax.approver", noticed.Entry, "recognition", new { watchMonthsAfterExit = 12 });
        early.Body.ShouldContain("defence-period-running");

        var reply = await _journey.Entries.PostAsync(WatchJourney.SubjectOf(entry), $"/api/notices/{notice.Id}/reply", notice.Version, new { reply = "本人无异议。" });

        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Body);
        (await _journey.Register.ReadAsync(db => db.Inbox.AnyAsync(item => item.Kind == InboxKind.NoticeAnswered && item.AggregateId == notice.Id && item.Department == "tax")))
            .ShouldBeTrue();
        (await _journey.Entries.MoveAsync("tax.approver", noticed.Entry, "recognition", new { watchMonthsAfterExit = 12 })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.4.a")]
    public async Task Recognition_and_repair_information_are_written_together()
    {
        var black = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("N00")));
        var red = await _journey.Entries.InForceAsync("market-supervision", Proposals.Red(Proposals.Code("N01")));

        (await _journey.NoticesAsync(black.Id, NoticeKind.Recognition)).ShouldHaveSingleItem().Text.ShouldContain("黑名单");
        (await _journey.NoticesAsync(black.Id, NoticeKind.RepairInformation)).ShouldHaveSingleItem().Text.ShouldContain("公开信用承诺");
        (await _journey.NoticesAsync(red.Id, NoticeKind.Recognition)).ShouldHaveSingleItem();
        (await _journey.NoticesAsync(red.Id, NoticeKind.RepairInformation)).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "R-3.5.5.d")]
    public async Task A_subject_sees_and_answers_its_own_and_a_department_those_it_wrote()
    {
        var entry = (await _journey.WatchedAsync("N10", "税收征管")).Single();
        var subject = WatchJourney.SubjectOf(entry);
        var warning = (await _journey.NoticesAsync(entry.Id, NoticeKind.Warning)).Single();
        var path = $"/api/notices/{warning.Id}";

        (await ListAsync(subject)).ShouldContain(warning.Id);
        (await ListAsync("tax.officer")).ShouldContain(warning.Id);
        foreach (var other in new[] { "subject", "finance.officer", "association" })
        {
            (await ListAsync(other)).ShouldNotContain(warning.Id, other);
            (await _journey.GetAsync(other, path)).Status.ShouldBe(HttpStatusCode.NotFound, other);
            (await _journey.Entries.PostAsync(other, path + "/reply", warning.Version, new { reply = "收悉。" })).Status.ShouldBe(HttpStatusCode.NotFound, other);
        }

        (await _journey.OfficialAsync("finance.officer", $"Notices?$filter=AboutId eq {entry.Id}")).ShouldBeEmpty();
        (await _journey.OfficialAsync("tax.officer", $"Notices?$filter=AboutId eq {entry.Id}")).Count.ShouldBe(3);
        (await _journey.GetAsync("tax.officer", path)).Body.GetProperty("state").GetString().ShouldBe("Issued", "read by the department it is not delivered");
        var unread = await _journey.Entries.PostAsync(subject, path + "/reply", warning.Version, new { reply = "收悉。" });
        (unread.Status, unread.Body.Contains("state-does-not-allow")).ShouldBe((HttpStatusCode.Conflict, true));
        var read = (await _journey.GetAsync(subject, path)).Body;
        read.GetProperty("state").GetString().ShouldBe("Delivered");
        (await _journey.GetAsync(subject, path)).Body.GetProperty("version").GetInt32().ShouldBe(read.GetProperty("version").GetInt32(), "delivered once");
        var version = read.GetProperty("version").GetInt32();
        var personal = await _journey.Entries.PostAsync(subject, path + "/reply", version, new { reply = "我的身份证370811199001010014" });
        personal.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, personal.Body);
        var reply = await _journey.Entries.PostAsync(subject, path + "/reply", version, new { reply = "已收悉，将整改。" });
        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Body);
        (await _journey.GetAsync("tax.officer", path)).Body.GetProperty("reply").GetString().ShouldBe("已收悉，将整改。");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.5.d")]
    public async Task A_delivery_is_recorded_by_the_department_with_its_evidence_once()
    {
        var entry = (await _journey.WatchedAsync("N20", "税收征管")).Single();
        var warning = (await _journey.NoticesAsync(entry.Id, NoticeKind.Warning)).Single();
        var good = new { way = "InPerson", deliveredOn = "2026-11-24", evidence = "送达回证（任税送〔2026〕18号）" };
        foreach (var (body, code) in new (object, string)[]
        {
            (new { way = "Platform", deliveredOn = "2026-11-24", evidence = "x" }, "delivery-way"),
            (new { way = "Post", deliveredOn = "2026-11-24", evidence = " " }, "delivery-evidence"),
            (new { way = "Post", deliveredOn = "2026-11-23", evidence = "回执" }, "delivery-day"),
            (new { way = "Post", deliveredOn = "2026-11-25", evidence = "回执" }, "delivery-day"),
        })
        {
            var refused = await DeliverAsync("tax.officer", warning, body);
            (refused.Status, refused.Body.Contains($"\"{code}\"")).ShouldBe((HttpStatusCode.UnprocessableEntity, true), code);
        }

        (await DeliverAsync("finance.officer", warning, good)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await DeliverAsync(WatchJourney.SubjectOf(entry), warning, good)).Status.ShouldBe(HttpStatusCode.Forbidden);
        var delivered = await DeliverAsync("tax.officer", warning, good);
        delivered.Status.ShouldBe(HttpStatusCode.OK, delivered.Body);
        (await DeliverAsync("tax.officer", warning, good)).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.b")]
    [Trait("Requirement", "R-3.5.6.d")]
    public async Task Answers_and_exits_reach_the_subject_as_notices()
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("N30")));
        var objection = await _journey.Register.AcceptedObjectionAsync("association", entry.Id);
        (await _journey.Register.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "税款已缴清。" }))
            .Status.ShouldBe(HttpStatusCode.OK);
        var repairs = new RepairJourney(host);
        var watch = (await _journey.WatchedAsync("N31", "税收征管")).Single();
        var repair = await repairs.ApprovedAsync(watch);

        (await _journey.NoticesAsync(objection, NoticeKind.Answer)).ShouldHaveSingleItem().Text.ShouldContain("予以撤销。税款已缴清。");
        (await _journey.NoticesAsync(entry.Id, NoticeKind.Exit)).ShouldHaveSingleItem().Text.ShouldContain("误列入");
        (await _journey.NoticesAsync(repair, NoticeKind.Answer)).ShouldHaveSingleItem().Text.ShouldContain("同意修复");
        (await _journey.NoticesAsync(watch.Id, NoticeKind.Exit)).ShouldHaveSingleItem().Text.ShouldContain("完成信用修复");
    }

    [Fact]
    [Trait("Requirement", "R-3.4.2.c")]
    [Trait("Requirement", "R-3.4.2.d")]
    public async Task Departments_and_the_subject_see_rectification_and_interview_and_the_public_sees_nothing()
    {
        var entry = (await _journey.WatchedAsync("U40", "税收征管")).Single();
        var id = await _journey.RequireAsync(entry);

        foreach (var user in new[] { "tax.officer", "finance.officer", "development-reform.officer", "auditor", WatchJourney.SubjectOf(entry) })
        {
            (await _journey.GetAsync(user, $"/api/rectifications/{id}")).Status.ShouldBe(HttpStatusCode.OK, user);
        }

        (await _journey.GetAsync("subject", $"/api/rectifications/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _journey.GetAsync("association", $"/api/rectifications/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _journey.OfficialAsync("finance.officer", $"Rectifications?$filter=EntryId eq {entry.Id}")).ShouldHaveSingleItem();
        using var anyone = host.Anonymous();
        using var answer = await anyone.GetAsync(new Uri("/odata/public/Rectifications", UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private Task<MoveAnswer> DeliverAsync(string user, Notice notice, object body) =>
        _journey.Entries.PostAsync(user, $"/api/notices/{notice.Id}/delivery", notice.Version, body);

    private async Task<IReadOnlyList<Guid>> ListAsync(string user) =>
        [.. (await _journey.GetAsync(user, "/api/notices")).Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];
}
