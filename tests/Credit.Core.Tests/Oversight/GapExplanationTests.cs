using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Domain.Checks;
using Credit.Domain.Oversight;
using Credit.Domain.Records;
using Credit.Testing;

namespace Credit.Core.Tests.Oversight;

/// <summary>A department says why it did not check, or names the check it made; others see nothing of it.</summary>
public sealed class GapExplanationTests(GapHost host) : IClassFixture<GapHost>
{
    private readonly GapJourney _gaps = new(host);

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    public async Task Explained_gaps_are_answered_one_with_the_number_of_a_check_of_ones_own_is_none_and_other_departments_see_nothing()
    {
        await _gaps.RunAsync();
        var gap = (await _gaps.GapsAsync(gap => gap.State == GapState.Open && gap.Kind == GapKind.Licence)).OrderBy(gap => gap.Id).First();
        var own = HostFixture.OfficerOf(gap.Department);
        foreach (var (user, status) in new[] { (own, HttpStatusCode.OK), (GapJourney.Lead, HttpStatusCode.OK), ("auditor", HttpStatusCode.OK), (HostFixture.OfficerOf("nobody"), HttpStatusCode.NotFound) })
        {
            using var reader = await host.AsAsync(user);
            (await reader.GetAsync($"/api/gaps/{gap.Id}")).StatusCode.ShouldBe(status, user);
        }

        using (var other = await host.AsAsync(HostFixture.OfficerOf("nobody")))
        {
            (await other.GetFromJsonAsync<JsonElement>("/odata/official/Gaps")).GetProperty("value").GetArrayLength().ShouldBe(0);
        }

        (await _gaps.ExplainAsync(own, gap, new { explanation = "已查" }, version: null)).Status.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await _gaps.ExplainAsync(HostFixture.OfficerOf("nobody"), gap, new { explanation = "已查" }, gap.Version)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _gaps.ExplainAsync(own, gap, new { explanation = " " }, gap.Version)).Body.GetProperty("code").GetString().ShouldBe("gap-unexplained");
        (await _gaps.ExplainAsync(own, gap, new { explanation = "当事人 11010519491231002X" }, gap.Version)).Body.GetProperty("code").GetString().ShouldBe("text-names-person");

        var answered = await _gaps.ExplainAsync(own, gap, new { explanation = "系统切换期间未接入，已补查。" }, gap.Version);
        (answered.Status, answered.Body.GetProperty("state").GetString()).ShouldBe((HttpStatusCode.OK, "Answered"));
        await _gaps.RunAsync();
        (await _gaps.GapAsync(gap.Id)).State.ShouldBe(GapState.Answered, "an answer is no check");

        // Too long before the decision, and for another document: the radar does not take it for the check, its department can say that it was.
        var asked = gap.On.AddDays(-60);
        await _gaps.AddAsync(GapJourney.Receipt(gap, "CX-OTHERS", asked, "another-department"), GapJourney.Receipt(gap, "CX-LATE", gap.On.AddDays(1)), GapJourney.Receipt(gap, "CX-KIND", asked, kind: MatterKind.Fiscal), GapJourney.Receipt(gap, "CX-OWN", asked));
        var version = (await _gaps.GapAsync(gap.Id)).Version;
        foreach (var number in new[] { "CX-OTHERS", "CX-LATE", "CX-KIND", "CX-NONE" })
        {
            var refused = await _gaps.ExplainAsync(own, gap, new { explanation = "编号误填", queryNumber = number }, version);
            (refused.Status, refused.Body.GetProperty("code").GetString()).ShouldBe((HttpStatusCode.UnprocessableEntity, "gap-not-proved"), number);
        }

        var proved = await _gaps.ExplainAsync(own, gap, new { explanation = "编号误填", queryNumber = "CX-OWN" }, version);
        (proved.Status, proved.Body.GetProperty("state").GetString(), proved.Body.GetProperty("closure").GetString()).ShouldBe((HttpStatusCode.OK, "Proved", "CheckFound"));
        var run = await _gaps.RunAsync();
        (run.GetProperty("found").GetInt32(), run.GetProperty("reopened").GetInt32()).ShouldBe((0, 0), "what was proved stays proved");
        (await _gaps.GapAsync(gap.Id)).ProvedBy.ShouldBe("CX-OWN");
    }
}
