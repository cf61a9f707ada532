using System.Net;
using System.Text.Json;
using Credit.Core.Oversight;
using Credit.Core.Tests.Enforcement;
using Credit.Domain.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Listing;

/// <summary>What the public sees of the lists, and for how long.</summary>
public sealed class PublicationTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly EntryJourney _journey = new(host);
    private readonly TaskJourney _register = new(host);

    [Fact]
    [Trait("Invariant", "I65")]
    [Trait("Invariant", "I70")]
    [Trait("Requirement", "R-3.2.4.d")]
    [Trait("Requirement", "R-3.2.4.h")]
    public async Task The_public_sees_every_reviewed_entry_in_force_that_may_be_shown_and_no_other()
    {
        var entries = await OneOfEverySortAsync();

        var shown = (await PublicAsync($"?$top=1000")).Select(row => row.GetProperty("Id").GetGuid()).ToHashSet();

        var today = new DateOnly(2026, 11, 24);
        var stored = await _register.ReadAsync(db => db.Entries.AsNoTracking().ToListAsync());
        var owed = stored.Where(entry => entry.InForce(today) && entry.Publishable && entry.ReviewedBy is not null
            && (entry.List != ListKind.Watch || entry.ChosenForPublication)).Select(entry => entry.Id).ToHashSet();
        shown.SetEquals(owed).ShouldBeTrue($"no more and no less: {string.Join(", ", shown.Except(owed).Concat(owed.Except(shown)))}");
        entries.Where(entry => entry.Value.Shown).ShouldAllBe(entry => shown.Contains(entry.Value.Id));
        entries.Where(entry => !entry.Value.Shown).ShouldAllBe(entry => !shown.Contains(entry.Value.Id));
        stored.Where(entry => shown.Contains(entry.Id)).ShouldAllBe(entry => entry.ReviewedBy != entry.ProposedBy);
        var channels = await _register.ReadAsync(db => db.Entries.AsNoTracking().Include(entry => entry.Publications).SingleAsync(entry => entry.Id == entries["black"].Id));
        channels.Publications.Select(publication => publication.Channel).ShouldBe([PublicationChannel.DepartmentSite, PublicationChannel.CreditChina], ignoreOrder: true);
    }

    [Fact]
    [Trait("Invariant", "I70")]
    public async Task A_watch_entry_is_shown_after_somebody_else_than_its_submitter_reviewed_it()
    {
        var entry = await _journey.ProposeAsync("tax.approver", Proposals.Watch(Proposals.Code("200")));
        entry = (await _journey.MoveAsync("tax.reviewer", entry, "recognition", new { })).Entry;
        entry = (await _journey.MoveAsync("tax.reviewer", entry, "report", new { channels = Array.Empty<string>() })).Entry;
        (await IsPublicAsync(entry.Id)).ShouldBeFalse();

        (await ChooseAsync("tax.approver", entry)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await IsPublicAsync(entry.Id)).ShouldBeFalse();
        var chosen = await ChooseAsync("tax.reviewer", entry);

        chosen.Status.ShouldBe(HttpStatusCode.OK, chosen.Body);
        (await IsPublicAsync(entry.Id)).ShouldBeTrue();
    }

    [Fact]
    [Trait("Invariant", "I66")]
    [Trait("Invariant", "I33")]
    [Trait("Requirement", "R-3.2.4.g")]
    public async Task An_entry_is_public_from_its_first_day_to_the_last_second_of_its_last()
    {
        var own = new HostFixture();
        await own.InitializeAsync();
        try
        {
            var journey = new EntryJourney(own);
            using var anyone = own.Anonymous();
            var entry = await journey.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("201"), validTo: "2026-11-26"));
            entry = (await journey.MoveAsync("tax.approver", entry, "recognition", new { watchMonthsAfterExit = 12 })).Entry;
            (await journey.ListAsync(anyone, "/odata/public/ListEntries")).ShouldBeEmpty("nothing before it is in force");

            entry = (await journey.MoveAsync("tax.approver", entry, "report", new { channels = new[] { "DepartmentSite" } })).Entry;

            var row = (await journey.ListAsync(anyone, "/odata/public/ListEntries")).ShouldHaveSingleItem();
            (row.GetProperty("ValidFrom").GetString(), row.GetProperty("ValidTo").GetString()).ShouldBe(("2026-11-24", "2026-11-26"));
            own.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 26, 23, 59, 59, TimeSpan.FromHours(8)));
            (await journey.ListAsync(anyone, "/odata/public/ListEntries")).ShouldHaveSingleItem("the last day counts fully");
            own.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 27, 0, 0, 0, TimeSpan.FromHours(8)));
            (await journey.ListAsync(anyone, "/odata/public/ListEntries")).ShouldBeEmpty("gone at midnight, before any job ran");
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Fact]
    [Trait("Invariant", "I67")]
    [Trait("Requirement", "R-3.2.4.h")]
    public async Task What_may_not_be_published_is_in_no_channel_ever_and_somebody_who_must_know_is_told()
    {
        var entry = await _journey.InForceAsync(
            "tax", Proposals.Black(Proposals.Code("202")).With(("publishable", false), ("unpublishableReason", "涉及国家秘密")));
        (await _register.ReadAsync(db => db.Inbox.SingleAsync(item => item.AggregateId == entry.Id && item.Kind == InboxKind.ClosedNotice))).Department.ShouldBe("tax");
        (await _journey.MoveAsync("tax.officer", entry, "closed-notice", new { addressee = " " })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        var told = await _journey.MoveAsync("tax.officer", entry, "closed-notice", new { addressee = "区国防动员办公室" });

        told.Status.ShouldBe(HttpStatusCode.OK, told.Body);
        (await ReadAsync(entry.Id)).ClosedNoticeTo.ShouldBe("区国防动员办公室");
        (await IsPublicAsync(entry.Id)).ShouldBeFalse();
        var left = await _journey.MoveAsync("tax.approver", told.Entry, "exit", new { reason = "StandardChanged", explanation = "认定标准已修订。" });
        left.Status.ShouldBe(HttpStatusCode.OK, left.Body);
        (await _journey.MoveAsync("tax.officer", left.Entry, "exit-announcements", new { channel = "CreditChina" })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ExitsAsync(entry.Id)).ShouldBeEmpty("no exit notice of what was never shown");
        (await ReadAsync(entry.Id)).Publications.ShouldBeEmpty();
        var watch = await _register.ReadAsync(db => db.Entries.SingleAsync(each => each.PredecessorId == entry.Id));
        watch.Publishable.ShouldBeFalse("the watch entry rests on the same secret");
        var published = await _journey.InForceAsync("tax", Proposals.Black(Proposals.Code("203")));
        (await _journey.MoveAsync("tax.officer", published, "closed-notice", new { addressee = "某单位" })).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    [Trait("Invariant", "I68")]
    [Trait("Requirement", "R-3.5.6.d")]
    public async Task The_exit_is_announced_on_exactly_the_channels_that_showed_the_entry()
    {
        var entry = await _journey.InForceAsync("tax", Proposals.Black(Proposals.Code("204")), ["DepartmentSite", "GovernmentPortal"]);
        var moved = await _journey.MoveAsync("tax.approver", entry, "exit", new { reason = "StandardChanged", explanation = "认定标准已修订。" });
        moved.Entry.ExitAnnounced.ShouldBeFalse();
        (await ExitsAsync(entry.Id)).ShouldBeEmpty("an exit is announced by the recogniser, not by itself");
        var elsewhere = await _journey.MoveAsync("tax.officer", moved.Entry, "exit-announcements", new { channel = "Necips" });
        elsewhere.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        elsewhere.Body.ShouldContain("channel-not-original");

        foreach (var channel in new[] { "DepartmentSite", "CreditChina", "GovernmentPortal" })
        {
            moved.Entry.ExitAnnounced.ShouldBeFalse("one original channel is still to come");
            moved = await _journey.MoveAsync("tax.officer", moved.Entry, "exit-announcements", new { channel });
            moved.Status.ShouldBe(HttpStatusCode.OK, moved.Body);
        }

        moved.Entry.ExitAnnounced.ShouldBeTrue();
        (await ExitsAsync(entry.Id)).Select(row => row.GetProperty("Channel").GetString()).ShouldBe(["CreditChina", "DepartmentSite", "GovernmentPortal"], ignoreOrder: true);
        (await _journey.MoveAsync("tax.officer", moved.Entry, "exit-announcements", new { channel = "CreditChina" })).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    // One entry of every sort the rule tells apart, by name, and whether the public may see it.
    private async Task<Dictionary<string, (Guid Id, bool Shown)>> OneOfEverySortAsync()
    {
        var draft = await _journey.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("210")));
        var recognised = await _journey.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("211")));
        (await _journey.MoveAsync("tax.approver", recognised, "recognition", new { watchMonthsAfterExit = 12 })).Status.ShouldBe(HttpStatusCode.OK);
        var black = await _journey.InForceAsync("tax", Proposals.Black(Proposals.Code("212")));
        var red = await _journey.InForceAsync("market-supervision", Proposals.Red(Proposals.Code("213")));
        var secret = await _journey.InForceAsync("tax", Proposals.Black(Proposals.Code("214")).With(("publishable", false), ("unpublishableReason", "涉密")));
        var watch = await _journey.InForceAsync("tax", Proposals.Watch(Proposals.Code("215")));
        var chosen = await _journey.InForceAsync("tax", Proposals.Watch(Proposals.Code("216")));
        (await ChooseAsync("tax.approver", chosen)).Status.ShouldBe(HttpStatusCode.OK);
        var verified = await _journey.InForceAsync("tax", Proposals.Black(Proposals.Code("217")));
        _ = await _register.AcceptedObjectionAsync("association", verified.Id);
        var exited = await _journey.InForceAsync("tax", Proposals.Black(Proposals.Code("218")));
        (await _journey.MoveAsync("tax.approver", exited, "exit", new { reason = "StandardChanged", explanation = "认定标准已修订。" })).Status.ShouldBe(HttpStatusCode.OK);
        return new()
        {
            ["draft"] = (draft.Id, false),
            ["recognised"] = (recognised.Id, false),
            ["black"] = (black.Id, true),
            ["red"] = (red.Id, true),
            ["secret"] = (secret.Id, false),
            ["watch"] = (watch.Id, false),
            ["chosen"] = (chosen.Id, true),
            ["verified"] = (verified.Id, true),
            ["exited"] = (exited.Id, false),
        };
    }

    private async Task<MoveAnswer> ChooseAsync(string user, EntryAnswer entry) =>
        await _journey.PutAsync(user, $"/api/entries/{entry.Id}/publication-choice", entry.Version, new { shown = true, reason = "涉及公共安全" });

    private Task<ListEntry> ReadAsync(Guid id) => _register.ReadAsync(db => db.Entries.AsNoTracking().Include(entry => entry.Publications).SingleAsync(entry => entry.Id == id));

    private async Task<bool> IsPublicAsync(Guid id) => (await PublicAsync($"?$filter=Id eq {id}")).Count == 1;

    private async Task<IReadOnlyList<JsonElement>> PublicAsync(string query)
    {
        using var anyone = host.Anonymous();
        return await _journey.ListAsync(anyone, "/odata/public/ListEntries" + query);
    }

    private async Task<IReadOnlyList<JsonElement>> ExitsAsync(Guid entryId)
    {
        using var anyone = host.Anonymous();
        return await _journey.ListAsync(anyone, $"/odata/public/ExitAnnouncements?$filter=EntryId eq {entryId}");
    }
}
