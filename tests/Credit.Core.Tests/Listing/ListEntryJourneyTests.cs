using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Testing;

namespace Credit.Core.Tests.Listing;

/// <summary>An entry's way through the host, from proposal to exit.</summary>
public sealed class ListEntryJourneyTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    [Trait("Requirement", "R-3.2.1.b")]
    [Trait("Requirement", "R-3.2.4.c")]
    [Trait("Invariant", "I84")]
    public async Task A_black_entry_is_proposed_recognised_by_a_second_officer_and_reported()
    {
        var journey = new EntryJourney(host);
        var entry = await journey.ProposeAsync("tax.officer", Proposals.Black());
        entry.State.ShouldBe("Draft");

        (await journey.MoveAsync("tax.officer", entry, "recognition", new { })).Status.ShouldBe(HttpStatusCode.Forbidden, "an officer has no right to recognise");
        var recognised = await journey.MoveAsync("tax.approver", entry, "recognition", new { watchMonthsAfterExit = 12 });
        recognised.Status.ShouldBe(HttpStatusCode.OK, recognised.Body);
        recognised.Entry.ReportDue.ShouldBe("2026-12-03", "7 working days from 2026-11-24");

        var reported = await journey.MoveAsync("tax.approver", recognised.Entry, "report", new { channels = new[] { "DepartmentSite" } });
        reported.Status.ShouldBe(HttpStatusCode.OK, reported.Body);
        reported.Entry.State.ShouldBe("Active");
        reported.Entry.ValidFrom.ShouldBe("2026-11-24");
    }

    [Fact]
    [Trait("Requirement", "R-3.2.2.e")]
    [Trait("Invariant", "I3")]
    public async Task A_blacklisted_subject_is_refused_on_a_red_list_and_the_answer_names_the_black_entry()
    {
        var journey = new EntryJourney(host);
        var black = await journey.InForceAsync("tax", Proposals.Black(Proposals.Code("B0")));
        var red = await journey.ProposeAsync("market-supervision.officer", Proposals.Red(Proposals.Code("B0")));

        var refused = await journey.MoveAsync("market-supervision.approver", red, "recognition", new { });

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Body.ShouldContain("red-but-black");
        refused.Body.ShouldContain(black.Id.ToString());
    }

    [Fact]
    [Trait("Requirement", "R-3.5.6.c")]
    [Trait("Invariant", "I1")]
    [Trait("Invariant", "I24")]
    public async Task Reporting_a_black_entry_takes_the_subject_off_every_red_list_at_once()
    {
        var journey = new EntryJourney(host);
        var red = await journey.InForceAsync("market-supervision", Proposals.Red(Proposals.Code("B1")));

        _ = await journey.InForceAsync("tax", Proposals.Black(Proposals.Code("B1")));

        var left = await journey.ReadAsync("market-supervision.officer", red.Id);
        left.State.ShouldBe("Exited");
        left.ExitReason.ShouldBe("Blacklisted");
    }

    [Fact]
    [Trait("Requirement", "R-3.2.2.d")]
    [Trait("Invariant", "I15")]
    public async Task A_natural_person_is_not_listed_black_without_prior_notice()
    {
        var journey = new EntryJourney(host);
        var entry = await journey.ProposeAsync("tax.officer", Proposals.BlackPerson());

        var refused = await journey.MoveAsync("tax.approver", entry, "recognition", new { watchMonthsAfterExit = 12 });

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Body.ShouldContain("prior-notice-missing");
    }
}
