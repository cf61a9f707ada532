using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Oversight;
using Credit.Core.Tests.Enforcement;
using Credit.Domain.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Listing;

/// <summary>A serious subject is published on three channels, whatever the recogniser names.</summary>
[Trait("Requirement", "R-3.4.3.a")]
public sealed class ChannelDutyTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly object Page = new { channel = "Necips", publishedOn = "2026-11-24", address = "https://sd.gsxt.example/entry/1" };

    private readonly TaskJourney _register = new(host);

    [Fact]
    [Trait("Invariant", "I68")]
    public async Task The_platform_demands_three_channels_the_recogniser_confirms_each_and_the_exit_is_announced_where_it_was_shown()
    {
        var entry = await _register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("CD0")), ["DepartmentSite"]);

        var rows = await DutiesAsync("tax.officer", entry.Id);
        rows.Select(row => (row.GetProperty("Channel").GetString(), row.GetProperty("State").GetString(), row.GetProperty("SubjectCode").GetString()))
            .ShouldBe([("CreditChina", "Confirmed", Proposals.Code("CD0")), ("GovernmentPortal", "Owed", Proposals.Code("CD0")), ("Necips", "Owed", Proposals.Code("CD0"))], ignoreOrder: true);
        rows.ShouldAllBe(row => row.GetProperty("Due").GetString() == "2026-12-03");
        (await DutiesAsync("finance.officer", entry.Id)).ShouldBeEmpty("another department's");
        (await DutiesAsync("development-reform.officer", entry.Id)).Count.ShouldBe(3);
        (await InboxAsync(entry.Id)).Count(item => item.DoneAt is null).ShouldBe(2);

        (await ConfirmAsync("tax.officer", entry.Id, new { channel = "DepartmentSite", publishedOn = "2026-11-24", address = "https://x.example/1" })).ShouldBe((HttpStatusCode.UnprocessableEntity, "channel-not-owed"));
        (await ConfirmAsync("tax.officer", entry.Id, new { channel = "Necips", publishedOn = "2026-11-25", address = "there" })).Item1.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ConfirmAsync("tax.officer", entry.Id, new { channel = "Necips", publishedOn = "2026-11-24", address = "https://user:word@x.example/1" })).Item1.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var owed = (await InboxAsync(entry.Id)).First(item => item.DoneAt is null);
        (await _register.Entries.PostAsync("tax.officer", $"/api/inbox/{owed.Id}/completion", owed.Version, new { outcome = "已阅" })).Body.ShouldContain("inbox-item-owed");
        (await ConfirmAsync("finance.officer", entry.Id, Page)).Item1.ShouldBe(HttpStatusCode.NotFound);
        (await ConfirmAsync("tax.officer", entry.Id, Page)).Item1.ShouldBe(HttpStatusCode.OK);
        (await ConfirmAsync("tax.officer", entry.Id, Page)).ShouldBe((HttpStatusCode.Conflict, "state-does-not-allow"));
        (await InboxAsync(entry.Id)).Count(item => item.DoneAt is null).ShouldBe(1);

        var shown = await _register.Entries.ReadAsync("tax.officer", entry.Id);
        (await ChannelsAsync(entry.Id)).ShouldBe([PublicationChannel.CreditChina, PublicationChannel.DepartmentSite, PublicationChannel.Necips], ignoreOrder: true);
        (await _register.Entries.MoveAsync("tax.reviewer", shown, "exit", new { reason = "StandardChanged", explanation = "标准已修订。" })).Status.ShouldBe(HttpStatusCode.OK);

        (await DutiesAsync("tax.officer", entry.Id)).Single(row => row.GetProperty("Channel").GetString() == "GovernmentPortal").GetProperty("State").GetString().ShouldBe("Lapsed");
        (await InboxAsync(entry.Id)).ShouldAllBe(item => item.DoneAt != null);
        foreach (var channel in new[] { "CreditChina", "DepartmentSite", "Necips" })
        {
            (await AnnounceAsync(entry.Id, channel)).ShouldBe(HttpStatusCode.OK, channel);
        }

        (await _register.Entries.ReadAsync("tax.officer", entry.Id)).ExitAnnounced.ShouldBeTrue("on exactly the channels used");
        (await AnnounceAsync(entry.Id, "GovernmentPortal")).ShouldBe(HttpStatusCode.UnprocessableEntity, "it was never shown there");
    }

    [Fact]
    public async Task What_is_not_confirmed_in_time_is_overdue_and_in_the_inbox_of_department_and_lead_office()
    {
        var entry = await _register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("CD1")));
        (await ConfirmAsync("tax.officer", entry.Id, Page)).Item1.ShouldBe(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromDays(10));
        host.ForgetTokens();
        try
        {
            await host.SweepAsync();
            var overdue = await DutiesAsync("tax.officer", entry.Id, " and Overdue eq true");
            overdue.ShouldHaveSingleItem().GetProperty("Channel").GetString().ShouldBe("GovernmentPortal");
            var duty = overdue[0].GetProperty("Id").GetGuid();
            var term = await _register.ReadAsync(db => db.Deadlines.Where(each => each.AggregateId == duty).Select(each => each.Id).SingleAsync());
            (await _register.ReadAsync(db => db.Inbox.Where(item => item.AggregateId == term).Select(item => item.Department).ToListAsync()))
                .ShouldBe(["tax", "development-reform"], ignoreOrder: true);
        }
        finally
        {
            host.Clock.AdjustTime(HostFixture.Start);
            host.ForgetTokens();
        }
    }

    [Fact]
    public async Task Persons_watch_and_red_entries_and_what_may_not_be_published_owe_no_channel()
    {
        var hidden = await _register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("CD2")).With(("publishable", false), ("unpublishableReason", "涉及商业秘密")));
        var watch = await _register.Entries.InForceAsync("tax", Proposals.Watch(Proposals.Code("CD3")));
        var person = await _register.Entries.InForceAsync("tax", Proposals.BlackPerson().With(("noticeExemption", "某法第九条")));

        foreach (var id in new[] { hidden.Id, watch.Id, person.Id })
        {
            (await DutiesAsync("development-reform.officer", id)).ShouldBeEmpty();
        }
    }

    [Fact]
    [Trait("Invariant", "I79")]
    public async Task A_black_entry_of_an_enterprise_is_queued_for_the_enterprise_system_once_and_once_more_when_it_leaves()
    {
        var entry = await _register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("CD4")));
        _ = await _register.Entries.InForceAsync("tax", Proposals.Watch(Proposals.Code("CD5")));
        await host.SettleAsync();

        var queued = (await QueueAsync()).Where(message => message.GetProperty("recordId").GetGuid() == entry.Id).ShouldHaveSingleItem();
        (queued.GetProperty("kind").GetString(), queued.GetProperty("version").GetInt32(), queued.GetProperty("subjectCode").GetString()).ShouldBe(("list-entries", 1, Proposals.Code("CD4")));
        (await QueueAsync()).Count(message => message.GetProperty("subjectCode").GetString() == Proposals.Code("CD5")).ShouldBe(0);

        var shown = await _register.Entries.ReadAsync("tax.officer", entry.Id);
        (await _register.Entries.MoveAsync("tax.reviewer", shown, "exit", new { reason = "StandardChanged", explanation = "标准已修订。" })).Status.ShouldBe(HttpStatusCode.OK);
        await host.SettleAsync();
        (await QueueAsync()).Where(message => message.GetProperty("recordId").GetGuid() == entry.Id)
            .Select(message => (message.GetProperty("version").GetInt32(), message.GetProperty("publicUntil").GetString())).ShouldBe([(1, "2029-11-23"), (2, "2026-11-23")]);
    }

    private async Task<JsonElement[]> QueueAsync()
    {
        using var system = await host.AsAsync("city.system");
        return [.. (await system.GetFromJsonAsync<JsonElement>("/api/exchange/national/messages")).GetProperty("messages").EnumerateArray()];
    }

    private async Task<IReadOnlyList<JsonElement>> DutiesAsync(string user, Guid entry, string also = "")
    {
        using var client = await host.AsAsync(user);
        return await _register.Entries.ListAsync(client, $"/odata/official/ChannelDuties?$filter=EntryId eq {entry}{also}");
    }

    private async Task<(HttpStatusCode, string?)> ConfirmAsync(string user, Guid id, object body)
    {
        using var client = await host.AsAsync(user);
        await AtItsVersionAsync(client, id);
        using var answer = await client.PostAsJsonAsync($"/api/entries/{id}/channel-confirmations", body);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length > 0 && JsonSerializer.Deserialize<JsonElement>(text).TryGetProperty("code", out var code) ? code.GetString() : null);
    }

    private async Task<HttpStatusCode> AnnounceAsync(Guid id, string channel)
    {
        using var client = await host.AsAsync("tax.officer");
        await AtItsVersionAsync(client, id);
        return (await client.PostAsJsonAsync($"/api/entries/{id}/exit-announcements", new { channel })).StatusCode;
    }

    private async Task AtItsVersionAsync(HttpClient client, Guid id) =>
        client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", $"\"v{await _register.ReadAsync(db => db.Entries.Where(each => each.Id == id).Select(each => each.Version).SingleAsync())}\"");

    private Task<List<PublicationChannel>> ChannelsAsync(Guid id) => _register.ReadAsync(db =>
        db.Entries.AsNoTracking().Where(each => each.Id == id).SelectMany(each => each.Publications).Select(each => each.Channel).ToListAsync());

    private Task<List<InboxItem>> InboxAsync(Guid id) => _register.ReadAsync(db =>
        db.Inbox.Where(item => item.Kind == InboxKind.ChannelDuty && db.ChannelDuties.Any(duty => duty.EntryId == id && duty.Id == item.AggregateId)).ToListAsync());
}
