using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Deadlines;
using Credit.Core.Modules;
using Credit.Core.Oversight;
using Credit.Core.Tests.Intake;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Publicity;
using Credit.Core.Tests.Records;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Watching;

/// <summary>Who is watched, what the subject is told, and how a watch entry becomes a black one .</summary>
public sealed class WatchListTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly WatchJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.5.5.a")]
    public async Task The_reason_and_the_count_of_minor_offences_are_stated_or_counted()
    {
        await RefusedAsync(Proposals.Watch(Proposals.Code("K00")).With(("watchReason", "AfterBlack"), ("minorOffences", null)), "watch-reason");
        await RefusedAsync(Proposals.Watch(Proposals.Code("K00")).With(("minorOffences", 1)), "minor-offences-too-few");
        await RefusedAsync(Proposals.Watch(Proposals.Code("K00")).With(("minorOffences", null)), "minor-offences-too-few");
        await RefusedAsync(Proposals.Watch(Proposals.Code("K00")).With(("watchReason", "Heavier")), "minor-offences-not-counted");
        var heavier = await _journey.Entries.ProposeAsync("tax.officer", Proposals.Watch(Proposals.Code("K00")).With(("watchReason", "Heavier"), ("minorOffences", null)));
        var several = await _journey.Entries.ProposeAsync("tax.officer", Proposals.Watch(Proposals.Code("K00")).With(("minorOffences", 2)));

        var stored = await _journey.Register.ReadAsync(db => db.Entries.AsNoTracking().Where(entry => entry.SubjectId == heavier.SubjectId).ToListAsync());
        stored.Single(entry => entry.Id == heavier.Id).ShouldSatisfyAllConditions(
            entry => entry.WatchReason.ShouldBe(WatchReason.Heavier), entry => entry.MinorOffences.ShouldBeNull());
        stored.Single(entry => entry.Id == several.Id).ShouldSatisfyAllConditions(
            entry => entry.WatchReason.ShouldBe(WatchReason.RepeatedMinor), entry => entry.MinorOffences.ShouldBe(2));
    }

    [Fact]
    [Trait("Requirement", "R-3.5.5.a")]
    [Trait("Invariant", "I25")]
    public async Task Facts_that_meet_the_black_standard_are_not_watched_and_published_penalties_are_counted()
    {
        var reports = new Publicity.Reports(host);
        await reports.SendAsync(
            Publicity.Reports.Officer, [], SampleSheet.Penalty(7001, ("CF_CFLB", "警告"), ("CF_NR_FK", ""), ("CF_NR", "警告")),
            SampleSheet.Penalty(7001, ("CF_WSH", "任市监罚字〔2026〕7002号"), ("CF_CFLB", "责令停产停业"), ("CF_NR_FK", ""), ("CF_NR", "责令停产停业")));
        var proposal = Proposals.Watch(SampleSheet.Code(7001), "市场监管").With(("minorOffences", null));
        var counted = await _journey.Entries.TryProposeAsync("market-supervision.officer", proposal);
        counted.Status.ShouldBe(HttpStatusCode.Created, counted.Body);
        var penalties = await _journey.Register.ReadAsync(db => db.Penalties.AsNoTracking().Where(penalty => penalty.SubjectCode == SampleSheet.Code(7001)).ToListAsync());

        var answers = new List<MoveAnswer>();
        foreach (var penalty in penalties.OrderBy(penalty => penalty.DocumentNumber, StringComparer.Ordinal))
        {
            answers.Add(await _journey.Entries.TryProposeAsync("market-supervision.officer", Proposals.Watch(SampleSheet.Code(7001), "市场监管").With(
                ("bases", new[] { new { kind = "AdministrativeAct", text = "食品安全法", documentNumber = penalty.DocumentNumber, penaltyId = penalty.Id } }))));
        }

        answers.Select(answer => answer.Status).ShouldBe([HttpStatusCode.Created, HttpStatusCode.UnprocessableEntity]);
        answers[1].Body.ShouldContain("black-standard-met");
        answers[1].Body.ShouldContain("市场监督管理严重违法失信名单管理办法");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.5.a")]
    public async Task Minor_offences_are_negative_records_and_penalties_that_stand_of_the_last_twelve_months()
    {
        var records = new RecordJourney(host);
        var proposal = Proposals.Watch(Proposals.Code("K70")).With(("minorOffences", null));
        host.Services.GetRequiredService<PolicyPack>().MinorOffenceMonths.ShouldBe(12);
        await records.SubmitAsync("tax.officer", Record("K70", "2025-11-25"));
        await records.SubmitAsync("tax.officer", Record("K71", "2025-11-24"));
        await records.SubmitAsync("tax.officer", Record("K72", "2026-11-23", negative: false));
        var wrong = await records.SubmitAsync("tax.officer", Record("K73", "2026-11-23"));
        (await _journey.Entries.PostAsync("tax.approver", $"/api/records/{RecordJourney.IdOf(wrong)}/annulment", 1, new { reason = "有误" })).Status.ShouldBe(HttpStatusCode.OK);
        await PenaltyAsync(7070, "2025/11/24");
        await RefusedAsync(proposal, "minor-offences-too-few");

        await PenaltyAsync(7071, "2025/11/25");

        var entry = await _journey.Entries.ProposeAsync("tax.officer", proposal);
        (await StoredAsync(entry.Id)).MinorOffences.ShouldBe(2, "one record and one penalty, each on the first day that counts");
        await records.SubmitAsync("tax.officer", Record("K74", "2026-11-24"));
        (await StoredAsync((await _journey.Entries.ProposeAsync("tax.officer", Proposals.Watch(Proposals.Code("K70"), "安全生产").With(("minorOffences", null)))).Id)).MinorOffences.ShouldBe(3);

        static JsonObject Record(string number, string formed, bool negative = true) => RecordJourney.Of(
            "K70", changes: [("documentNumber", $"任税检〔2026〕{number}号"), ("formedOn", formed), ("negative", negative)]);

        async Task PenaltyAsync(int number, string decided) => Publicity.Reports.Total(
            await new Publicity.Reports(host).SendAsync(Publicity.Reports.Officer, [], SampleSheet.Penalty(
                number, ("CF_XDR_MC", "任城某某商贸有限公司"), ("CF_XDR_SHXYM", Proposals.Code("K70")), ("CF_CFLB", "警告"), ("CF_NR_FK", ""), ("CF_NR", "警告"), ("CF_JDRQ", decided))),
            "rejected").ShouldBe(0);
    }

    [Fact]
    [Trait("Invariant", "I25")]
    public async Task The_same_document_never_carries_watch_and_black_at_once_in_whatever_domain()
    {
        var (code, basis) = (Proposals.Code("K10"), new[] { new { kind = "AdministrativeAct", text = "税收征收管理法", documentNumber = "任税罚〔2026〕同一号" } });
        var watch = await _journey.Entries.InForceAsync("tax", Proposals.Watch(code).With(("bases", basis)));

        await RefusedAsync(Proposals.Black(code).With(("bases", basis)), "same-facts-on-both-lists");
        await RefusedAsync(Proposals.Black(code, domain: "海关").With(("bases", basis)), "same-facts-on-both-lists");
        (await _journey.ExitAsync(watch)).Status.ShouldBe(HttpStatusCode.OK);
        _ = await _journey.Entries.ProposeAsync("tax.officer", Proposals.Black(code, domain: "海关").With(("bases", basis)));
        await RefusedAsync(Proposals.Watch(code, "海关").With(("bases", basis)), "same-facts-on-both-lists");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.5.c")]
    [Trait("Requirement", "R-3.5.5.d")]
    [Trait("Invariant", "I26")]
    public async Task A_watched_subject_is_warned_with_the_days_and_the_city_told_while_the_public_is_not()
    {
        var entry = (await _journey.WatchedAsync("K20", "税收征管")).Single();

        var warning = (await _journey.NoticesAsync(entry.Id, NoticeKind.Warning)).ShouldHaveSingleItem();

        (warning.ValidFrom, warning.ValidTo, warning.State).ShouldBe((new DateOnly(2026, 11, 24), new DateOnly(2027, 11, 23), NoticeState.Issued));
        warning.Text.ShouldContain("2026-11-24");
        warning.Text.ShouldContain("2027-11-23");
        (await TermAsync(warning.Id)).ShouldBe((DeadlineState.Open, new DateOnly(2026, 12, 1)));
        var steps = await _journey.CityAsync(entry.Id);
        steps.Single(step => step.GetProperty("step").GetString() == "list-entry.published.v1").GetProperty("announcement").GetProperty("public").GetBoolean().ShouldBeFalse();
        (await _journey.PublicAsync($"ListEntries?$filter=Id eq {entry.Id}")).ShouldBeEmpty("shown by choice only");

        var read = await _journey.GetAsync(WatchJourney.SubjectOf(entry), $"/api/notices/{warning.Id}");

        read.Body.GetProperty("deliveredBy").GetString().ShouldBe("Platform");
        (await TermAsync(warning.Id)).State.ShouldBe(DeadlineState.Met);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.5.d")]
    [Trait("Requirement", "R-3.5.5.g")]
    [Trait("Invariant", "I26")]
    public async Task The_watch_entry_after_a_black_one_is_warned_of_for_its_own_term()
    {
        var black = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("K30")));
        (await _journey.ExitAsync(black)).Status.ShouldBe(HttpStatusCode.OK);
        var watch = await _journey.Register.ReadAsync(db => db.Entries.AsNoTracking().SingleAsync(entry => entry.PredecessorId == black.Id));

        var warning = (await _journey.NoticesAsync(watch.Id, NoticeKind.Warning)).ShouldHaveSingleItem();

        (watch.WatchReason, warning.ValidFrom, warning.ValidTo).ShouldBe((WatchReason.AfterBlack, watch.ValidFrom, (DateOnly?)watch.ValidTo));
    }

    [Fact]
    [Trait("Invariant", "I26")]
    [Trait("Requirement", "R-3.5.5.d")]
    public async Task A_warning_not_delivered_in_its_term_is_told_to_the_recogniser()
    {
        var own = new HostFixture();
        await own.InitializeAsync();
        try
        {
            var journey = new WatchJourney(own);
            var entries = await journey.WatchedAsync("K40", "税收征管", "安全生产");
            var delivered = (await journey.NoticesAsync(entries[1].Id, NoticeKind.Warning)).Single();
            var answer = await journey.Entries.PostAsync(
                "tax.officer", $"/api/notices/{delivered.Id}/delivery", delivered.Version, new { way = "Post", deliveredOn = "2026-11-24", evidence = "邮寄回执" });
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
            own.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 1, 20, 0, 0, TimeSpan.FromHours(8)));
            (await own.SweepAsync()).ShouldBe(0, "the last day counts");
            own.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 2, 0, 0, 0, TimeSpan.FromHours(8)));

            (await own.SweepAsync()).ShouldBe(1);

            var told = await journey.Register.ReadAsync(db => db.Inbox.AsNoTracking().Where(item => item.Kind == InboxKind.DeadlinePassed).ToListAsync());
            told.Select(item => item.Department).ShouldBe(["tax", "development-reform"], ignoreOrder: true);
            told[0].Text.ShouldContain("DeliverWarning");
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Fact]
    [Trait("Requirement", "R-3.5.5.f")]
    [Trait("Requirement", "R-3.2.2.d")]
    [Trait("Invariant", "I8")]
    public async Task Serious_conduct_while_watched_moves_a_person_to_black_after_prior_notice_without_gap_or_overlap()
    {
        var subject = new { kind = "NaturalPerson", name = "张某某", certificateType = "身份证", certificateNumber = "370811199001010014" };
        var watch = await _journey.Entries.InForceAsync("tax", Proposals.Watch("", "税收征管").With(("subject", subject), ("noticeExemption", "某法第九条")));
        var black = await _journey.Entries.ProposeAsync("tax.officer", Proposals.BlackPerson());
        (await StoredAsync(black.Id)).PredecessorId.ShouldBe(watch.Id, "the new entry follows the one it closes");
        var unheard = await _journey.Entries.MoveAsync("tax.approver", black, "recognition", new { watchMonthsAfterExit = 12 });
        (unheard.Status, unheard.Body.Contains("prior-notice-missing")).ShouldBe((HttpStatusCode.Conflict, true));
        var noticed = await _journey.Entries.MoveAsync("tax.officer", black, "notice", new { deliveredOn = "2026-11-24", evidence = "送达回证（任税送〔2026〕18号）" });
        noticed.Status.ShouldBe(HttpStatusCode.OK, noticed.Body);
        var recognised = await _journey.Entries.MoveAsync("tax.approver", noticed.Entry, "recognition", new { watchMonthsAfterExit = 12, defenceAnswered = true });
        recognised.Status.ShouldBe(HttpStatusCode.OK, recognised.Body);
        (await StoredAsync(watch.Id)).State.ShouldBe(EntryState.Active, "watched until the black entry is in force");

        (await _journey.Entries.MoveAsync("tax.approver", recognised.Entry, "report", new { channels = new[] { "DepartmentSite" } })).Status.ShouldBe(HttpStatusCode.OK);

        var (left, entered) = (await StoredAsync(watch.Id), await StoredAsync(black.Id));
        (left.State, left.ExitReason, left.ExitedOn).ShouldBe((EntryState.Exited, ExitReason.Upgraded, entered.ValidFrom));
        entered.State.ShouldBe(EntryState.Active);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.5.b")]
    [Trait("Invariant", "I48")]
    public async Task A_watched_subject_gets_the_measures_graded_for_watch_and_no_other()
    {
        var watch = await _journey.Entries.InForceAsync("market-supervision", Proposals.Watch(Proposals.Code("K60"), "食品药品"));
        var black = await _journey.Entries.InForceAsync("market-supervision", Proposals.Black(Proposals.Code("K61"), domain: "食品药品"));
        await host.SettleAsync();

        var catalogue = host.Services.GetRequiredService<ModuleCatalog>().Memoranda.SelectMany(memorandum => memorandum.Measures).ToDictionary(measure => measure.Key);
        var (watched, blacklisted) = (await _journey.Register.TasksAsync(watch.Id), await _journey.Register.TasksAsync(black.Id));
        watched.ShouldNotBeEmpty();
        watched.ShouldAllBe(task => catalogue[task.MeasureKey].WatchApplicable);
        blacklisted.ShouldContain(task => !catalogue[task.MeasureKey].WatchApplicable, "the black entry of the same domain is punished with more");
    }

    private async Task RefusedAsync(object proposal, string code)
    {
        var refused = await _journey.Entries.TryProposeAsync("tax.officer", proposal);
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, refused.Body);
        refused.Body.ShouldContain($"\"{code}\"");
    }

    private Task<ListEntry> StoredAsync(Guid id) => _journey.Register.ReadAsync(db => db.Entries.AsNoTracking().SingleAsync(entry => entry.Id == id));

    private Task<(DeadlineState State, DateOnly DueOn)> TermAsync(Guid notice) => _journey.Register.ReadAsync(async db =>
    {
        var term = await db.Deadlines.AsNoTracking().SingleAsync(deadline => deadline.AggregateId == notice && deadline.Kind == DeadlineKind.DeliverWarning);
        return (term.State, term.DueOn);
    });
}
