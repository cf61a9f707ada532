using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Oversight;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.DueProcess;

/// <summary>Who decides about an objection, and what each party learns of it.</summary>
public sealed class ObjectionDecisionTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _journey = new(host);

    [Theory]
    [Trait("Invariant", "I59")]
    [Trait("Invariant", "I84")]
    [Trait("Requirement", "R-3.5.7.b")]
    [InlineData("dismissal", "400")]
    [InlineData("conclusion", "401")]
    public async Task An_approver_decides_who_had_no_part_in_the_entry(string action, string mark)
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code(mark)));
        var objection = await _journey.ObjectAsync("association", entry.Id);
        if (action == "conclusion")
        {
            (await _journey.OnObjectionAsync("tax.officer", objection, "acceptance")).Status.ShouldBe(HttpStatusCode.OK);
        }

        var body = new { conclusion = "Upheld", finding = "不属于本条目" };
        object decision = action == "conclusion" ? body : new { body.finding };
        (await _journey.OnObjectionAsync("tax.officer", objection, action, decision)).Status.ShouldBe(HttpStatusCode.Forbidden, "an officer does not decide");
        var own = await _journey.OnObjectionAsync("tax.approver", objection, action, decision);
        own.Status.ShouldBe(HttpStatusCode.Forbidden);
        own.Body.ShouldContain("four-eyes", customMessage: "who recognised the entry");
        (await _journey.OnObjectionAsync("finance.approver", objection, action, decision)).Status.ShouldBe(HttpStatusCode.NotFound, "another department's");

        var decided = await _journey.OnObjectionAsync("tax.reviewer", objection, action, decision);

        decided.Status.ShouldBe(HttpStatusCode.OK, decided.Body);
        var stored = await _journey.ReadAsync(db => db.Objections.SingleAsync(each => each.Id == objection));
        (stored.ConcludedBy, stored.Finding, stored.AnswerToReporter, stored.AnswerToSubject).ShouldBe(("tax.reviewer", body.finding, body.finding, body.finding));
        (await _journey.OnObjectionAsync("tax.reviewer", objection, "conclusion", body)).Status.ShouldBe(HttpStatusCode.Conflict, "one decision (I56)");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.a")]
    [Trait("Requirement", "R-3.5.7.b")]
    [Trait("Invariant", "I57")]
    public async Task A_doubt_is_an_objection_a_complaint_or_self_found_and_who_raised_it_follows_it_to_the_answer()
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("402")));
        var complaint = await _journey.ObjectAsync("association", entry.Id);
        var selfFound = await _journey.ObjectAsync("tax.officer", entry.Id);
        (await OriginAsync(complaint)).ShouldBe(ObjectionOrigin.Complaint);
        (await OriginAsync(selfFound)).ShouldBe(ObjectionOrigin.SelfFound);
        (await _journey.ReadAsync(db => db.Inbox.CountAsync(item => item.Kind == InboxKind.Objection && item.Department == "tax"
            && (item.AggregateId == complaint || item.AggregateId == selfFound)))).ShouldBe(2, "routed to the recogniser");
        (await ReadAsync("association", complaint)).GetProperty("state").GetString().ShouldBe("Filed");
        (await ReadAsync("association", complaint)).GetProperty("acceptDue").GetString().ShouldBe("2026-11-26", "two working days");

        (await _journey.OnObjectionAsync("tax.officer", complaint, "acceptance")).Status.ShouldBe(HttpStatusCode.OK);
        (await ReadAsync("association", complaint)).GetProperty("decideDue").GetString().ShouldBe("2026-12-03", "seven working days");
        (await _journey.OnObjectionAsync("tax.reviewer", complaint, "conclusion", new { conclusion = "Upheld", finding = "认定无误" })).Status.ShouldBe(HttpStatusCode.OK);

        var answered = await ReadAsync("association", complaint);
        (answered.GetProperty("state").GetString(), answered.GetProperty("answerToReporter").GetString()).ShouldBe(("Upheld", "认定无误"));
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.a")]
    [Trait("Invariant", "I57")]
    public async Task The_subject_objects_for_itself_sees_where_it_stands_and_gets_the_answer()
    {
        // The demo account of a subject is this one.
        var subject = Guid.Parse("00000000-0000-7000-8000-000000000001");
        var entry = await _journey.Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("403")));
        (await host.TryAsync($"SET session_replication_role = replica; "
            + $"UPDATE core.subject SET id = '{subject}' WHERE id = '{entry.SubjectId}'; UPDATE core.list_entry SET subject_id = '{subject}' WHERE id = '{entry.Id}'; "
            + $"UPDATE core.subject_identifier SET subject_id = '{subject}' WHERE subject_id = '{entry.SubjectId}'")).ShouldBe((null, null));
        entry = (await _journey.Entries.MoveAsync("tax.approver", entry, "recognition", new { watchMonthsAfterExit = 12 })).Entry;
        entry = (await _journey.Entries.MoveAsync("tax.approver", entry, "report", new { channels = new[] { "DepartmentSite" } })).Entry;

        var objection = await _journey.ObjectAsync("subject", entry.Id);

        (await OriginAsync(objection)).ShouldBe(ObjectionOrigin.Objection);
        (await ReadAsync("subject", objection)).GetProperty("state").GetString().ShouldBe("Filed");
        var complaint = await _journey.ObjectAsync("association", entry.Id);
        (await _journey.OnObjectionAsync("tax.reviewer", complaint, "dismissal", new { finding = "不属于本条目" })).Status.ShouldBe(HttpStatusCode.OK);
        (await ReadAsync("subject", complaint)).GetProperty("answerToSubject").GetString().ShouldBe("不属于本条目", "the party concerned learns of others' complaints too");
        using var stranger = await host.AsAsync("finance.officer");
        (await stranger.GetAsync($"/api/objections/{objection}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.d")]
    [Trait("Requirement", "R-3.5.6.a")]
    public async Task A_wrong_black_entry_is_made_good_on_the_channels_that_showed_it()
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("404")), ["DepartmentSite", "GovernmentPortal"]);
        var objection = await _journey.AcceptedObjectionAsync("association", entry.Id);

        (await _journey.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "误列入" })).Status.ShouldBe(HttpStatusCode.OK);

        var left = await _journey.ReadAsync(db => db.Entries.SingleAsync(each => each.Id == entry.Id));
        (left.State, left.ExitReason).ShouldBe((EntryState.Exited, ExitReason.Erroneous));
        var item = await _journey.ReadAsync(db => db.Inbox.SingleAsync(each => each.Kind == InboxKind.Reparation && each.AggregateId == entry.Id));
        item.Department.ShouldBe("tax");
        foreach (var channel in new[] { "CreditChina", "DepartmentSite", "GovernmentPortal", "更正声明" })
        {
            item.Text.ShouldContain(channel);
        }
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.e")]
    public async Task Benefits_of_a_wrong_red_entry_are_recovered_by_each_department_that_granted_one()
    {
        var entry = await _journey.Entries.InForceAsync(
            "tax", Proposals.Red(Proposals.Code("405")).With(("domain", "税收征管"), ("standard", "纳税缴费信用管理办法"), ("standardLevel", "National")));
        await host.SettleAsync();
        var tasks = await _journey.TasksAsync(entry.Id);
        var granted = tasks.First(task => task.Department == "finance" || task.Department == "ecology" || task.Department == "human-resources");
        (await _journey.OnTaskAsync($"{granted.Department}.officer", granted.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
        var told = await _journey.OnTaskAsync($"{granted.Department}.officer", granted.Id, "feedback", new { handleType = 1, action = "给予便利", result = "已享受" });
        told.Status.ShouldBe(HttpStatusCode.OK, told.Body);
        var objection = await _journey.AcceptedObjectionAsync("tax.officer", entry.Id);

        (await _journey.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "误列入" })).Status.ShouldBe(HttpStatusCode.OK);

        var recoveries = await _journey.ReadAsync(db => db.Inbox.AsNoTracking().Where(item => item.Kind == InboxKind.RecoverBenefits).ToListAsync());
        recoveries.Select(item => (item.Department, item.AggregateId)).ShouldBe([("tax", entry.Id), (granted.Department, granted.Id)], ignoreOrder: true);
        recoveries.Single(item => item.AggregateId == granted.Id).Text.ShouldContain(granted.Wording);
        (await _journey.TasksAsync(entry.Id)).ShouldAllBe(task => task.Execution == TaskExecution.Ended);
    }

    [Fact]
    [Trait("Invariant", "I15")]
    [Trait("Invariant", "I16")]
    [Trait("Requirement", "R-3.2.2.c")]
    [Trait("Requirement", "R-3.2.2.d")]
    public async Task A_person_whose_early_objection_was_rejected_is_still_told_first_and_can_then_be_recognised()
    {
        var entry = await _journey.Entries.ProposeAsync("tax.officer", Proposals.BlackPerson());
        var objection = await _journey.ObjectAsync("tax.officer", entry.Id);
        (await _journey.OnObjectionAsync("tax.reviewer", objection, "dismissal", new { finding = "异议不成立" })).Status.ShouldBe(HttpStatusCode.OK);
        (await NowAsync(entry, "tax.approver", "recognition", new { watchMonthsAfterExit = 12 })).Body.ShouldContain("prior-notice-missing");

        (await NowAsync(entry, "tax.officer", "notice", new { deliveredOn = "2026-11-16" })).Status.ShouldBe(HttpStatusCode.OK);
        (await NowAsync(entry, "tax.officer", "notice", new { deliveredOn = "2026-11-23" })).Body.ShouldContain("notice-already-served");

        (await NowAsync(entry, "tax.approver", "recognition", new { watchMonthsAfterExit = 12 })).Status.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<MoveAnswer> NowAsync(EntryAnswer entry, string user, string action, object body) =>
        await _journey.Entries.MoveAsync(user, await _journey.Entries.ReadAsync("tax.officer", entry.Id), action, body);

    private Task<ObjectionOrigin> OriginAsync(Guid id) => _journey.ReadAsync(db => db.Objections.Where(each => each.Id == id).Select(each => each.Origin).SingleAsync());

    private async Task<JsonElement> ReadAsync(string user, Guid id)
    {
        using var client = await host.AsAsync(user);
        return await client.GetFromJsonAsync<JsonElement>($"/api/objections/{id}");
    }
}
