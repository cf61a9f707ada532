using System.Net;
using System.Text.Json;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Accountability;

/// <summary>个人信用档案 and 公职人员诚信档案: who reads them, and that the log says so.</summary>
public sealed class PersonalFileTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly PersonsJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.4.6.b")]
    [Trait("Invariant", "I84")]
    public async Task A_personal_file_is_read_by_the_person_and_by_who_holds_an_approved_ticket_once_and_each_reading_is_in_the_log()
    {
        var (entry, person) = await HeldAsync("Q50", "370811197304030048");
        (await _journey.GetAsync("tax.officer", $"/api/persons/{person}/file")).Status.ShouldBe(HttpStatusCode.NotFound, "a ticket is the only way");
        (await _journey.GetAsync("development-reform.officer", $"/api/persons/{person}/file")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _journey.GetAsync(HostFixture.AccountOf(entry.SubjectId), $"/api/persons/{person}/file")).Status.ShouldBe(HttpStatusCode.NotFound, "not the unit either");
        var asked = new { entryId = entry.Id, purpose = "核实任职限制对象", caseNumber = "任税限〔2026〕7号" };
        var requests = $"/api/persons/{person}/review-tickets";
        (await _journey.Entries.PostAsync("ecology.officer", requests, 1, asked)).ShouldBeRefused(HttpStatusCode.Forbidden, "review-not-concerned");
        (await _journey.Entries.PostAsync("tax.officer", requests, 1, new { asked.entryId, purpose = " ", asked.caseNumber })).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "purpose-missing");
        var stranger = await _journey.OfficeAsync(entry.SubjectId, "370811197405030055", "2026-11-24", office: "MainResponsiblePerson");
        (await _journey.Entries.PostAsync("tax.officer", $"/api/persons/{stranger}/review-tickets", 1, asked)).Status.ShouldBe(HttpStatusCode.NotFound, "the entry says nothing of that person");
        var ticket = (await _journey.DoneAsync("tax.officer", requests, asked)).GetProperty("id").GetGuid();
        (await ConsultAsync("tax.officer", person, ticket)).ShouldBeRefused(HttpStatusCode.Conflict, "review-ticket-not-approved");
        (await _journey.Entries.PostAsync("tax.officer", $"/api/entries/{entry.Id}/reveal", 1, new { ticketId = ticket })).ShouldBeRefused(HttpStatusCode.Forbidden, "review-ticket-missing");
        await _journey.DoneAsync("tax.approver", $"/api/review-tickets/{ticket}/decision", new { approve = true });
        (await ConsultAsync("tax.approver", person, ticket)).ShouldBeRefused(HttpStatusCode.Forbidden, "review-ticket-of-another");

        var shown = await ConsultAsync("tax.officer", person, ticket);

        shown.Status.ShouldBe(HttpStatusCode.OK, shown.Body);
        JsonSerializer.Deserialize<JsonElement>(shown.Body).GetProperty("accountability").EnumerateArray().ShouldHaveSingleItem().GetProperty("entryId").GetGuid().ShouldBe(entry.Id);
        shown.Body.ShouldNotContain("370811197304030048");
        (await ConsultAsync("tax.officer", person, ticket)).ShouldBeRefused(HttpStatusCode.Conflict, "review-ticket-used");
        (await ConsultAsync("tax.officer", stranger, ticket)).ShouldBeRefused(HttpStatusCode.Forbidden, "file-ticket-missing");
        await _journey.FileAsync(person);
        (await ReadingsAsync(person)).ShouldBe([("personal-file.read.v1", "tax.officer"), ("personal-file.read.v1", HostFixture.AccountOf(person))]);
    }

    [Fact]
    [Trait("Requirement", "R-3.4.2.b")]
    public async Task An_integrity_file_is_opened_and_read_for_a_purpose_by_who_keeps_it_and_by_the_person_and_nobody_else_finds_a_trace_of_it()
    {
        var (entry, person) = await HeldAsync("Q60", "370811197506030062");
        var professions = $"/api/persons/{person}/professions";
        var file = $"/api/persons/{person}/public-servant-file";
        var reading = new { purpose = "Appointment", caseNumber = "任组干〔2026〕12号" };
        (await _journey.Entries.PostAsync("human-resources.officer", professions, 1, new { profession = "PublicServant" })).ShouldBeRefused(HttpStatusCode.Forbidden, "integrity-file-not-yours");
        (await _journey.Entries.PostAsync("human-resources.integrity", $"{file}/readings", 1, reading)).Status.ShouldBe(HttpStatusCode.NotFound, "no such file yet");
        await _journey.DoneAsync("tax.officer", professions, new { profession = "Teacher" });
        var tag = await _journey.DoneAsync("human-resources.integrity", professions, new { profession = "PublicServant" });
        (await _journey.Entries.PostAsync("human-resources.integrity", professions, 1, new { profession = "PublicServant" })).ShouldBeRefused(HttpStatusCode.Conflict, "profession-already-set");

        var shown = await _journey.Entries.PostAsync("human-resources.integrity", $"{file}/readings", 1, reading);
        shown.Status.ShouldBe(HttpStatusCode.OK, shown.Body);
        shown.Body.ShouldContain("PublicServant");
        shown.Body.ShouldContain(entry.Id.ToString());
        (await _journey.Entries.PostAsync("human-resources.integrity", $"{file}/readings", 1, new { reading.purpose, caseNumber = " " })).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "case-number-missing");
        (await _journey.GetAsync(HostFixture.AccountOf(person), file)).Status.ShouldBe(HttpStatusCode.OK, "the person sees its own");
        (await ReadingsAsync(person)).ShouldBe([("public-servant-file.read.v1", "human-resources.integrity"), ("public-servant-file.read.v1", HostFixture.AccountOf(person))]);

        foreach (var other in new[] { "human-resources.officer", "human-resources.approver", "development-reform.approver", "tax.officer", "auditor" })
        {
            (await _journey.Entries.PostAsync(other, $"{file}/readings", 1, reading)).Status.ShouldBe(HttpStatusCode.Forbidden, other);
            (await _journey.GetAsync(other, file)).Status.ShouldBe(HttpStatusCode.NotFound, other);
            using var client = await host.AsAsync(other);
            (await _journey.Entries.ListAsync(client, $"/odata/official/ProfessionTags?$filter=PersonId eq {person}"))
                .Select(each => each.GetProperty("Profession").GetString()).ShouldBe(["Teacher"], other);
        }

        (await _journey.Entries.PostAsync("human-resources.officer", $"/api/profession-tags/{tag.GetProperty("id").GetGuid()}/end", 1, null)).Status.ShouldBe(HttpStatusCode.NotFound);
        var ticket = (await _journey.DoneAsync("tax.officer", $"/api/persons/{person}/review-tickets", new { entryId = entry.Id, purpose = "核实", caseNumber = "8号" })).GetProperty("id").GetGuid();
        await _journey.DoneAsync("tax.approver", $"/api/review-tickets/{ticket}/decision", new { approve = true });
        var ordinary = await ConsultAsync("tax.officer", person, ticket);
        (ordinary.Body.Contains("Teacher"), ordinary.Body.Contains("PublicServant")).ShouldBe((true, false), "the ordinary file does not say it");
        await _journey.DoneAsync("human-resources.integrity", $"/api/profession-tags/{tag.GetProperty("id").GetGuid()}/end", null);
        (await _journey.GetAsync(HostFixture.AccountOf(person), file)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Requirement", "R-3.6.3")]
    public async Task Each_key_group_is_a_tag_of_a_person_and_of_no_organisation()
    {
        var (entry, person) = await HeldAsync("Q70", "37081119760703007X");
        string[] groups = ["AccountingAndAudit", "TourGuide", "InsuranceBroker", "Teacher", "MedicalStaff"];
        foreach (var profession in groups)
        {
            await _journey.DoneAsync("finance.officer", $"/api/persons/{person}/professions", new { profession });
        }

        await _journey.DoneAsync("human-resources.integrity", $"/api/persons/{person}/professions", new { profession = "PublicServant" });
        using var keeper = await host.AsAsync("human-resources.integrity");
        (await _journey.Entries.ListAsync(keeper, $"/odata/official/ProfessionTags?$filter=PersonId eq {person}")).Select(each => each.GetProperty("Profession").GetString())
            .ShouldBe([.. groups, "PublicServant"], ignoreOrder: true);
        (await _journey.Entries.PostAsync("finance.officer", $"/api/persons/{entry.SubjectId}/professions", 1, new { profession = "Teacher" })).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<(EntryAnswer Entry, Guid Person)> HeldAsync(string mark, string number)
    {
        var proposed = await _journey.ProposedAsync(mark);
        var person = await _journey.OfficeAsync(proposed.SubjectId, number, "2021-03-01");
        return (await _journey.InForceAsync(proposed), person);
    }

    private Task<MoveAnswer> ConsultAsync(string user, Guid person, Guid ticket) =>
        _journey.Entries.PostAsync(user, $"/api/persons/{person}/file/readings", 1, new { ticketId = ticket });

    private async Task<IEnumerable<(string, string)>> ReadingsAsync(Guid person) => (await _journey.Register.ReadAsync(db => db.RegisterEntries.AsNoTracking()
            .Where(each => each.AggregateId == person && (each.WireName == "personal-file.read.v1" || each.WireName == "public-servant-file.read.v1"))
            .OrderBy(each => each.Id).ToListAsync()))
        .Select(each => (each.WireName, each.Actor));
}
