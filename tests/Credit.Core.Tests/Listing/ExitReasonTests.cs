using System.Net;
using Credit.Testing;

namespace Credit.Core.Tests.Listing;

/// <summary>The reasons for which an entry leaves its list by decision.</summary>
public sealed class ExitReasonTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly EntryJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.5.6.a")]
    [Trait("Requirement", "R-3.5.5.g")]
    public async Task A_black_entry_whose_standard_changed_exits_by_a_second_officer_and_the_watch_entry_follows()
    {
        var entry = await _journey.InForceAsync("tax", Proposals.Black(Proposals.Code("T0")));
        var body = new { reason = "StandardChanged", explanation = "认定标准修订，该主体不再符合。" };
        (await _journey.MoveAsync("tax.officer", entry, "exit", body)).Status.ShouldBe(HttpStatusCode.Forbidden);
        var unexplained = await _journey.MoveAsync("tax.approver", entry, "exit", body with { explanation = " " });
        unexplained.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, unexplained.Body);

        var left = await _journey.MoveAsync("tax.approver", entry, "exit", body);

        left.Status.ShouldBe(HttpStatusCode.OK, left.Body);
        (left.Entry.State, left.Entry.ExitReason, left.Entry.ExitedOn).ShouldBe(("Exited", "StandardChanged", "2026-11-24"));
        using var lead = await host.AsAsync("development-reform.officer");
        var entries = await _journey.ListAsync(lead, $"/odata/official/ListEntries?$filter=SubjectCode eq '{Proposals.Code("T0")}'");
        entries.Single(each => each.GetProperty("List").GetString() == "Watch").GetProperty("ValidFrom").GetString().ShouldBe("2026-11-24");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.6.a")]
    public async Task An_entry_that_an_objection_proved_wrong_exits_as_erroneous()
    {
        var tasks = new Enforcement.TaskJourney(host);
        var entry = await _journey.InForceAsync("tax", Proposals.Black(Proposals.Code("T1")));
        var objection = await tasks.AcceptedObjectionAsync("association", entry.Id);

        (await tasks.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "误列入" })).Status.ShouldBe(HttpStatusCode.OK);

        var left = await _journey.ReadAsync("tax.officer", entry.Id);
        (left.State, left.ExitReason, left.ExitedOn).ShouldBe(("Exited", "Erroneous", "2026-11-24"));
    }

    [Fact]
    [Trait("Requirement", "R-3.5.6.c")]
    public async Task A_red_subject_that_misused_its_incentives_leaves_the_red_list_and_a_black_one_cannot_leave_so()
    {
        var red = await _journey.InForceAsync("market-supervision", Proposals.Red(Proposals.Code("T2")));
        var black = await _journey.InForceAsync("tax", Proposals.Black(Proposals.Code("T3")));
        var body = new { reason = "Misuse", explanation = "以红名单身份骗取补贴。" };

        (await _journey.MoveAsync("tax.approver", black, "exit", body)).Status.ShouldBe(HttpStatusCode.Conflict);
        var left = await _journey.MoveAsync("market-supervision.approver", red, "exit", body);

        left.Status.ShouldBe(HttpStatusCode.OK, left.Body);
        (left.Entry.State, left.Entry.ExitReason).ShouldBe(("Exited", "Misuse"));
    }
}
