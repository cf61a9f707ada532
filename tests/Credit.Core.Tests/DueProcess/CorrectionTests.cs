using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Deadlines;
using Credit.Core.Oversight;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.DueProcess;

/// <summary>A wrong entry is corrected in public, told to all who had it, and its benefits are recovered.</summary>
public sealed class CorrectionTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Statement = "我局对该企业的黑名单认定有误，现予更正。";

    private readonly TaskJourney _journey = new(host);

    [Fact]
    [Trait("Invariant", "I21")]
    public async Task Corrected_facts_are_held_to_what_a_proposal_is_held_to()
    {
        var (entry, _) = await _journey.DispatchedAsync("Q8");
        var objection = await _journey.AcceptedObjectionAsync("association", entry.Id);
        var tooLong = await _journey.OnObjectionAsync(
            "tax.reviewer", objection, "conclusion", new { conclusion = "Corrected", finding = "事实有误", correctedFacts = new string('事', 5001) });
        tooLong.Body.ShouldContain("text-too-long");

        var person = await _journey.Entries.ProposeAsync("tax.officer", Proposals.BlackPerson());
        var stored = await _journey.ReadAsync(db => db.Entries.AsNoTracking().SingleAsync(each => each.Id == person.Id));
        await using var scope = host.Services.CreateAsyncScope();
        var correct = scope.ServiceProvider.GetRequiredService<Credit.Core.DueProcess.CorrectEntry>();
        correct.Against(stored, "该人有精神病史。", null).ShouldHaveSingleItem().Code.ShouldBe("forbidden-kind-of-data");
        correct.Against(stored, "虚开发票三份。", null).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.d")]
    [Trait("Invariant", "I53")]
    public async Task A_wrong_black_entry_is_corrected_in_public_on_each_of_its_channels_and_on_no_other()
    {
        var (entry, _) = await _journey.DispatchedAsync("Q0");
        await RevokeAsync(entry.Id);
        var owed = await _journey.ReadAsync(db => db.Reparations.Include(each => each.Channels).SingleAsync(each => each.EntryId == entry.Id));
        owed.State.ShouldBe(ReparationState.Owed);
        var channels = owed.Channels.Select(each => each.Channel.ToString()).ToArray();
        channels.ShouldContain("CreditChina");
        channels.ShouldNotContain("Necips", "the entry was never shown there");

        (await OnAsync("tax.officer", owed.Id, 1, "channels", new { channel = "CreditChina" })).Status.ShouldBe(HttpStatusCode.Conflict, "nothing is stated yet");
        (await OnAsync("tax.officer", owed.Id, 1, "statement", new { statement = "更正，联系13800138000" })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await OnAsync("tax.approver", owed.Id, 1, "statement", new { statement = Statement })).Status.ShouldBe(HttpStatusCode.OK);
        (await OnAsync("tax.approver", owed.Id, 2, "approval", null)).Body.ShouldContain("four-eyes");
        (await OnAsync("finance.approver", owed.Id, 2, "approval", null)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await PublicAsync(entry.Id)).ShouldBeEmpty("a draft is nobody's business");
        (await OnAsync("tax.reviewer", owed.Id, 2, "approval", null)).Status.ShouldBe(HttpStatusCode.OK);
        (await OnAsync("tax.officer", owed.Id, 3, "channels", new { channel = "Necips" })).Body.ShouldContain("channel-not-original");

        var version = 3;
        foreach (var channel in channels)
        {
            var carried = await OnAsync("tax.officer", owed.Id, version, "channels", new { channel });
            carried.Status.ShouldBe(HttpStatusCode.OK, carried.Body);
            version = JsonSerializer.Deserialize<JsonElement>(carried.Body).GetProperty("version").GetInt32();
        }

        (await PublicAsync(entry.Id)).Select(row => row.GetProperty("Channel").GetString()).ShouldBe(channels, ignoreOrder: true);
        (await PublicAsync(entry.Id)).ShouldAllBe(row => row.GetProperty("Statement").GetString() == Statement);
        var done = await _journey.ReadAsync(db => db.Reparations.SingleAsync(each => each.Id == owed.Id));
        (done.State, done.DoneOn).ShouldBe((ReparationState.Done, owed.OrderedOn));
        (await _journey.ReadAsync(db => db.Deadlines.SingleAsync(each => each.AggregateId == owed.Id))).State.ShouldBe(DeadlineState.Met);
        (await _journey.ReadAsync(db => db.Inbox.SingleAsync(item => item.Kind == InboxKind.Reparation && item.AggregateId == entry.Id))).DoneBy.ShouldBe("tax.officer", "the last channel closes the item");
        (await _journey.ReadAsync(db => db.Notices.SingleAsync(each => each.AboutId == entry.Id && each.Kind == NoticeKind.Correction))).Text.ShouldBe(Statement);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.d")]
    [Trait("Invariant", "I53")]
    public async Task Every_department_that_had_the_wrong_entry_is_told_and_the_city_too_and_a_late_correction_is_escalated()
    {
        var (entry, tasks) = await _journey.DispatchedAsync("Q1");
        await RevokeAsync(entry.Id);
        var owed = await _journey.ReadAsync(db => db.Reparations.SingleAsync(each => each.EntryId == entry.Id));

        var told = await _journey.ReadAsync(db => db.Inbox.Where(item => item.Kind == InboxKind.Correction && item.AggregateId == owed.Id).Select(item => item.Department).ToListAsync());
        told.ShouldBe(tasks.Select(task => task.Department).Append("development-reform").Where(department => department != "tax").Distinct(), ignoreOrder: true);
        var due = await _journey.ReadAsync(db => db.Deadlines.SingleAsync(each => each.AggregateId == owed.Id && each.Kind == DeadlineKind.CorrectWrongEntry));
        (due.Department, due.WorkingDays, due.State).ShouldBe(("tax", 3, DeadlineState.Open));
        using var city = await host.AsAsync("city.system");
        await host.SettleAsync();
        (await city.GetStringAsync("/api/exchange/city/steps")).ShouldContain("reparation.ordered.v1");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.e")]
    [Trait("Invariant", "I53")]
    public async Task What_a_wrong_red_entry_brought_is_recovered_or_said_to_be_lost_by_who_granted_it()
    {
        var proposal = System.Text.Json.Nodes.JsonNode.Parse(JsonSerializer.Serialize(Proposals.Red(Proposals.Code("Q2"))))!.AsObject();
        proposal["domain"] = "税收征管";
        var entry = await _journey.Entries.InForceAsync("tax", proposal);
        await host.SettleAsync();
        var granted = (await _journey.TasksAsync(entry.Id)).First(task => task.Department == "development-reform");
        var officer = granted.Department + ".officer";
        (await _journey.OnTaskAsync(officer, granted.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
        (await _journey.OnTaskAsync(officer, granted.Id, "feedback", new { handleType = 1, action = "优先办理", result = "已享受" })).Status.ShouldBe(HttpStatusCode.OK);
        await RevokeAsync(entry.Id);
        var owed = await _journey.ReadAsync(db => db.Recoveries.SingleAsync(each => each.EntryId == entry.Id));
        (owed.TaskId, owed.Department, owed.State).ShouldBe((granted.Id, granted.Department, RecoveryState.Owed));
        (await _journey.ReadAsync(db => db.Reparations.AnyAsync(each => each.EntryId == entry.Id))).ShouldBeFalse("a red entry hurt nobody's name");

        (await RecoverAsync("tax.officer", owed.Id, new { recovered = true, result = "已收回" })).Status.ShouldBe(HttpStatusCode.NotFound, "only who granted it");
        (await RecoverAsync(officer, owed.Id, new { recovered = false, result = " " })).Body.ShouldContain("recovery-result-missing");
        (await RecoverAsync(officer, owed.Id, new { recovered = false, result = "优先办理已结束，无从追回。" })).Status.ShouldBe(HttpStatusCode.OK);
        var again = await _journey.Entries.PostAsync(officer, $"/api/recoveries/{owed.Id}/result", 2, new { recovered = true, result = "已收回" });
        again.Status.ShouldBe(HttpStatusCode.Conflict, "it has one end");
        using var reader = await host.AsAsync(officer);
        var row = (await _journey.Entries.ListAsync(reader, $"/odata/official/Recoveries?$filter=EntryId eq {entry.Id}")).ShouldHaveSingleItem();
        row.GetProperty("State").GetString().ShouldBe("NotRecoverable");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.b")]
    [Trait("Invariant", "I58")]
    public async Task Who_carries_a_measure_out_verifies_a_doubt_about_it_and_withdraws_that_measure_alone()
    {
        var (entry, tasks) = await _journey.DispatchedAsync("Q3");
        var doubted = tasks.First(task => task.Department == "finance");
        var id = await DoubtAsync(entry.Id, doubted.Id);

        (await _journey.OnObjectionAsync("tax.officer", id, "acceptance")).Status.ShouldBe(HttpStatusCode.NotFound, "the recogniser is told, the measure's department decides");
        (await _journey.OnObjectionAsync("finance.officer", id, "acceptance")).Status.ShouldBe(HttpStatusCode.OK);
        (await ExecutionsAsync(entry.Id)).Where(task => task.Execution == TaskExecution.Suspended).Select(task => task.Id).ShouldBe([doubted.Id]);
        (await _journey.Entries.ReadAsync("tax.officer", entry.Id)).State.ShouldBe("Active", "the entry is not in doubt");

        var concluded = await _journey.OnObjectionAsync("finance.reviewer", id, "conclusion", new { conclusion = "Revoked", finding = "该措施不适用于本项目" });

        concluded.Status.ShouldBe(HttpStatusCode.OK, concluded.Body);
        (await ExecutionsAsync(entry.Id)).Where(task => task.Execution == TaskExecution.Ended).Select(task => task.Id).ShouldBe([doubted.Id]);
        (await _journey.ReadAsync(db => db.Deadlines.AnyAsync(each => each.AggregateId == doubted.Id && each.Kind == DeadlineKind.ConfirmStop && each.State == DeadlineState.Open))).ShouldBeTrue();
        using var association = await host.AsAsync("association");
        (await association.GetFromJsonAsync<JsonElement>($"/api/objections/{id}")).GetProperty("answerToReporter").GetString().ShouldBe("该措施不适用于本项目");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.b")]
    [Trait("Requirement", "R-3.5.7.c")]
    public async Task A_doubted_measure_rests_on_when_its_entry_is_confirmed_and_goes_on_when_both_are()
    {
        var (entry, tasks) = await _journey.DispatchedAsync("Q4");
        var doubted = tasks.First(task => task.Department == "finance");
        var ofMeasure = await DoubtAsync(entry.Id, doubted.Id);
        (await _journey.OnObjectionAsync("finance.officer", ofMeasure, "acceptance")).Status.ShouldBe(HttpStatusCode.OK);
        var ofEntry = await _journey.AcceptedObjectionAsync("association", entry.Id);

        (await _journey.OnObjectionAsync("tax.reviewer", ofEntry, "conclusion", new { conclusion = "Upheld", finding = "认定无误" })).Status.ShouldBe(HttpStatusCode.OK);
        (await ExecutionsAsync(entry.Id)).Where(task => task.Execution == TaskExecution.Suspended).Select(task => task.Id).ShouldBe([doubted.Id], "the others go on");

        (await _journey.OnObjectionAsync("finance.reviewer", ofMeasure, "conclusion", new { conclusion = "Upheld", finding = "措施适用无误" })).Status.ShouldBe(HttpStatusCode.OK);
        (await ExecutionsAsync(entry.Id)).ShouldAllBe(task => task.Execution == TaskExecution.Running);
    }

    private async Task<Guid> DoubtAsync(Guid entryId, Guid taskId)
    {
        using var association = await host.AsAsync("association");
        using var filed = await association.PostAsJsonAsync($"/api/entries/{entryId}/objections", new { grounds = "不应适用该措施", taskId });
        filed.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await filed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private Task<List<MeasureTask>> ExecutionsAsync(Guid entryId) => _journey.ReadAsync(db => db.Tasks.AsNoTracking().Where(task => task.EntryId == entryId).ToListAsync());

    private Task<MoveAnswer> OnAsync(string user, Guid id, int version, string action, object? body) =>
        _journey.Entries.PostAsync(user, $"/api/reparations/{id}/{action}", version, body);

    private Task<MoveAnswer> RecoverAsync(string user, Guid id, object body) => _journey.Entries.PostAsync(user, $"/api/recoveries/{id}/result", 1, body);

    private async Task<IReadOnlyList<JsonElement>> PublicAsync(Guid entryId)
    {
        using var anybody = host.Anonymous();
        return await _journey.Entries.ListAsync(anybody, $"/odata/public/Corrections?$filter=EntryId eq {entryId}");
    }

    private async Task RevokeAsync(Guid entryId)
    {
        var objection = await _journey.AcceptedObjectionAsync("association", entryId);
        var concluded = await _journey.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "误列入" });
        concluded.Status.ShouldBe(HttpStatusCode.OK, concluded.Body);
    }
}
