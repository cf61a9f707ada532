using System.Net;
using Credit.Core.Tests.Oversight;
using Credit.Testing;

namespace Credit.Core.Tests.Enforcement;

/// <summary>Cities that recognise each other's grades.</summary>
[Trait("Requirement", "R-3.5.2.d")]
public sealed class AllianceTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly OversightDesk _desk = new(host);

    [Fact]
    public async Task A_grade_is_recognised_only_where_the_mapping_is_in_force_and_recognition_is_on()
    {
        var body = new { name = "鲁南城市信用联盟", document = "鲁南信盟〔2026〕1号", members = new[] { "枣庄市", "临沂市" }, sharedItems = new[] { "行政处罚信息" }, from = "2026-01-01", to = "2026-11-30" };
        (await _desk.PostAsync("tax.approver", "/api/alliances", body)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _desk.PostAsync("development-reform.officer", "/api/alliances", body with { members = [] })).Body.ShouldContain("alliance-members-missing");
        var id = (await _desk.DoneAsync("development-reform.officer", "/api/alliances", body)).GetProperty("id").GetGuid();
        (await _desk.PostAsync("development-reform.officer", "/api/alliances", body)).Body.ShouldContain("alliance-registered");
        var grade = $"/api/alliances/{id}/grades?city=枣庄市&grade=AAA";
        (await _desk.StatusOfAsync("tax.officer", grade)).ShouldBe(HttpStatusCode.Conflict, "nothing is mapped");

        var set = $"/api/alliances/{id}/recognition";
        (await _desk.PostAsync("development-reform.officer", set, new { recognise = true, from = "2026-11-24", grades = new[] { new { city = "济宁市", theirs = "AAA", ours = "A" } } })).Body.ShouldContain("grade-of-stranger");
        _ = await _desk.DoneAsync("development-reform.officer", set, new { recognise = false, from = "2026-11-24", grades = new[] { new { city = "枣庄市", theirs = "AAA", ours = "A" } } });
        (await _desk.StatusOfAsync("tax.officer", grade)).ShouldBe(HttpStatusCode.Conflict, "recognition is off");
        _ = await _desk.DoneAsync("development-reform.officer", set, new { recognise = true, from = "2026-11-25", grades = new[] { new { city = "枣庄市", theirs = "AAA", ours = "B" } } }, 2);

        (await _desk.GetAsync("tax.officer", grade)).GetProperty("ours").GetString().ShouldBe("A", "the new mapping begins tomorrow");
        (await _desk.StatusOfAsync("tax.officer", $"/api/alliances/{id}/grades?city=临沂市&grade=AAA")).ShouldBe(HttpStatusCode.Conflict, "another city's grade is its own");
        host.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 24, 16, 0, 0, TimeSpan.Zero));
        host.ForgetTokens();
        (await _desk.GetAsync("tax.officer", grade)).GetProperty("ours").GetString().ShouldBe("B");
        host.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 30, 16, 0, 0, TimeSpan.Zero));
        host.ForgetTokens();
        (await _desk.StatusOfAsync("tax.officer", grade)).ShouldBe(HttpStatusCode.Conflict, "the alliance ended");
        (await _desk.ListAsync("tax.officer", "/odata/official/Alliances")).ShouldHaveSingleItem().GetProperty("Members").GetString().ShouldBe("枣庄市,临沂市");
    }
}
