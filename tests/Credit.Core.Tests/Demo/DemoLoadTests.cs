using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Demo;
using Credit.Core.Listing;
using Credit.Core.Modules;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Core.Tests.Register;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Host.Startup;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Demo;

/// <summary>The district after it was loaded by the real host.</summary>
public sealed class DemoLoadTests(DemoHost host) : IClassFixture<DemoHost>
{
    [Theory]
    [InlineData(ListKind.Black)]
    [InlineData(ListKind.Watch)]
    [InlineData(ListKind.Red)]
    [Trait("Requirement", "R-3.5.6.a")]
    [Trait("Invariant", "I22")]
    [Trait("Invariant", "I24")]
    public async Task Every_list_has_entries_in_every_state_and_exits_of_every_reason_that_can_be_reached(ListKind list)
    {
        var entries = await host.ReadAsync(db => db.Entries.AsNoTracking().Where(entry => entry.List == list).ToListAsync());

        entries.Select(entry => entry.State).Distinct().ShouldBe(Enum.GetValues<EntryState>(), ignoreOrder: true);
        ExitReason[] reasons = list switch
        {
            ListKind.Black => [ExitReason.Expired, ExitReason.Erroneous, ExitReason.StandardChanged],
            ListKind.Watch => [ExitReason.Expired, ExitReason.Erroneous, ExitReason.StandardChanged, ExitReason.Upgraded],
            _ => [ExitReason.Expired, ExitReason.Erroneous, ExitReason.StandardChanged, ExitReason.Blacklisted, ExitReason.Watchlisted, ExitReason.Misuse],
        };
        entries.Select(entry => entry.ExitReason).OfType<ExitReason>().Distinct().ShouldBe(reasons, ignoreOrder: true);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.1.b")]
    [Trait("Invariant", "I44")]
    public async Task Tasks_objections_and_cases_are_there_in_every_state()
    {
        var tasks = await host.ReadAsync(db => db.Tasks.AsNoTracking().ToListAsync());
        tasks.Select(task => task.State).Distinct().ShouldBe(Enum.GetValues<TaskState>(), ignoreOrder: true);
        tasks.Select(task => task.Execution).Distinct().ShouldBe(Enum.GetValues<TaskExecution>(), ignoreOrder: true);
        var objections = await host.ReadAsync(db => db.Objections.AsNoTracking().ToListAsync());
        objections.Select(objection => objection.State).Distinct().ShouldBe(Enum.GetValues<ObjectionState>(), ignoreOrder: true);
        objections.Select(objection => objection.BeforeRecognition).Distinct().Count().ShouldBe(2);
        var cases = await host.ReadAsync(db => db.Cases.AsNoTracking().Select(each => each.State).Distinct().ToListAsync());
        cases.ShouldBe(Enum.GetValues<CaseState>(), ignoreOrder: true);
    }

    [Fact]
    [Trait("Requirement", "R-3.4.2.c")]
    [Trait("Requirement", "R-3.4.2.d")]
    public async Task Rectifications_and_interviews_are_there_in_every_state()
    {
        var rectifications = await host.ReadAsync(db => db.Rectifications.AsNoTracking().ToListAsync());

        rectifications.Select(each => each.State).Distinct().ShouldBe(Enum.GetValues<RectificationState>(), ignoreOrder: true);
        rectifications.Count(each => each.State == RectificationState.TalkDue).ShouldBeGreaterThanOrEqualTo(3, "a reader of the tour holds some of these interviews");
        rectifications.Select(each => each.Outcome).OfType<InterviewOutcome>().Distinct().Count().ShouldBe(2);
        var talks = await host.ReadAsync(db => db.CreditRecords.CountAsync(record => record.Kind == RecordKind.Interview));
        talks.ShouldBe(rectifications.Count(each => each.State == RectificationState.TalkDone), "an interview enters the credit record");
    }

    [Fact]
    [Trait("Requirement", "R-3.2.2.c")]
    public void The_demo_tells_subjects_first_where_a_module_says_so()
    {
        var modules = host.Services.GetRequiredService<ModuleCatalog>();
        var declared = new DemoTables().Standards
            .Select(standard => (Standard: standard, Criterion: modules.FindCriterion(standard.List, standard.Domain, standard.Standard))).Where(each => each.Criterion is not null).ToArray();

        declared.ShouldNotBeEmpty();
        declared.ShouldAllBe(each => each.Standard.TellFirst == each.Criterion!.NoticeBeforeRecognition);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.4.f")]
    public async Task Records_are_there_shown_waiting_and_annulled()
    {
        var records = await host.ReadAsync(db => db.CreditRecords.AsNoTracking().Where(record => record.Kind != RecordKind.Interview).ToListAsync());

        records.Select(record => record.Provider).Distinct().Count().ShouldBe(5);
        records.ShouldContain(record => record.State == RecordState.Annulled);
        using var client = new HttpClient { BaseAddress = host.Address };
        var page = await client.GetFromJsonAsync<JsonElement>("/odata/public/CreditRecords");
        page.GetProperty("value").EnumerateArray().ShouldHaveSingleItem().GetProperty("Provider").GetString().ShouldBe("market-supervision", "the others are annulled, or one officer's word");
    }

    [Fact]
    [Trait("Requirement", "R-4.3.b")]
    public async Task One_evaluation_is_reported_to_the_government_and_one_only_computed()
    {
        var evaluations = await host.ReadAsync(db => db.Evaluations.AsNoTracking().Include(each => each.Scores).OrderBy(each => each.RunOn).ToListAsync());

        evaluations.Select(each => each.State).ShouldBe([EvaluationState.Reported, EvaluationState.Computed]);
        evaluations.ShouldAllBe(each => each.Scores.Count > 5);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.6.d")]
    public async Task Exits_are_announced_everywhere_somewhere_and_nowhere_yet()
    {
        var exits = await host.ReadAsync(db => db.Entries.AsNoTracking().Include(entry => entry.Publications)
            .Where(entry => entry.State == EntryState.Exited && entry.Publications.Any()).ToListAsync());

        exits.ShouldContain(exit => exit.ExitAnnouncedOn != null);
        exits.ShouldContain(exit => exit.ExitAnnouncedOn == null && exit.Publications.Any(publication => publication.ExitAnnouncedOn != null));
        exits.ShouldContain(exit => exit.Publications.All(publication => publication.ExitAnnouncedOn == null));
    }

    [Fact]
    [Trait("Invariant", "I88")]
    [Trait("Invariant", "I90")]
    public async Task Every_record_came_with_a_batch_of_its_department_and_the_sums_match()
    {
        var batches = await host.ReadAsync(db => db.Batches.AsNoTracking().ToDictionaryAsync(batch => batch.Id));
        var penalties = await host.ReadAsync(db => db.Penalties.AsNoTracking().Select(each => new { each.BatchId, each.Department, each.ReceivedOn, each.Late }).ToListAsync());
        var licences = await host.ReadAsync(db => db.Licences.AsNoTracking().Select(each => new { each.BatchId, each.Department, each.ReceivedOn, each.Late }).ToListAsync());

        penalties.Count.ShouldBe(180);
        licences.Count.ShouldBe(450);
        penalties.Concat(licences).ShouldAllBe(record =>
            batches[record.BatchId].Department == record.Department && batches[record.BatchId].ReceivedOn == record.ReceivedOn);
        batches.Values.Where(batch => batch.Kind == "penalties").Sum(batch => batch.Accepted).ShouldBe(180);
        batches.Values.Where(batch => batch.Kind == "licences").Sum(batch => batch.Accepted).ShouldBe(450);
        batches.Values.Where(batch => batch.Kind == "subjects").Sum(batch => batch.Accepted).ShouldBe(300);
        batches.Values.Sum(batch => batch.Late).ShouldBe(penalties.Concat(licences).Count(record => record.Late));
        (await host.ReadAsync(db => db.RegisterEntries.CountAsync(entry => entry.WireName == "intake-batch.completed.v1"))).ShouldBe(batches.Count);
    }

    [Fact]
    [Trait("Invariant", "I82")]
    public async Task Folding_the_log_yields_every_aggregate_of_the_district_as_its_tables_have_it()
    {
        await using var scope = host.Services.CreateAsyncScope();

        var (differences, compared) = await Folding.CompareAsync(scope.ServiceProvider.GetRequiredService<CreditDbContext>());

        differences.ShouldBeEmpty();
        foreach (var kind in new[] { "Subject", "ListEntry", "MeasureTask", "Feedback", "Objection", "CreditCase", "Notice", "WarningEntry", "Reparation", "Recovery" })
        {
            compared[kind].ShouldBeGreaterThan(0, kind);
        }
    }

    [Fact]
    [Trait("Invariant", "I80")]
    [Trait("Invariant", "I81")]
    public async Task The_log_tells_how_everything_came_to_be_and_nothing_waits_in_it()
    {
        var entries = await host.ReadAsync(db => db.RegisterEntries.AsNoTracking().ToListAsync());
        (await host.ReadAsync(db => db.RegisterPositions.CountAsync())).ShouldBe(entries.Count);
        (await host.Services.GetRequiredService<Sequencer>().FindBreakAsync(CancellationToken.None)).ShouldBeNull();
        (await host.Services.GetRequiredService<Reactions>().RunOnceAsync(CancellationToken.None)).ShouldBe(0);
        (await host.ReadAsync(db => db.Parked.CountAsync())).ShouldBe(0);
        entries.OrderBy(entry => entry.Id).Select(entry => entry.RecordedAt).ShouldBeInOrder();

        var logged = entries.Where(entry => entry.Kind == "Subject").Select(entry => entry.AggregateId).ToHashSet();
        var subjects = await host.ReadAsync(db => db.Subjects.Select(subject => subject.Id).ToListAsync());
        subjects.ShouldAllBe(id => logged.Contains(id));
        var versions = await host.ReadAsync(db => db.Entries.Select(entry => new { entry.Id, entry.Version }).ToListAsync());
        versions.ShouldAllBe(entry => entries.Where(log => log.AggregateId == entry.Id).Max(log => log.Version) == entry.Version);
        entries.ShouldNotContain(entry => entry.Kind == "Subject" && entry.Department == null, "somebody sent every subject in");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.a")]
    public async Task The_demo_subject_is_blacklisted_and_its_objection_is_being_verified()
    {
        var entry = await host.ReadAsync(db => db.Entries.AsNoTracking().SingleAsync(each => each.SubjectId == DemoPlan.AccountSubject));
        entry.List.ShouldBe(ListKind.Black);
        entry.State.ShouldBe(EntryState.Verifying);
        using var client = await SignInAsync("subject");
        var objection = await host.ReadAsync(db => db.Objections.SingleAsync(each => each.EntryId == entry.Id && each.State == ObjectionState.Accepted));

        var seen = await client.GetFromJsonAsync<JsonElement>($"/api/objections/{objection.Id}");

        seen.GetProperty("state").GetString().ShouldBe("Accepted");
        (await host.ReadAsync(db => db.Objections.CountAsync(each => each.EntryId == entry.Id && each.State == ObjectionState.Dismissed))).ShouldBe(1);
    }

    [Theory]
    [InlineData("ListEntries")]
    [InlineData("ExitAnnouncements")]
    [InlineData("Penalties")]
    [InlineData("Licences")]
    [InlineData("Cases")]
    public async Task The_public_feeds_have_rows(string set)
    {
        using var client = new HttpClient { BaseAddress = host.Address };

        var page = await client.GetFromJsonAsync<JsonElement>($"/odata/public/{set}?$top=5");

        page.GetProperty("value").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_second_load_is_refused_and_a_second_start_leaves_the_district_alone()
    {
        var before = await host.ReadAsync(db => db.RegisterEntries.CountAsync());
        var plan = DemoPlan.For(new DateOnly(2026, 11, 24), WorkingCalendar.BuiltIn, 300);
        var again = new DemoLoad(host.Services, new DemoClock(plan.Start), ((IEndpointRouteBuilder)host.App).DataSources.SelectMany(source => source.Endpoints), new DemoProgress(TextWriter.Null));

        await Should.ThrowAsync<InvalidOperationException>(() => again.RunAsync(plan, CancellationToken.None));
        await DemoSandbox.LoadAsync(host.App, host.Services.GetRequiredService<Core.Store.StoreAddress>().ConnectionString, CancellationToken.None);

        (await host.ReadAsync(db => db.RegisterEntries.CountAsync())).ShouldBe(before);
    }

    private async Task<HttpClient> SignInAsync(string user)
    {
        var client = new HttpClient { BaseAddress = host.Address };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "password", ["username"] = user, ["password"] = "credit-demo" });
        using var answer = await client.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }
}
