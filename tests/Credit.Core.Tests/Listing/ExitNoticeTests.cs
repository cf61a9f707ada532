using System.Net;
using System.Text.Json;
using Credit.Testing;

namespace Credit.Core.Tests.Listing;

/// <summary>What an exit notice tells about its subject, and for how long.</summary>
public sealed class ExitNoticeTests : IAsyncLifetime
{
    private readonly HostFixture _host = new();
    private readonly EntryJourney _journey;

    public ExitNoticeTests() => _journey = new(_host);

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("Invariant", "I72")]
    public async Task An_exit_notice_tells_less_of_a_person_than_the_entry_did_and_ends_itself_after_a_year()
    {
        var person = new { kind = "NaturalPerson", name = "王五华", certificateType = "身份证", certificateNumber = "370811196604030045" };
        var proposal = Proposals.Black().With(("subject", person), ("facts", "王五华逃避追缴欠税。"));
        var proposed = await _journey.ProposeAsync("tax.officer", proposal);
        var noticed = await _journey.MoveAsync("tax.officer", proposed, "notice", new { deliveredOn = "2026-11-24" });
        noticed.Status.ShouldBe(HttpStatusCode.OK, noticed.Body);
        var recognised = await _journey.MoveAsync("tax.approver", noticed.Entry, "recognition", new { watchMonthsAfterExit = 12, defenceAnswered = true });
        recognised.Status.ShouldBe(HttpStatusCode.OK, recognised.Body);
        var reported = await _journey.MoveAsync("tax.approver", recognised.Entry, "report", new { channels = new[] { "DepartmentSite" } });
        var shown = (await PublicAsync($"ListEntries?$filter=Id eq {proposed.Id}")).ShouldHaveSingleItem();

        var moved = await _journey.MoveAsync("tax.reviewer", reported.Entry, "exit", new { reason = "StandardChanged", explanation = "已修订。" });
        foreach (var channel in new[] { "CreditChina", "DepartmentSite" })
        {
            moved = await _journey.MoveAsync("tax.officer", moved.Entry, "exit-announcements", new { channel });
            moved.Status.ShouldBe(HttpStatusCode.OK, moved.Body);
        }

        var notices = await PublicAsync($"ExitAnnouncements?$filter=EntryId eq {proposed.Id}");
        notices.Count.ShouldBe(2);
        notices.ShouldAllBe(notice => notice.GetProperty("SubjectName").GetString() == shown.GetProperty("SubjectName").GetString());
        string[] ofTheExit = ["EntryId", "ExitReason", "ExitedOn", "Channel", "AnnouncedOn"];
        notices[0].EnumerateObject().Select(member => member.Name).Where(name => !name.StartsWith('@')).Except(ofTheExit)
            .ShouldBeSubsetOf(shown.EnumerateObject().Select(member => member.Name));
        notices.ShouldAllBe(notice => !notice.GetRawText().Contains("王五华") && !notice.GetRawText().Contains("19660403"));

        _host.Clock.SetUtcNow(new DateTimeOffset(2027, 11, 24, 15, 59, 59, TimeSpan.Zero));
        (await PublicAsync($"ExitAnnouncements?$filter=EntryId eq {proposed.Id}")).Count.ShouldBe(2, "the last day of the year counts");
        _host.Clock.SetUtcNow(new DateTimeOffset(2027, 11, 24, 16, 0, 0, TimeSpan.Zero));
        (await PublicAsync($"ExitAnnouncements?$filter=EntryId eq {proposed.Id}")).ShouldBeEmpty("no job ran");
    }

    private async Task<IReadOnlyList<JsonElement>> PublicAsync(string query)
    {
        using var anyone = _host.Anonymous();
        return await _journey.ListAsync(anyone, $"/odata/public/{query}");
    }
}
