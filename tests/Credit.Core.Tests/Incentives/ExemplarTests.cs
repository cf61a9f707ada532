using System.Net;
using System.Text.Json;
using Credit.Core.Tests.Listing;
using Credit.Testing;

namespace Credit.Core.Tests.Incentives;

/// <summary>Honest exemplars: nominated, approved, shown, and revoked by any list.</summary>
public sealed class ExemplarTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly IncentiveJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.3.1.a")]
    [Trait("Requirement", "R-3.3.1.c")]
    [Trait("Requirement", "R-3.3.5")]
    public async Task A_nominated_subject_is_approved_by_a_second_person_and_shown_within_three_working_days()
    {
        var code = Proposals.Code("D00");
        var nominated = await _journey.DoneAsync("market-supervision.approver", "/api/exemplars", new
        {
            subject = IncentiveJourney.Company(code),
            source = "AssociationMember",
            recommendedBy = "任城区餐饮行业协会",
            deeds = "二十年足斤足两。",
        });
        (nominated.GetProperty("state").GetString(), nominated.GetProperty("source").GetString(), nominated.GetProperty("nominator").GetString())
            .ShouldBe(("Nominated", "AssociationMember", "market-supervision"));
        var path = $"/api/exemplars/{nominated.GetProperty("id").GetGuid()}";
        (await _journey.RefusedAsync("market-supervision.approver", $"{path}/decision", new { approve = true })).ShouldSatisfyAllConditions(
            refused => refused.Status.ShouldBe(HttpStatusCode.Forbidden), refused => refused.Codes.ShouldBe(["four-eyes"]));
        (await _journey.PostAsync("tax.approver", $"{path}/decision", new { approve = true })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _journey.RefusedAsync("market-supervision.officer", "/api/exemplars", new { subject = IncentiveJourney.Company(code), source = "Department", deeds = "再次" })).Codes.ShouldBe(["exemplar-open"]);

        var approved = await _journey.DoneAsync("market-supervision.reviewer", $"{path}/decision", new { approve = true });

        approved.GetProperty("publishDue").GetString().ShouldBe("2026-11-27");
        (await _journey.PublicAsync($"Exemplars?$filter=SubjectCode eq '{code}'")).ShouldBeEmpty("approved, not yet shown");
        var published = await _journey.DoneAsync("market-supervision.officer", $"{path}/publication", new { channels = new[] { "区政府网站", "信用中国（济宁任城）" } }, 2);
        (published.GetProperty("publishedLate").GetBoolean(), published.GetProperty("channels").GetArrayLength()).ShouldBe((false, 2));
        var shown = (await _journey.PublicAsync($"Exemplars?$filter=SubjectCode eq '{code}'")).ShouldHaveSingleItem();
        (shown.GetProperty("Source").GetString(), shown.GetProperty("RecommendedBy").GetString(), shown.GetProperty("NominatorName").GetString())
            .ShouldBe(("AssociationMember", "任城区餐饮行业协会", "区市场监督管理局"));
        (await _journey.DoneAsync("market-supervision.approver", $"{path}/withdrawal", version: 3)).GetProperty("revokedFor").GetString().ShouldBe("Withdrawn");
        (await _journey.PublicAsync($"Exemplars?$filter=SubjectCode eq '{code}'")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Black", "D10", "D11", "D12", "Blacklisted")]
    [InlineData("Watch", "D13", "D14", "D15", "Watchlisted")]
    [Trait("Requirement", "R-3.3.1.a")]
    public async Task A_black_or_watch_entry_of_any_department_revokes_at_once_and_bars_nomination_and_approval(string list, string shownMark, string nominatedMark, string listedMark, string reason)
    {
        var shown = Proposals.Code(shownMark);
        var nominated = Proposals.Code(nominatedMark);
        var listed = Proposals.Code(listedMark);
        var exemplar = await _journey.ExemplarAsync(IncentiveJourney.Company(shown));
        var nomination = await _journey.DoneAsync("market-supervision.officer", "/api/exemplars", new { subject = IncentiveJourney.Company(nominated), source = "Department", deeds = "诚信。" });

        foreach (var code in new[] { shown, nominated, listed })
        {
            await _journey.Register.Entries.InForceAsync("tax", list == "Black" ? Proposals.Black(code) : Proposals.Watch(code));
        }

        foreach (var id in new[] { exemplar.GetProperty("id").GetGuid(), nomination.GetProperty("id").GetGuid() })
        {
            var seen = await _journey.ReadAsync("market-supervision.officer", $"/api/exemplars/{id}");
            (seen.GetProperty("state").GetString(), seen.GetProperty("revokedFor").GetString()).ShouldBe(("Revoked", reason));
        }

        (await _journey.PublicAsync($"Exemplars?$filter=SubjectCode eq '{shown}'")).ShouldBeEmpty("before any reaction ran");
        (await _journey.RefusedAsync("market-supervision.officer", "/api/exemplars", new { subject = IncentiveJourney.Company(listed), source = "Department", deeds = "诚信。" }))
            .ShouldSatisfyAllConditions(refused => refused.Status.ShouldBe(HttpStatusCode.Conflict), refused => refused.Codes.ShouldBe(["exemplar-listed"]));
    }

    [Theory]
    [InlineData("D20", "志愿服务", "YOUTH-RED", true)]
    [InlineData("D21", "海关", "AEO-RED", false)]
    [InlineData("D22", "税收征管", "TAX-RED", true)]
    [Trait("Requirement", "R-3.3.3.e")]
    public async Task A_red_entry_brings_the_measures_of_its_reward_memorandum_to_the_departments_of_the_district(string mark, string domain, string memorandum, bool dispatched)
    {
        var entry = await _journey.Register.Entries.InForceAsync("market-supervision", Proposals.Red(Proposals.Code(mark)).With(("domain", domain)));
        await host.SettleAsync();
        var tasks = await _journey.Register.TasksAsync(entry.Id);
        tasks.Any(task => task.Memorandum == memorandum).ShouldBe(dispatched, "what customs does is outside the district, the rest is draft");
        (await _journey.PublicAsync($"Memoranda?$filter=Code eq '{memorandum}'")).ShouldHaveSingleItem().GetProperty("List").GetString().ShouldBe("Red");
    }

    [Fact]
    [Trait("Requirement", "R-3.3.1.a")]
    [Trait("Requirement", "R-3.3.1.c")]
    public async Task A_person_is_shown_by_its_surname()
    {
        await _journey.ExemplarAsync(IncentiveJourney.Someone());
        var shown = (await _journey.PublicAsync("Exemplars?$filter=SubjectKind eq 'NaturalPerson'")).ShouldHaveSingleItem();
        shown.GetProperty("SubjectName").GetString().ShouldBe("张＊");
        shown.GetRawText().ShouldNotContain(IncentiveJourney.Person);
    }
}
