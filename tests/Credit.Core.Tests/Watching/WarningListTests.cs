using System.Net;
using Credit.Core.Tests.Listing;
using Credit.Domain.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Watching;

/// <summary>信用预警名单: derived from the watch entries, shown to the public, told to the city (R-3.5.5.e).</summary>
public sealed class WarningListTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly WatchJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.5.5.e")]
    [Trait("Invariant", "I9")]
    [Trait("Invariant", "I10")]
    [Trait("Invariant", "I11")]
    public async Task The_third_key_domain_warns_the_public_and_the_city_once_and_the_exit_below_three_ends_it()
    {
        var code = Proposals.Code("W00");
        var two = await _journey.WatchedAsync("W00", "税收征管", "安全生产");
        (await PublicAsync(code)).ShouldBeEmpty("two domains");
        (await _journey.WatchedAsync("W00", "志愿服务")).ShouldHaveSingleItem();
        (await PublicAsync(code)).ShouldBeEmpty("no key domain");

        var third = (await _journey.WatchedAsync("W00", "生态环境")).Single();

        var shown = (await PublicAsync(code)).ShouldHaveSingleItem();
        (shown.GetProperty("DomainCount").GetInt32(), shown.GetProperty("BegunOn").GetString(), shown.GetProperty("LastDay").GetString())
            .ShouldBe((3, "2026-11-24", "2027-11-23"));
        (await _journey.PublicAsync($"ListEntries?$filter=SubjectCode eq '{code}'")).ShouldBeEmpty("the watch entries themselves are public by choice only");
        var fourth = (await _journey.WatchedAsync("W00", "消防安全")).Single();
        var warning = await _journey.Register.ReadAsync(db => db.Warnings.AsNoTracking().SingleAsync(each => each.SubjectCode == code));
        warning.Domains.Length.ShouldBe(4, "created once, and kept in line");
        (await _journey.ExitAsync(fourth)).Status.ShouldBe(HttpStatusCode.OK);
        (await PublicAsync(code)).ShouldHaveSingleItem("three are left");

        (await _journey.ExitAsync(third)).Status.ShouldBe(HttpStatusCode.OK);

        (await PublicAsync(code)).ShouldBeEmpty();
        var official = (await _journey.OfficialAsync("finance.officer", $"Warnings?$filter=SubjectCode eq '{code}'")).ShouldHaveSingleItem();
        (official.GetProperty("State").GetString(), official.GetProperty("EndedOn").GetString()).ShouldBe(("Exited", "2026-11-24"));
        (await _journey.Entries.ReadAsync("tax.officer", two[0].Id)).State.ShouldBe("Active", "watch entries stay as they are");
        var steps = await _journey.CityAsync(warning.Id);
        steps.Select(step => step.GetProperty("step").GetString()).ShouldBe(["warning.begun.v1", "warning.adjusted.v1", "warning.adjusted.v1", "warning.ended.v1"]);
        (steps[0].GetProperty("list").GetString(), steps[0].GetProperty("subjectCode").GetString()).ShouldBe(("Warning", code));
    }

    [Fact]
    [Trait("Requirement", "R-3.5.5.e")]
    [Trait("Invariant", "I8")]
    public async Task A_subject_warned_again_gets_a_new_entry_and_an_upgrade_counts_as_an_exit()
    {
        var code = Proposals.Code("W10");
        _ = await _journey.WatchedAsync("W10", "税收征管", "安全生产", "生态环境");

        _ = await _journey.Entries.InForceAsync("tax", Proposals.Black(code));

        (await PublicAsync(code)).ShouldBeEmpty("税收征管 is black now, and watched no longer");
        _ = await _journey.WatchedAsync("W10", "消防安全");
        (await PublicAsync(code)).ShouldHaveSingleItem();
        (await _journey.Register.ReadAsync(db => db.Warnings.Where(each => each.SubjectCode == code).OrderBy(each => each.Id).Select(each => each.State).ToListAsync()))
            .ShouldBe([WarningState.Exited, WarningState.Active]);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.5.e")]
    [Trait("Requirement", "R-3.2.4.h")]
    [Trait("Invariant", "I78")]
    public async Task Of_an_entry_that_may_not_be_published_neither_number_nor_days_of_the_public_warning_tell()
    {
        var own = new HostFixture();
        await own.InitializeAsync();
        try
        {
            var journey = new WatchJourney(own);
            _ = await journey.WatchedAsync("W40", "税收征管", "安全生产");
            _ = await journey.Entries.InForceAsync("tax", Proposals.Watch(Proposals.Code("W40"), "消防安全").With(("publishable", false), ("unpublishableReason", "涉及国家秘密")));
            (await journey.PublicAsync("Warnings")).ShouldBeEmpty("departments are warned, the public is not");

            own.Clock.Advance(TimeSpan.FromDays(3));
            own.ForgetTokens();
            _ = await journey.WatchedAsync("W40", "生态环境");

            var shown = (await journey.PublicAsync("Warnings")).ShouldHaveSingleItem();
            (shown.GetProperty("DomainCount").GetInt32(), shown.GetProperty("BegunOn").GetString()).ShouldBe((3, "2026-11-27"));
            var warning = await journey.Register.ReadAsync(db => db.Warnings.AsNoTracking().SingleAsync());
            (warning.Domains.Length, warning.BegunOn).ShouldBe((4, new DateOnly(2026, 11, 24)));
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Fact]
    [Trait("Requirement", "R-3.5.5.e")]
    [Trait("Requirement", "R-3.5.5.g")]
    public async Task The_watch_entry_that_follows_a_black_one_warns_too()
    {
        var code = Proposals.Code("W20");
        _ = await _journey.WatchedAsync("W20", "安全生产", "生态环境");
        var black = await _journey.Entries.InForceAsync("tax", Proposals.Black(code));
        (await PublicAsync(code)).ShouldBeEmpty("a black entry does not count");

        (await _journey.ExitAsync(black)).Status.ShouldBe(HttpStatusCode.OK);

        (await PublicAsync(code)).ShouldHaveSingleItem();
    }

    [Fact]
    [Trait("Invariant", "I11")]
    [Trait("Invariant", "I71")]
    public async Task Of_a_natural_person_departments_know_and_the_public_is_not_warned()
    {
        Guid subject = default;
        foreach (var domain in new[] { "税收征管", "安全生产", "生态环境" })
        {
            var entry = await _journey.Entries.InForceAsync("tax", Proposals.Watch("", domain).With(
                ("subject", new { kind = "NaturalPerson", name = "周某某", certificateType = "身份证", certificateNumber = "370811199001010014" }),
                ("noticeExemption", "某法第九条")));
            subject = entry.SubjectId;
        }

        (await _journey.OfficialAsync("ecology.officer", $"Warnings?$filter=SubjectId eq {subject}")).ShouldHaveSingleItem();
        (await _journey.PublicAsync("Warnings?$filter=SubjectKind eq 'NaturalPerson'")).ShouldBeEmpty();
        (await _journey.GetAsync(HostFixture.AccountOf(subject), "/api/warnings")).Body[0].GetProperty("domains").GetArrayLength().ShouldBe(3, "the person knows itself");
        (await _journey.GetAsync("association", "/api/warnings")).Body.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    [Trait("Invariant", "I10")]
    [Trait("Invariant", "I33")]
    [Trait("Requirement", "R-3.5.5.e")]
    public async Task It_ends_at_midnight_before_any_job_runs_and_the_job_writes_the_same_day()
    {
        var own = new HostFixture();
        await own.InitializeAsync();
        try
        {
            var journey = new WatchJourney(own);
            _ = await journey.WatchedAsync("W30", "税收征管", "安全生产");
            _ = await journey.Entries.InForceAsync("tax", Proposals.Watch(Proposals.Code("W30"), "生态环境").With(("validTo", "2026-11-26")));

            own.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 26, 23, 59, 59, TimeSpan.FromHours(8)));
            (await journey.PublicAsync("Warnings")).ShouldHaveSingleItem("the last day counts fully").GetProperty("LastDay").GetString().ShouldBe("2026-11-26");
            own.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 27, 0, 0, 0, TimeSpan.FromHours(8)));
            (await journey.PublicAsync("Warnings")).ShouldBeEmpty();

            own.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 29, 9, 0, 0, TimeSpan.FromHours(8)));
            own.ForgetTokens();
            _ = await journey.WatchedAsync("W30", "消防安全");
            await own.SweepAsync();

            var warnings = await journey.Register.ReadAsync(db => db.Warnings.AsNoTracking().OrderBy(each => each.BegunOn).ToListAsync());
            warnings.Select(each => (each.State, each.BegunOn, each.EndedOn)).ShouldBe(
            [
                (WarningState.Exited, new DateOnly(2026, 11, 24), new DateOnly(2026, 11, 27)),
                (WarningState.Active, new DateOnly(2026, 11, 29), null),
            ]);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    private Task<IReadOnlyList<System.Text.Json.JsonElement>> PublicAsync(string code) => _journey.PublicAsync($"Warnings?$filter=SubjectCode eq '{code}'");
}
