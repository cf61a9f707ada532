using System.Net;
using Credit.Core.Tests.Intake;
using Credit.Core.Tests.Listing;
using Credit.Testing;

namespace Credit.Core.Tests.Publicity;

/// <summary>What a subject's page shows together.</summary>
[Trait("Requirement", "R-3.1.4.d")]
public sealed class SubjectRecordTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly Reports _reports = new(host);
    private readonly EntryJourney _entries = new(host);

    [Fact]
    public async Task A_subjects_penalties_and_list_entries_stand_together_and_an_entry_names_the_penalty_it_rests_on()
    {
        await _reports.SendAsync(Reports.Officer, [("siteChannel", "DepartmentSite"), ("sitePage", "https://example.gov.cn/1"), ("siteOn", "2026-11-21")], SampleSheet.Penalty(1));
        await EveryFileOverHttpTests.SendAsync(host, Reports.Officer, "subjects", "a.csv", SampleSheet.Csv(SampleSheet.Subject(1)));
        var penalty = (await _reports.ReadAsync(Reports.Officer, $"/odata/official/Penalties?$filter=SubjectCode eq '{SampleSheet.Code(1)}'")).GetProperty("value")[0].GetProperty("Id").GetGuid();
        object Citing(int number) => Proposals.Black(SampleSheet.Code(number)).With(
            ("bases", new[] { new { kind = "AdministrativeAct", text = "税收征收管理法", documentNumber = "", penaltyId = penalty } }));
        var entry = await _entries.InForceAsync("tax", Citing(1));

        var record = await _reports.ReadAsync("finance.officer", $"/api/subjects/{entry.SubjectId}/record");

        record.GetProperty("code").GetString().ShouldBe(SampleSheet.Code(1));
        var shown = record.GetProperty("penalties").EnumerateArray().ShouldHaveSingleItem();
        (shown.GetProperty("id").GetGuid(), shown.GetProperty("siteOn").GetString()).ShouldBe((penalty, "2026-11-21"));
        var listed = record.GetProperty("entries").EnumerateArray().ShouldHaveSingleItem();
        listed.GetProperty("entry").GetProperty("id").GetGuid().ShouldBe(entry.Id);
        listed.GetProperty("citedPenalties").EnumerateArray().Select(cited => cited.GetGuid()).ShouldBe([penalty]);

        // Of another subject the penalty is no basis.
        (await _entries.TryProposeAsync("tax.officer", Citing(2))).Body.ShouldContain("penalty-unknown");
    }

    [Fact]
    public async Task What_is_not_in_force_yet_is_not_on_the_page_of_other_departments()
    {
        var draft = await _entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("D1")));

        (await _reports.ReadAsync("tax.officer", $"/api/subjects/{draft.SubjectId}/record")).GetProperty("entries").GetArrayLength().ShouldBe(1);
        (await _reports.ReadAsync("finance.officer", $"/api/subjects/{draft.SubjectId}/record")).GetProperty("entries").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_page_is_for_officials()
    {
        var path = $"/api/subjects/{Guid.CreateVersion7()}/record";
        using var anyone = host.Anonymous();
        (await anyone.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var association = await host.AsAsync("association");
        (await association.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var official = await host.AsAsync("tax.officer");
        (await official.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
