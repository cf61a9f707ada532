using System.Net;
using Credit.Core.Tests.Enforcement;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Listing;

public sealed class PublicationChoiceTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly EntryJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.1.4.g")]
    public async Task A_watch_entry_is_shown_by_a_decision_that_keeps_decider_and_reason_and_hidden_without_one()
    {
        var entry = await _journey.InForceAsync("tax", Proposals.Watch(Proposals.Code("Y0")));
        (await IsPublicAsync(entry.Id)).ShouldBeFalse("nobody decided");
        (await ChooseAsync(entry, shown: true, " ")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        var chosen = await ChooseAsync(entry, shown: true, "涉及公共安全");

        chosen.Status.ShouldBe(HttpStatusCode.OK, chosen.Body);
        (await IsPublicAsync(entry.Id)).ShouldBeTrue();
        var hidden = await ChooseAsync(chosen.Entry, shown: false, "影响已消除");
        hidden.Status.ShouldBe(HttpStatusCode.OK, hidden.Body);
        (await IsPublicAsync(entry.Id)).ShouldBeFalse();
        var decided = await new TaskJourney(host).ReadAsync(db => db.RegisterEntries.AsNoTracking()
            .Where(each => each.AggregateId == entry.Id && each.WireName == "list-entry.publication-chosen.v1").OrderBy(each => each.Id).ToListAsync());
        decided.Select(each => (each.Actor, each.Department)).ShouldBe([("tax.approver", "tax"), ("tax.approver", "tax")]);
        decided[0].Payload.ShouldContain("涉及公共安全");
        decided[1].Payload.ShouldContain("影响已消除");
    }

    private Task<MoveAnswer> ChooseAsync(EntryAnswer entry, bool shown, string reason) =>
        _journey.PutAsync("tax.approver", $"/api/entries/{entry.Id}/publication-choice", entry.Version, new { shown, reason });

    private async Task<bool> IsPublicAsync(Guid id)
    {
        using var anyone = host.Anonymous();
        return (await _journey.ListAsync(anyone, $"/odata/public/ListEntries?$filter=Id eq {id}")).Count == 1;
    }
}
