using System.Net;
using System.Text.Json;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Records;
using Credit.Domain.Records;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Industry;

/// <summary>Associations and their members: sanctions, and what becomes of serious cases.</summary>
[Trait("Requirement", "R-3.4.4.a")]
public sealed class AssociationTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Catering = "association";
    private const string Commerce = "association.e-commerce";

    private readonly RecordJourney _records = new(host);

    [Theory]
    [InlineData("M10", "Warning", "Member")]
    [InlineData("M11", "IndustryCriticism", "Member")]
    [InlineData("M12", "PublicCondemnation", "Member")]
    [InlineData("M13", "AdmissionRefused", "Refused")]
    [InlineData("M14", "Expulsion", "Expelled")]
    [Trait("Invariant", "I90")]
    public async Task Each_of_the_five_sanctions_is_a_credit_record_of_the_industry_against_the_member(string mark, string sanction, string state)
    {
        var applied = await ApplyAsync(Catering, mark);
        var member = sanction == "AdmissionRefused" ? applied : await AdmittedAsync(Catering, applied);

        var answer = await SanctionAsync(Catering, member, sanction, mark);

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        RecordJourney.Json(answer).GetProperty("state").GetString().ShouldBe(state);
        var subject = member.GetProperty("subjectId").GetGuid();
        var record = await _records.Register.ReadAsync(db => db.CreditRecords.AsNoTracking().SingleAsync(each => each.SubjectId == subject));
        (record.Kind, record.Negative, record.Sanction.ToString(), record.Provider, record.CatalogueItem)
            .ShouldBe((RecordKind.IndustrySanction, true, sanction, "catering-association", "industry-sanctions"));
        record.ShouldSayWhereItCameFrom(RecordOrigin.Submission, "industry-sanctions");
        (await _records.SetAsync("tax.officer", $"CreditRecords?$filter=SubjectId eq {subject}")).ShouldHaveSingleItem().GetProperty("Sanction").GetString().ShouldBe(sanction);
        var file = (await _records.GetAsync(Catering, "/api/association-members")).Body.GetProperty("members").EnumerateArray()
            .Single(each => each.GetProperty("member").GetProperty("subjectId").GetGuid() == subject);
        file.GetProperty("sanctions").EnumerateArray().ShouldHaveSingleItem().GetProperty("sanction").GetString().ShouldBe(sanction);
    }

    [Fact]
    public async Task An_association_acts_on_its_own_members_only_and_on_nobody_who_is_none()
    {
        var member = await AdmittedAsync(Catering, await ApplyAsync(Catering, "M20"));

        (await SanctionAsync(Commerce, member, "Warning", "M20")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _records.GetAsync(Commerce, "/api/association-members")).Body.GetProperty("members").EnumerateArray()
            .ShouldAllBe(each => each.GetProperty("member").GetProperty("association").GetString() == "e-commerce-association");
        (await SanctionAsync("tax.officer", member, "Warning", "M20")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await SanctionAsync("bank.system", member, "Warning", "M20")).Status.ShouldBe(HttpStatusCode.Forbidden);

        // An applicant is only refused; a member is not refused; one who left suffers nothing any more.
        var applicant = await ApplyAsync(Catering, "M21");
        (await SanctionAsync(Catering, applicant, "Warning", "M21")).Body.ShouldContain("state-does-not-allow");
        (await SanctionAsync(Catering, member, "AdmissionRefused", "M20")).Body.ShouldContain("state-does-not-allow");
        var left = RecordJourney.Json(await MoveAsync(Catering, member, "departure", null));
        left.GetProperty("state").GetString().ShouldBe("Left");
        (await SanctionAsync(Catering, left, "Expulsion", "M20")).Body.ShouldContain("state-does-not-allow");
        var subject = member.GetProperty("subjectId").GetGuid();
        (await _records.Register.ReadAsync(db => db.CreditRecords.CountAsync(record => record.SubjectId == subject))).ShouldBe(0, "what is refused leaves no record");
    }

    [Fact]
    public async Task Members_are_organisations_entered_once_and_a_decision_has_one_number_no_personal_data_and_no_day_to_come()
    {
        var member = await AdmittedAsync(Catering, await ApplyAsync(Catering, "M30"));
        (await _records.PostAsync(Catering, "/api/association-members", new { subject = Subject("M30") })).Body.ShouldContain("member-already");
        (await _records.PostAsync(Catering, "/api/association-members", new { subject = RecordJourney.Person() })).Body.ShouldContain("member-is-person");

        (await MoveAsync(Catering, member, "sanctions", new { sanction = "Warning", facts = "电话13800138000", documentNumber = "餐协30", decidedOn = "2026-11-20" })).Body.ShouldContain("record-names-person");
        (await MoveAsync(Catering, member, "sanctions", new { sanction = "Warning", facts = "失信", documentNumber = "餐协37081119850612432X", decidedOn = "2026-11-20" })).Body.ShouldContain("record-names-person");
        (await MoveAsync(Catering, member, "sanctions", new { sanction = "Warning", facts = "失信", documentNumber = "餐协30", decidedOn = "2026-12-20" })).Body.ShouldContain("formed-in-future");
        var once = await SanctionAsync(Catering, member, "Warning", "M30");
        once.Status.ShouldBe(HttpStatusCode.OK, once.Body);
        (await SanctionAsync(Catering, RecordJourney.Json(once), "PublicCondemnation", "M30")).Body.ShouldContain("record-number-taken");
    }

    [Fact]
    [Trait("Requirement", "R-3.2.2.b")]
    [Trait("Invariant", "I12")]
    public async Task A_serious_case_goes_to_a_department_as_a_lead_and_is_no_recognition()
    {
        var member = await AdmittedAsync(Catering, await ApplyAsync(Catering, "M40"));

        (await SanctionAsync(Catering, member, "Expulsion", "M40", leadTo: "public-resource-trading")).Body.ShouldContain("lead-addressee-unknown");
        (await SanctionAsync(Catering, member, "Expulsion", "M40", leadTo: "market-supervision")).Status.ShouldBe(HttpStatusCode.OK);

        var lead = (await _records.SetAsync("market-supervision.officer", $"Leads?$filter=SubjectCode eq '{Proposals.Code("M40")}'")).ShouldHaveSingleItem();
        (lead.GetProperty("Supplier").GetString(), lead.GetProperty("State").GetString(), lead.GetProperty("Conduct").GetString()).ShouldBe(("Association", "Open", "Dishonest"));
        (await _records.SetAsync("tax.officer", $"Leads?$filter=SubjectCode eq '{Proposals.Code("M40")}'")).ShouldBeEmpty("it is another department's");
        (await _records.Register.ReadAsync(db => db.Entries.CountAsync(entry => entry.SubjectCode == Proposals.Code("M40")))).ShouldBe(0);
        (await _records.PostAsync(Catering, "/api/entries", Proposals.Black(Proposals.Code("M40")))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static object Subject(string mark) => new { kind = "LegalPerson", name = "任城某某餐饮有限公司", code = Proposals.Code(mark) };

    private async Task<JsonElement> ApplyAsync(string user, string mark)
    {
        var entered = await _records.PostAsync(user, "/api/association-members", new { subject = Subject(mark) });
        entered.Status.ShouldBe(HttpStatusCode.Created, entered.Body);
        return RecordJourney.Json(entered);
    }

    private async Task<JsonElement> AdmittedAsync(string user, JsonElement applicant)
    {
        var admitted = await MoveAsync(user, applicant, "admission", null);
        admitted.Status.ShouldBe(HttpStatusCode.OK, admitted.Body);
        return RecordJourney.Json(admitted);
    }

    private Task<MoveAnswer> SanctionAsync(string user, JsonElement member, string sanction, string mark, string? leadTo = null) => MoveAsync(
        user, member, "sanctions", new { sanction, facts = "多次使用过期食材，拒不整改。", documentNumber = $"任餐协惩〔2026〕{mark}号", decidedOn = "2026-11-20", leadTo });

    private Task<MoveAnswer> MoveAsync(string user, JsonElement member, string action, object? body) => _records.Register.Entries.PostAsync(
        user, $"/api/association-members/{RecordJourney.IdOf(member)}/{action}", member.GetProperty("version").GetInt32(), body);
}
