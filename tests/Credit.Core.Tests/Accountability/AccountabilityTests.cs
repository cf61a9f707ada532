using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Subjects;
using Credit.Domain.Accountability;
using Credit.Domain.Enforcement;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Accountability;

/// <summary>责任追溯: an organisation's entry reaches those who were in office when the act happened, and those named.</summary>
public sealed class AccountabilityTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string First = "370811197001030016";
    private const string Second = "370811197102030023";
    private const string Third = "370811197203030030";

    private const string Fourth = "370811197405030055";

    private readonly PersonsJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.4.6.a")]
    [Trait("Requirement", "R-3.4.6.b")]
    [Trait("Requirement", "R-3.4.6.c")]
    [Trait("Invariant", "I52")]
    public async Task A_black_entry_holds_those_in_office_at_the_act_and_those_named_to_account_their_measures_run_and_all_ends_with_the_exit()
    {
        var proposed = await _journey.ProposedAsync("Q00", "2026-06-15");
        var then = await _journey.OfficeAsync(proposed.SubjectId, "370811197708030087", "2021-03-01", "2026-09-30");
        var successor = await _journey.OfficeAsync(proposed.SubjectId, "370811197809030094", "2026-10-01");
        var entry = await _journey.RecognisedAsync(proposed);
        var named = await _journey.NameAsync(entry, "370811197405030055");
        (await _journey.ItemsAsync(entry.Id)).ShouldHaveSingleItem().State.ShouldBe(AccountabilityState.Named);
        (await _journey.FileAsync(named)).ShouldBeEmpty("the entry is not in force yet");

        var reported = await _journey.Entries.MoveAsync("tax.approver", entry, "report", new { channels = new[] { "DepartmentSite" } });
        reported.Status.ShouldBe(HttpStatusCode.OK, reported.Body);

        var items = await _journey.ItemsAsync(entry.Id);
        items.Select(item => (item.PersonId, item.Responsibility, item.State)).ShouldBe(
            [(named, Responsibility.DirectlyResponsible, AccountabilityState.InForce), (then, Responsibility.LegalRepresentative, AccountabilityState.InForce)],
            ignoreOrder: true, "in the report's own transaction, before any reaction ran");
        items.ShouldAllBe(item => item.ActOn == new DateOnly(2026, 6, 15));
        (await _journey.FileAsync(then)).ShouldBe([(entry.Id, true)]);
        (await _journey.FileAsync(successor)).ShouldBeEmpty();
        (await _journey.Register.ReadAsync(db => db.Entries.CountAsync(each => each.SubjectId == then || each.SubjectId == named))).ShouldBe(0, "an item is no entry of the person (I15)");

        await host.SettleAsync();
        await host.SettleAsync();
        var tasks = await _journey.PersonTasksAsync(entry.Id);
        tasks.Select(task => (task.PersonId, task.MeasureKey)).Distinct().ShouldBe(
            [.. from person in new[] { then, named } from measure in new[] { "TAX-BLACK/3", "TAX-BLACK/22", "TAX-BLACK/23" } select ((Guid?)person, measure)], ignoreOrder: true);
        tasks.Count(task => task.PersonId == then).ShouldBe(9, "each department once");
        tasks.ShouldAllBe(task => task.SubjectCode.Contains('*') && task.Execution == TaskExecution.Running);
        using var department = await host.AsAsync("human-resources.officer");
        (await _journey.Entries.ListAsync(department, $"/odata/official/MeasureTasks?$filter=PersonId eq {then}")).ShouldHaveSingleItem().GetProperty("MeasureKey").GetString().ShouldBe("TAX-BLACK/22");

        var left = await _journey.Entries.MoveAsync("tax.approver", reported.Entry, "exit", new { reason = "StandardChanged", explanation = "已修订。" });
        left.Status.ShouldBe(HttpStatusCode.OK, left.Body);
        (await _journey.ItemsAsync(entry.Id)).ShouldAllBe(item => item.State == AccountabilityState.Ended && item.EndedOn == new DateOnly(2026, 11, 24));
        (await _journey.PersonTasksAsync(entry.Id)).ShouldAllBe(task => task.State == TaskState.StopRequested && task.Execution == TaskExecution.Ended);
        var watch = (await _journey.Register.ReadAsync(db => db.Entries.SingleAsync(each => each.PredecessorId == entry.Id))).Id;
        (await _journey.FileAsync(then)).ShouldBe([(entry.Id, false), (watch, true)], "the watch entry that follows is about the same act");
        (await _journey.FileAsync(named)).ShouldBe([(entry.Id, false), (watch, true)]);
        (await _journey.FileAsync(successor)).ShouldBeEmpty();
        (await _journey.PersonTasksAsync(watch)).ShouldBeEmpty("no measure of the watch list reaches persons");
    }

    [Fact]
    [Trait("Requirement", "R-3.4.6.b")]
    public async Task An_entry_found_wrong_is_gone_from_the_personal_file_and_stays_a_fact_of_the_log()
    {
        var proposed = await _journey.ProposedAsync("Q10");
        var person = await _journey.OfficeAsync(proposed.SubjectId, First, "2021-03-01");
        var entry = await _journey.InForceAsync(proposed);
        (await _journey.FileAsync(person)).ShouldContain((entry.Id, true));
        var objection = await _journey.Register.AcceptedObjectionAsync("association", entry.Id);
        (await _journey.PersonTasksAsync(entry.Id)).ShouldAllBe(task => task.Execution == TaskExecution.Suspended, "the person's measures rest with the unit's");

        (await _journey.Register.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "误列入" })).Status.ShouldBe(HttpStatusCode.OK);

        (await _journey.FileAsync(person)).ShouldNotContain(item => item.Entry == entry.Id);
        var item = (await _journey.ItemsAsync(entry.Id)).ShouldHaveSingleItem();
        (item.State, item.PersonName, item.PersonMask).ShouldBe((AccountabilityState.Deleted, "", null));
        (await _journey.PersonTasksAsync(entry.Id)).ShouldAllBe(task => task.Execution == TaskExecution.Ended);
        using var recogniser = await host.AsAsync("tax.officer");
        (await _journey.Entries.ListAsync(recogniser, $"/odata/official/AccountabilityItems?$filter=EntryId eq {entry.Id}")).ShouldBeEmpty();
        (await _journey.Register.ReadAsync(db => db.RegisterEntries.CountAsync(each => each.AggregateId == item.Id && each.WireName == "accountability.ended.v1"))).ShouldBe(1);
    }

    [Fact]
    [Trait("Requirement", "R-3.4.6.a")]
    [Trait("Invariant", "I52")]
    public async Task An_office_recorded_or_ended_later_is_taken_into_account_for_entries_already_in_force()
    {
        var entry = await _journey.InForceAsync(await _journey.ProposedAsync("Q20", "2026-06-15"));
        (await _journey.ItemsAsync(entry.Id)).ShouldBeEmpty();
        var person = await _journey.OfficeAsync(entry.SubjectId, First, "2026-06-15");
        await host.SettleAsync();
        (await _journey.FileAsync(person)).ShouldContain((entry.Id, true));
        (await _journey.PersonTasksAsync(entry.Id)).Count.ShouldBe(9);
        var refused = await _journey.Entries.PostAsync(
            "public-resource-trading.officer", $"/api/subjects/{entry.SubjectId}/officeholders", 1,
            new { person = new { name = "王某", certificateType = "身份证", certificateNumber = Second }, office = "LegalRepresentative", since = "2026-01-01", evidence = "登记档案。" });
        (refused.Status, refused.Body.Contains("office-not-yours")).ShouldBe((HttpStatusCode.Forbidden, true));

        // Dating its end back before the act frees nobody: not from another department, not from the one that recorded it.
        var other = await _journey.OfficeAsync(entry.SubjectId, Second, "2026-06-01", office: "MainResponsiblePerson");
        var office = await _journey.Register.ReadAsync(db => db.Officeholders.SingleAsync(each => each.PersonId == other && each.OrganisationId == entry.SubjectId));
        (await _journey.FileAsync(other)).ShouldContain((entry.Id, true));
        var end = $"/api/officeholders/{office.Id}/end";
        (await _journey.Entries.PostAsync("tax.approver", end, 2, new { until = "2026-06-14", reason = "离任" })).ShouldBeRefused(HttpStatusCode.Forbidden, "office-not-yours");
        (await _journey.Entries.PostAsync("market-supervision.officer", end, 2, new { until = "2026-06-14", reason = "离任" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _journey.Entries.PostAsync("market-supervision.approver", end, 2, new { until = "2026-06-14", reason = "离任" })).ShouldBeRefused(HttpStatusCode.Conflict, "office-end-frees-person");
        (await _journey.Entries.PostAsync("market-supervision.approver", end, 2, new { until = "2026-06-15", reason = "电话13800138000" })).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "office-names-person");
        await _journey.DoneAsync("market-supervision.approver", end, new { until = "2026-06-15", reason = "变更登记" }, 2);

        (await _journey.FileAsync(other)).ShouldContain((entry.Id, true));
        (await _journey.FileAsync(person)).ShouldContain((entry.Id, true));
    }

    [Fact]
    [Trait("Requirement", "R-3.4.6.a")]
    [Trait("Invariant", "I84")]
    public async Task An_office_is_recorded_by_registrar_or_recogniser_with_evidence_and_makes_nobody_answer_before_a_second_officer_confirmed_it()
    {
        var entry = await _journey.InForceAsync(await _journey.ProposedAsync("Q50", "2026-06-15"));
        var path = $"/api/subjects/{entry.SubjectId}/officeholders";
        (await RecordAsync("finance.officer", "登记档案。")).ShouldBeRefused(HttpStatusCode.Forbidden, "office-not-yours");
        (await RecordAsync("market-supervision.officer", " ")).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "office-evidence-missing");
        (await RecordAsync("market-supervision.officer", "电话13800138000")).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "office-names-person");
        (await RecordAsync("tax.officer", "稽查卷宗。", "370811198505050031", "赵某")).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "not-registered-representative");
        var recorded = await RecordAsync("tax.officer", "稽查卷宗。");
        recorded.Status.ShouldBe(HttpStatusCode.Created, recorded.Body);
        var body = JsonSerializer.Deserialize<JsonElement>(recorded.Body);
        var (office, person) = (body.GetProperty("id").GetGuid(), body.GetProperty("personId").GetGuid());
        (await RecordAsync("tax.officer", "稽查卷宗。", "370811198505050031", "赵某")).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "second-legal-representative");
        (await RecordAsync("tax.officer", "稽查卷宗。", name: "赵某")).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "person-name-differs");
        (await _journey.ItemsAsync(entry.Id)).ShouldBeEmpty();
        (await NoticesAsync()).ShouldBe(0);

        (await _journey.Register.DeskAsync(Guid.Parse($"{office}"))).ShouldBe(("tax", true), "a second officer is asked");
        (await ConfirmAsync("market-supervision.approver")).ShouldBeRefused(HttpStatusCode.Forbidden, "office-not-yours");
        (await ConfirmAsync("tax.officer")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await ConfirmAsync("tax.approver")).Status.ShouldBe(HttpStatusCode.OK);
        (await _journey.Register.DeskAsync(Guid.Parse($"{office}"))).ShouldBe(("tax", false));

        (await _journey.ItemsAsync(entry.Id)).ShouldHaveSingleItem().PersonId.ShouldBe(person);
        (await NoticesAsync()).ShouldBe(1, "the person is told");

        Task<MoveAnswer> RecordAsync(string user, string evidence, string number = "370811196604030045", string name = "张三丰") => _journey.Entries.PostAsync(
            user, path, 1, new { person = new { name, certificateType = "身份证", certificateNumber = number }, office = "LegalRepresentative", since = "2021-03-01", evidence });
        Task<MoveAnswer> ConfirmAsync(string user) => _journey.Entries.PostAsync(user, $"/api/officeholders/{office}/confirmation", 1, new { confirmed = true });
        Task<int> NoticesAsync() => _journey.Register.ReadAsync(async db =>
        {
            var items = db.AccountabilityItems.Where(item => item.EntryId == entry.Id).Select(item => item.Id);
            return await db.Notices.CountAsync(notice => notice.SubjectId == person && items.Contains(notice.AboutId));
        });
    }

    [Fact]
    [Trait("Requirement", "R-3.4.6.b")]
    [Trait("Invariant", "I71")]
    public async Task The_city_learns_of_accountability_with_surname_and_mask_only_and_no_public_set_learns_of_it_at_all()
    {
        // The legal representative's name belongs to the published entry (R-3.2.3.a); any other person's does not.
        var proposed = await _journey.ProposedAsync("Q30");
        var person = await _journey.OfficeAsync(proposed.SubjectId, Third, "2021-03-01", office: "MainResponsiblePerson", name: "诸葛孔明");
        var entry = await _journey.InForceAsync(proposed);
        using var city = await host.AsAsync("city.system");
        var page = await (await city.GetAsync("/api/exchange/city/steps")).Content.ReadAsStringAsync();

        var step = JsonSerializer.Deserialize<JsonElement>(page).GetProperty("steps").EnumerateArray()
            .Single(each => each.GetProperty("step").GetString() == "accountability.started.v1" && each.GetProperty("correlationId").GetGuid() == entry.Id);
        (step.GetProperty("personName").GetString(), step.GetProperty("announcement").GetProperty("responsibility").GetString()).ShouldBe(("诸＊", "MainResponsiblePerson"));
        step.GetProperty("personMask").GetString()!.ShouldContain("*");
        page.ShouldNotContain("孔明");
        page.ShouldNotContain(Third);
        using var anyone = host.Anonymous();
        string[] secrets = ["诸葛", "孔明", "诸＊", Third, step.GetProperty("personMask").GetString()!, person.ToString()];
        (await ShownAsync()).ShouldContain(entry.Id.ToString(), customMessage: "the unit's entry is public, so that its silence on the person says something");
        var left = await _journey.Entries.MoveAsync("tax.approver", entry, "exit", new { reason = "StandardChanged", explanation = "已修订。" });
        (await _journey.Entries.MoveAsync("tax.officer", left.Entry, "exit-announcements", new { channel = "DepartmentSite" })).Status.ShouldBe(HttpStatusCode.OK);
        await host.SettleAsync();
        (await ShownAsync()).ShouldContain(entry.Id.ToString(), customMessage: "its exit is announced");

        (await anyone.GetAsync($"/api/persons/{person}/file")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.ScalarAsync<long>($"SELECT count(*) FROM core.register_entry e WHERE e::text LIKE '%{Third}%'")).ShouldBe(0);

        // Everything any public set shows, page by page.
        async Task<string> ShownAsync()
        {
            var shown = new StringBuilder();
            var sets = await _journey.Entries.ListAsync(anyone, "/odata/public");
            new[] { "ListEntries", "ExitAnnouncements", "Cases", "CreditRecords", "Exposures", "Penalties" }.ShouldBeSubsetOf(sets.Select(set => set.GetProperty("name").GetString()!));
            foreach (var set in sets)
            {
                for (string? next = $"/odata/public/{set.GetProperty("url").GetString()}"; next is not null;)
                {
                    using var answer = await anyone.GetAsync(next);
                    var body = await answer.Content.ReadAsStringAsync();
                    answer.StatusCode.ShouldBe(HttpStatusCode.OK, next);
                    secrets.ShouldAllBe(secret => !body.Contains(secret), next);
                    shown.Append(body);
                    next = JsonSerializer.Deserialize<JsonElement>(body).TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
                }
            }

            return shown.ToString();
        }
    }

    [Fact]
    [Trait("Requirement", "R-3.4.6.a")]
    public async Task Only_the_recogniser_names_persons_once_and_only_for_units_and_a_withdrawn_entry_names_nobody()
    {
        var proposed = await _journey.ProposedAsync("Q40");
        var body = new { person = new { name = "李四光", certificateType = "身份证", certificateNumber = Fourth }, responsibility = "DirectlyResponsible", reason = "直接实施。" };
        var path = $"/api/entries/{proposed.Id}/responsible-persons";
        (await _journey.Entries.PostAsync("tax.approver", path, 1, body)).Body.ShouldContain("entry-not-recognised");
        var entry = await _journey.RecognisedAsync(proposed);
        (await _journey.Entries.PostAsync("finance.approver", path, 1, body)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _journey.Entries.PostAsync("tax.officer", path, 1, body)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _journey.Entries.PostAsync("tax.approver", path, 1, body)).ShouldBeRefused(HttpStatusCode.Forbidden, "four-eyes");
        var person = await _journey.NameAsync(entry, Fourth);
        (await _journey.Entries.PostAsync("tax.reviewer", path, 1, body)).Body.ShouldContain("already-held-to-account");
        var another = new { person = new { name = "别某", certificateType = "身份证", certificateNumber = Fourth }, responsibility = "DirectlyResponsible", reason = "直接实施。" };
        (await _journey.Entries.PostAsync("tax.reviewer", path, 1, another)).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "person-name-differs");

        (await _journey.Entries.MoveAsync("tax.officer", entry, "withdrawal", new { reason = "证据不足" })).Status.ShouldBe(HttpStatusCode.OK);

        (await _journey.ItemsAsync(entry.Id)).ShouldHaveSingleItem().State.ShouldBe(AccountabilityState.Deleted);
        (await _journey.FileAsync(person)).ShouldNotContain(item => item.Entry == entry.Id);
    }

    [Fact]
    [Trait("Requirement", "R-3.4.6.c")]
    [Trait("Requirement", "R-3.1.6.a")]
    public async Task A_check_finds_what_a_person_answers_for_from_the_first_instant_until_the_unit_leaves()
    {
        const string number = "370811196604030045";
        var proposed = await _journey.ProposedAsync("Q90", "2026-06-15");
        var person = await _journey.OfficeAsync(proposed.SubjectId, number, "2021-03-01");
        (await CheckAsync(number)).GetProperty("hits").GetArrayLength().ShouldBe(0);
        var recognised = await _journey.RecognisedAsync(proposed);
        var reported = await _journey.Entries.MoveAsync("tax.approver", recognised, "report", new { channels = new[] { "DepartmentSite" } });

        var found = await CheckAsync(number);

        var hit = found.GetProperty("hits").EnumerateArray().Single();
        (hit.GetProperty("entryId").GetGuid(), hit.GetProperty("answersAs").GetString(), hit.GetProperty("restricts").GetBoolean()).ShouldBe((proposed.Id, "LegalRepresentative", true));
        hit.GetProperty("measures").EnumerateArray().Select(measure => measure.GetProperty("measureKey").GetString()).ShouldBe(["TAX-BLACK/22"], "before any task was given out, and only what reaches persons");
        await host.SettleAsync();
        await host.SettleAsync();
        (await CheckAsync(number)).GetProperty("hits")[0].GetProperty("measures")[0].GetProperty("taskId").GetGuid()
            .ShouldBe((await _journey.PersonTasksAsync(proposed.Id)).Single(task => task.PersonId == person && task.Department == "human-resources").Id);
        (await _journey.Entries.MoveAsync("tax.approver", reported.Entry, "exit", new { reason = "StandardChanged", explanation = "已修订。" })).Status.ShouldBe(HttpStatusCode.OK);
        (await CheckAsync(number)).GetProperty("hits").EnumerateArray().ShouldAllBe(each => each.GetProperty("list").GetString() == "Watch" && !each.GetProperty("restricts").GetBoolean());

        async Task<JsonElement> CheckAsync(string certificate) => (await _journey.DoneAsync("human-resources.officer", "/api/checks", new
        {
            purpose = "Administration",
            matter = new { kind = "Appointment", reference = "任人社任〔2026〕3号", procedure = "事业单位任职资格审查" },
            subjects = new[] { new { kind = "NaturalPerson", certificateType = "身份证", certificateNumber = certificate } },
        })).GetProperty("subjects")[0];
    }
}
