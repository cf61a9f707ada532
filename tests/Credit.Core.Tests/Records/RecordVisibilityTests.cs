using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Records;

/// <summary>Who reads which records, what the public sees of them, and what becomes of wrong ones.</summary>
public sealed class RecordVisibilityTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly RecordJourney _records = new(host);
    private readonly Publicity.Reports _reports = new(host);

    [Fact]
    [Trait("Requirement", "R-3.1.2.b")]
    public async Task One_subjects_file_joins_the_records_of_three_departments_by_its_code()
    {
        var first = await _records.SubmitAsync("tax.officer", RecordJourney.Of("W10"));
        await _records.SubmitAsync("ecology.officer", RecordJourney.Of("W10", "Coercion", ("documentNumber", "任环强〔2026〕1号"), ("subject", new { kind = "LegalPerson", name = "另一名称", code = Proposals.Code("W10") })));
        await _records.SubmitAsync("human-resources.officer", RecordJourney.Of("W10", "Commendation", ("negative", false), ("documentNumber", "任人社奖〔2026〕1号")));

        var (_, file) = await _records.GetAsync("finance.officer", $"/api/subjects/{first.GetProperty("subjectId").GetGuid()}/record");

        file.GetProperty("code").GetString().ShouldBe(Proposals.Code("W10"));
        file.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("provider").GetString())
            .ShouldBe(["tax", "ecology", "human-resources"], ignoreOrder: true);
    }

    [Fact]
    [Trait("Requirement", "R-3.6.2")]
    public async Task The_sharing_class_of_the_item_decides_which_department_reads_a_record()
    {
        var shared = await _records.SubmitAsync("tax.officer", RecordJourney.Of("W20", "Collection"));
        var own = await _records.SubmitAsync("tax.officer", RecordJourney.Of("W20", "Payment", ("documentNumber", "任给〔2026〕20号")));
        var number = "CreditRecords?$filter=SubjectId eq " + shared.GetProperty("subjectId").GetGuid();

        async Task ReadsAsync(string user, params Guid[] expected)
        {
            (await _records.SetAsync(user, number)).Select(row => row.GetProperty("Id").GetGuid()).ShouldBe(expected, ignoreOrder: true, user);
            foreach (var id in new[] { shared, own }.Select(RecordJourney.IdOf))
            {
                (await _records.GetAsync(user, $"/api/records/{id}")).Status.ShouldBe(expected.Contains(id) ? HttpStatusCode.OK : HttpStatusCode.NotFound);
            }

            var file = (await _records.GetAsync(user, $"/api/subjects/{shared.GetProperty("subjectId").GetGuid()}/record")).Body;
            file.GetProperty("records").GetArrayLength().ShouldBe(expected.Length);
        }

        await ReadsAsync("tax.officer", RecordJourney.IdOf(shared), RecordJourney.IdOf(own));
        await ReadsAsync("finance.officer", RecordJourney.IdOf(shared));
        await ReadsAsync("auditor", RecordJourney.IdOf(shared), RecordJourney.IdOf(own));
        (await _records.GetAsync("association", $"/api/records/{RecordJourney.IdOf(shared)}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _records.GetAsync("bank.system", $"/odata/official/{number}")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.4.f")]
    [Trait("Requirement", "R-3.1.4.h")]
    [Trait("Invariant", "I69")]
    public async Task Only_what_is_published_with_a_last_day_is_public_and_until_that_day_only()
    {
        var shown = await _records.SubmitAsync("tax.officer", RecordJourney.Of("W30", changes: [("publish", true), ("publicUntil", "2026-11-25")]));
        await _records.SubmitAsync("tax.officer", RecordJourney.Of("W31"));
        var key = $"CreditRecords({RecordJourney.IdOf(shown)})";
        (await _reports.PublicAsync($"CreditRecords?$filter=SubjectCode eq '{Proposals.Code("W30")}'")).ShouldBeEmpty("no second officer agreed yet");
        (await _records.Register.DeskAsync(Guid.Parse($"{RecordJourney.IdOf(shown)}"))).ShouldBe(("tax", true), "it waits on the desk of its department");
        (await _records.PublishAsync("tax.officer", shown)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _records.PublishAsync("finance.approver", shown)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _records.PublishAsync("tax.approver", shown)).Status.ShouldBe(HttpStatusCode.OK);
        (await _records.Register.DeskAsync(Guid.Parse($"{RecordJourney.IdOf(shown)}"))).ShouldBe(("tax", false));

        var row = (await _reports.PublicAsync($"CreditRecords?$filter=SubjectCode eq '{Proposals.Code("W30")}'")).ShouldHaveSingleItem();
        (row.GetProperty("PublicUntil").GetString(), row.GetProperty("Kind").GetString()).ShouldBe(("2026-11-25", "Inspection"));
        (await _reports.PublicAsync($"CreditRecords?$filter=SubjectCode eq '{Proposals.Code("W31")}'")).ShouldBeEmpty("nobody asked for its publication");
        (await _records.TrySubmitAsync("tax.officer", RecordJourney.Of("W32", changes: ("publish", true)))).Body.ShouldContain("public-until-missing");
        (await _records.TrySubmitAsync("tax.officer", RecordJourney.Of("W33", "Payment", ("publish", true), ("publicUntil", "2027-11-25")))).Body.ShouldContain("item-not-published");

        host.Clock.Advance(TimeSpan.FromDays(2));
        host.ForgetTokens();
        using var anyone = host.Anonymous();
        (await anyone.GetAsync(new Uri($"/odata/public/{key}", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _reports.PublicAsync($"CreditRecords?$filter=SubjectCode eq '{Proposals.Code("W30")}'")).ShouldBeEmpty();
        (await _records.GetAsync("tax.officer", $"/api/records/{RecordJourney.IdOf(shown)}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Invariant", "I71")]
    public async Task A_record_of_a_person_is_never_published_nor_taken_for_somebody_else()
    {
        (await _records.TrySubmitAsync("tax.officer", RecordJourney.Of("W40", changes:
            [("subject", RecordJourney.Person()), ("text", "张样本逾期未缴罚款。"), ("publish", true), ("publicUntil", "2027-11-24")]))).Body.ShouldContain("person-record-not-published");
        await _records.SubmitAsync("tax.officer", RecordJourney.Of("W40", changes: [("subject", RecordJourney.Person()), ("text", "张样本逾期未缴罚款。")]));
        var another = new { kind = "NaturalPerson", name = "李样本", certificateType = "身份证", certificateNumber = "370811199001010014" };
        (await _records.TrySubmitAsync("tax.officer", RecordJourney.Of("W41", changes: ("subject", another)))).Body.ShouldContain("person-name-differs");
        using var anyone = host.Anonymous();
        var body = await anyone.GetStringAsync(new Uri("/odata/public/CreditRecords?$filter=Provider eq 'tax'", UriKind.Relative));

        body.ShouldNotContain("逾期未缴罚款");
        body.ShouldNotContain("张样本");
        body.ShouldNotContain("370811199001010014");
    }

    [Fact]
    [Trait("Invariant", "I84")]
    [Trait("Invariant", "I50")]
    public async Task A_wrong_record_is_annulled_by_a_second_officer_of_its_provider_and_leaves_file_and_public_set()
    {
        var record = await _records.SubmitAsync("tax.approver", RecordJourney.Of("W50", changes: [("publish", true), ("publicUntil", "2027-11-24")]));
        (await _records.PublishAsync("tax.approver", record)).ShouldBeRefused(HttpStatusCode.Forbidden, "four-eyes");
        (await _records.PublishAsync("tax.reviewer", record)).Status.ShouldBe(HttpStatusCode.OK);
        (await _reports.PublicAsync($"CreditRecords?$filter=SubjectCode eq '{Proposals.Code("W50")}'")).ShouldHaveSingleItem();
        var path = $"/api/records/{RecordJourney.IdOf(record)}/annulment";
        var entries = _records.Register.Entries;

        (await entries.PostAsync("tax.approver", path, 2, new { reason = "同名企业" })).Body.ShouldContain("four-eyes");
        (await entries.PostAsync("tax.officer", path, 2, new { reason = "同名企业" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await entries.PostAsync("finance.approver", path, 2, new { reason = "同名企业" })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await entries.PostAsync("tax.reviewer", path, 7, new { reason = "同名企业" })).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await entries.PostAsync("tax.reviewer", path, 2, new { reason = " " })).Body.ShouldContain("annul-reason-missing");
        (await entries.PostAsync("tax.reviewer", path, 2, new { reason = "系王五370811199001010014" })).Body.ShouldContain("text-names-person");
        (await entries.PostAsync("tax.reviewer", path, 2, new { reason = "同名企业" })).Status.ShouldBe(HttpStatusCode.OK);
        (await entries.PostAsync("tax.reviewer", path, 3, new { reason = "同名企业" })).Body.ShouldContain("state-does-not-allow");

        (await _reports.PublicAsync($"CreditRecords?$filter=SubjectCode eq '{Proposals.Code("W50")}'")).ShouldBeEmpty();
        (await _records.GetAsync("tax.officer", $"/api/subjects/{record.GetProperty("subjectId").GetGuid()}/record")).Body.GetProperty("records").GetArrayLength().ShouldBe(0);
        (await _records.Register.ReadAsync(db => db.CreditRecords.CountAsync(each => each.Id == RecordJourney.IdOf(record)))).ShouldBe(1, "nothing is deleted");
    }

    [Fact]
    [Trait("Requirement", "R-3.2.1.b")]
    [Trait("Invariant", "I13")]
    public async Task A_record_of_the_subject_is_evidence_of_a_basis_and_no_other_one_is()
    {
        var record = await _records.SubmitAsync("tax.officer", RecordJourney.Of("W60"));
        object Citing(string mark) => Proposals.Black(Proposals.Code(mark)).With(
            ("bases", new[] { new { kind = "AdministrativeAct", text = "税收征收管理法", documentNumber = "", recordId = RecordJourney.IdOf(record) } }));

        var entry = await _records.Register.Entries.ProposeAsync("tax.officer", Citing("W60"));
        (await _records.Register.Entries.TryProposeAsync("tax.officer", Citing("W61"))).Body.ShouldContain("record-unknown");
        var listed = (await _records.GetAsync("tax.officer", $"/api/subjects/{entry.SubjectId}/record")).Body.GetProperty("entries").EnumerateArray().ShouldHaveSingleItem();
        listed.GetProperty("citedRecords").EnumerateArray().Select(cited => cited.GetGuid()).ShouldBe([RecordJourney.IdOf(record)]);

        var annulled = await _records.Register.Entries.PostAsync("tax.approver", $"/api/records/{RecordJourney.IdOf(record)}/annulment", 1, new { reason = "有误" });
        annulled.Status.ShouldBe(HttpStatusCode.OK, annulled.Body);
        (await _records.Register.Entries.TryProposeAsync("tax.officer", Citing("W60"))).Body.ShouldContain("record-unknown");
    }

    [Fact]
    [Trait("Requirement", "R-2.1")]
    [Trait("Requirement", "R-3.2.1.b")]
    public async Task The_catalogue_has_an_item_for_every_kind_of_record_each_with_upstream_item_and_basis()
    {
        using var anyone = host.Anonymous();
        var items = (await anyone.GetFromJsonAsync<JsonElement>("/api/catalogue")).GetProperty("items").EnumerateArray().ToList();

        items.ShouldAllBe(item => item.GetProperty("upstreamItem").GetString()!.Length > 0 && item.GetProperty("termDays").GetInt32() == 7);
        var kinds = items.Where(item => item.GetProperty("recordKind").ValueKind == JsonValueKind.String).ToList();
        kinds.Select(item => item.GetProperty("recordKind").GetString()).ShouldBe(Enum.GetNames<Credit.Domain.Records.RecordKind>(), ignoreOrder: true);
        kinds.ShouldAllBe(item => item.GetProperty("basis").GetString()!.Length > 0);
    }
}
