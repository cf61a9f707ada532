using System.Net;
using System.Text.Json;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Watching;
using Credit.Testing;

namespace Credit.Core.Tests.Oversight;

/// <summary>How often a department asked before it decided, and talked when it had to.</summary>
public sealed class ChecksAndInterviewsTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly OversightDesk _desk = new(host);

    [Fact]
    [Trait("Requirement", "R-4.3.a")]
    [Trait("Requirement", "R-3.1.6.a")]
    public async Task Matters_decided_unchecked_and_interviews_not_held_are_figures_with_their_rows()
    {
        var watching = new WatchJourney(host);
        var entries = await watching.WatchedAsync("Y00", "税收征管");
        var other = await watching.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("Y01")));
        var talked = await watching.RequireAsync(entries.Single(), "2026-12-04");
        var silent = await watching.RequireAsync(other, "2026-12-04");
        var subject = new { kind = "LegalPerson", code = Proposals.Code("Y01") };
        var check = await _desk.DoneAsync("finance.officer", "/api/checks", new
        {
            purpose = "Administration",
            matter = new { kind = "Fiscal", reference = "任财扶〔2026〕9号", procedure = "扶持资金审核" },
            subjects = new[] { subject },
        });
        var asked = await MatterAsync("任财扶〔2026〕9号", check.GetProperty("number").GetString());
        var unasked = await MatterAsync("任财扶〔2026〕10号", null);
        foreach (var day in new[] { 5, 22 })
        {
            host.Clock.SetUtcNow(new DateTimeOffset(2026, 12, day, 2, 0, 0, TimeSpan.Zero));
            host.ForgetTokens();
            await host.SweepAsync();
            if (day == 5)
            {
                (await watching.OnRectificationAsync("tax.officer", talked, "interview", new { kind = "Reminder", outcome = "Held", heldOn = "2026-12-05", minutes = "已约谈。" }))
                    .Status.ShouldBe(HttpStatusCode.OK);
            }
        }

        (await FigureAsync("finance", "matters-checked")).ShouldBe((2, 1));
        (await FigureAsync("tax", "interviews-held")).ShouldBe((2, 1));
        var rows = await _desk.GetAsync("tax.officer", "/api/oversight/indicators/interviews-held/rows?department=tax&from=2026-11-01&to=2026-12-31");
        rows.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("id").GetGuid()).ShouldBe([talked, silent], ignoreOrder: true);
        var matters = await _desk.GetAsync("finance.officer", "/api/oversight/indicators/matters-checked/rows?department=finance&from=2026-11-24&to=2026-11-24");
        matters.GetProperty("rows").EnumerateArray().Select(row => (row.GetProperty("id").GetGuid(), row.GetProperty("good").GetInt32())).ShouldBe([(asked, 1), (unasked, 0)], ignoreOrder: true);

        async Task<Guid> MatterAsync(string reference, string? number) => (await _desk.DoneAsync(
            "finance.officer", "/api/matters", new { kind = "Fiscal", reference, procedure = "扶持资金审核", subject, decidedOn = "2026-11-24", queryNumber = number })).GetProperty("id").GetGuid();
    }

    private async Task<(int All, int Good)> FigureAsync(string department, string key)
    {
        var live = await _desk.GetAsync("auditor", "/api/oversight/indicators?from=2026-11-01&to=2026-12-31");
        var figure = live.GetProperty("departments").EnumerateArray().Single(each => each.GetProperty("department").GetString() == department)
            .GetProperty("figures").EnumerateArray().Single(each => each.GetProperty("indicator").GetString() == key);
        return (figure.GetProperty("all").GetInt32(), figure.GetProperty("good").GetInt32());
    }
}
