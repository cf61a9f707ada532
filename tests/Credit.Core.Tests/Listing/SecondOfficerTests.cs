using System.Net;
using Credit.Testing;

namespace Credit.Core.Tests.Listing;

public sealed class SecondOfficerTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly EntryJourney _journey = new(host);

    [Fact]
    [Trait("Invariant", "I84")]
    public async Task Whoever_proposed_an_entry_decides_neither_its_recognition_nor_its_report_nor_its_exit_whatever_his_rights()
    {
        var entry = await _journey.ProposeAsync("tax.approver", Proposals.Black(Proposals.Code("Y1")));
        await FourEyesAsync(entry, "recognition", new { watchMonthsAfterExit = 12 });
        entry = await ByTheOtherAsync(entry, "recognition", new { watchMonthsAfterExit = 12 });
        await FourEyesAsync(entry, "report", new { channels = new[] { "DepartmentSite" } });
        entry = await ByTheOtherAsync(entry, "report", new { channels = new[] { "DepartmentSite" } });

        await FourEyesAsync(entry, "exit", new { reason = "StandardChanged", explanation = "认定标准已修订。" });

        (await ByTheOtherAsync(entry, "exit", new { reason = "StandardChanged", explanation = "认定标准已修订。" })).State.ShouldBe("Exited");
    }

    private async Task FourEyesAsync(EntryAnswer entry, string action, object body)
    {
        var refused = await _journey.MoveAsync("tax.approver", entry, action, body);
        refused.Status.ShouldBe(HttpStatusCode.Forbidden, refused.Body);
        refused.Body.ShouldContain("four-eyes");
    }

    private async Task<EntryAnswer> ByTheOtherAsync(EntryAnswer entry, string action, object body)
    {
        var moved = await _journey.MoveAsync("tax.reviewer", entry, action, body);
        moved.Status.ShouldBe(HttpStatusCode.OK, moved.Body);
        return moved.Entry;
    }
}
