using System.Net;
using Credit.Core.Tests.Accountability;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Subjects;
using Credit.Testing;

namespace Credit.Core.Tests.Disclosure;

/// <summary>What is disclosed beside the lists: exposed cases and analysis reports, each after somebody approved it.</summary>
public sealed class DisclosureTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly object Exposure = new { title = "伪造申报材料，造成恶劣影响", facts = "当事人伪造申报材料四十二份，造成恶劣社会影响。" };

    private readonly PersonsJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.6.3")]
    public async Task An_exposure_is_public_after_a_second_person_approved_it_and_while_its_entry_is_and_persons_stay_anonymous()
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.BlackPerson().With(("noticeExemption", "税收征收管理法第四十条")));
        var path = $"/api/entries/{entry.Id}/exposures";
        (await _journey.Entries.PostAsync("tax.approver", path, 1, new { title = "张某某伪造材料", facts = "伪造。" })).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "exposure-names-person");
        (await _journey.Entries.PostAsync("tax.approver", path, 1, new { title = "伪造材料", facts = "张 某　某伪造。" })).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "exposure-names-person");
        (await _journey.Entries.PostAsync("tax.approver", path, 1, new { title = "伪造材料", facts = "电话13805370001" })).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "exposure-names-person");
        (await _journey.Entries.PostAsync("finance.approver", path, 1, Exposure)).Status.ShouldBe(HttpStatusCode.NotFound);
        var item = await _journey.DoneAsync("tax.approver", path, Exposure);
        item.GetProperty("subjectName").GetString().ShouldBe("张某");
        var decision = $"/api/exposures/{item.GetProperty("id").GetGuid()}/decision";
        (await PublicAsync("Exposures")).ShouldNotContain(item.GetProperty("id").GetString()!, customMessage: "nobody approved it yet");
        (await _journey.Entries.PostAsync("tax.approver", decision, 1, new { approve = true })).ShouldBeRefused(HttpStatusCode.Forbidden, "four-eyes");
        (await _journey.Entries.PostAsync("finance.approver", decision, 1, new { approve = true })).Status.ShouldBe(HttpStatusCode.NotFound);

        await _journey.DoneAsync("tax.reviewer", decision, new { approve = true });

        var shown = await PublicAsync("Exposures");
        shown.ShouldContain(item.GetProperty("id").GetString()!);
        shown.ShouldContain("\"SubjectName\":\"张某\"");
        shown.ShouldNotContain("张某某");
        var doubt = await _journey.Register.AcceptedObjectionAsync("association", entry.Id);
        (await PublicAsync("Exposures")).ShouldNotContain(item.GetProperty("id").GetString()!, customMessage: "nobody is exposed while the entry is verified");
        (await _journey.Register.OnObjectionAsync("tax.reviewer", doubt, "conclusion", new { conclusion = "Upheld", finding = "认定无误" })).Status.ShouldBe(HttpStatusCode.OK);
        (await PublicAsync("Exposures")).ShouldContain(item.GetProperty("id").GetString()!);
        entry = await _journey.Entries.ReadAsync("tax.officer", entry.Id);
        var left = await _journey.Entries.MoveAsync("tax.approver", entry, "exit", new { reason = "StandardChanged", explanation = "已修订。" });
        left.Status.ShouldBe(HttpStatusCode.OK, left.Body);
        (await PublicAsync("Exposures")).ShouldNotContain(item.GetProperty("id").GetString()!, customMessage: "gone with the entry");
    }

    [Fact]
    [Trait("Requirement", "R-3.6.3")]
    public async Task Only_a_black_entry_in_force_and_public_by_law_can_be_exposed_and_what_is_turned_down_stays_inside()
    {
        var watch = await _journey.Entries.InForceAsync("tax", Proposals.Watch(Proposals.Code("W10")));
        (await _journey.Entries.PostAsync("tax.officer", $"/api/entries/{watch.Id}/exposures", 1, Exposure)).ShouldBeRefused(HttpStatusCode.Conflict, "nothing-to-expose");
        var hidden = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("W20")).With(("publishable", false), ("unpublishableReason", "涉及国家秘密")));
        (await _journey.Entries.PostAsync("tax.officer", $"/api/entries/{hidden.Id}/exposures", 1, Exposure)).ShouldBeRefused(HttpStatusCode.Conflict, "nothing-to-expose");
        var black = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("W30")));
        var item = await _journey.DoneAsync("tax.officer", $"/api/entries/{black.Id}/exposures", Exposure);
        await _journey.DoneAsync("tax.approver", $"/api/exposures/{item.GetProperty("id").GetGuid()}/decision", new { approve = false });

        (await PublicAsync("Exposures")).ShouldNotContain(item.GetProperty("id").GetString()!);
        using var own = await host.AsAsync("tax.officer");
        using var other = await host.AsAsync("finance.officer");
        var query = $"/odata/official/Exposures?$filter=EntryId eq {black.Id}";
        (await _journey.Entries.ListAsync(own, query)).ShouldHaveSingleItem().GetProperty("State").GetString().ShouldBe("Refused");
        (await _journey.Entries.ListAsync(other, query)).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "R-3.4.5.b")]
    public async Task An_analysis_report_made_outside_is_public_once_the_lead_office_approved_it()
    {
        object Report(string link = "https://credit.example.cn/2026-catering.pdf", string to = "2026-06-30") => new
        {
            scope = "Industry",
            title = "任城区餐饮行业信用分析报告",
            publisher = "济宁市信用研究院",
            periodFrom = "2026-01-01",
            periodTo = to,
            link,
        };
        foreach (var (wrong, code) in new[]
        {
            (Report(link: "http://credit.example.cn/a.pdf"), "link-invalid"), (Report(link: "javascript:alert(1)"), "link-invalid"), (Report(link: "https://a:b@credit.example.cn/"), "link-invalid"),
            (Report(to: "2025-12-31"), "period-wrong"), (Report(to: "2026-11-25"), "period-wrong"),
        })
        {
            (await _journey.Entries.PostAsync("market-supervision.officer", "/api/analysis-reports", 1, wrong)).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, code);
        }

        var uploaded = await _journey.DoneAsync("development-reform.officer", "/api/analysis-reports", Report());
        var id = uploaded.GetProperty("id").GetString()!;
        (await PublicAsync("AnalysisReports")).ShouldNotContain(id);
        (await _journey.Entries.PostAsync("development-reform.officer", $"/api/analysis-reports/{id}/decision", 1, new { approve = true })).Status.ShouldBe(HttpStatusCode.Forbidden, "its approver decides");
        (await _journey.Entries.PostAsync("tax.approver", $"/api/analysis-reports/{id}/decision", 1, new { approve = true })).Status.ShouldBe(HttpStatusCode.Forbidden);

        await _journey.DoneAsync("development-reform.approver", $"/api/analysis-reports/{id}/decision", new { approve = true });

        var shown = await PublicAsync("AnalysisReports");
        shown.ShouldContain(id);
        shown.ShouldContain("https://credit.example.cn/2026-catering.pdf");
    }

    private async Task<string> PublicAsync(string set)
    {
        using var anyone = host.Anonymous();
        using var answer = await anyone.GetAsync($"/odata/public/{set}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync();
    }
}
