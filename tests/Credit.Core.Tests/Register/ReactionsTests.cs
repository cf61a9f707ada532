using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Abstractions;
using Credit.Core.Enforcement;
using Credit.Core.Oversight;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Core.Tests.Listing;
using Credit.Domain.Listing;
using Credit.Domain.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Register;

/// <summary>How reactions follow the log.</summary>
public sealed class ReactionsTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    [Trait("Invariant", "I87")]
    public async Task Four_runners_react_once_to_each_change()
    {
        await using var bench = new RegisterBench(host, handlers: [typeof(TellTwice)]);
        var mark = "各一次" + Guid.CreateVersion7();
        for (var i = 0; i < 10; i++)
        {
            await bench.RegisterAsync($"{mark}/{i}");
        }

        await bench.Sequencer.RunOnceAsync(CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => bench.Reactions.RunOnceAsync(CancellationToken.None))));
        await bench.Reactions.RunOnceAsync(CancellationToken.None);

        var told = await ToldAsync(bench, mark);
        told.ShouldBe(Enumerable.Range(0, 10).Select(i => $"{mark}/{i}"), ignoreOrder: true);
    }

    [Fact]
    [Trait("Invariant", "I87")]
    public async Task An_effect_and_the_place_of_the_reaction_are_committed_together()
    {
        await using var bench = new RegisterBench(host, handlers: [typeof(TellThenFailOnce)]);
        var mark = "一次" + Guid.CreateVersion7();
        await bench.RegisterAsync(mark);
        await bench.Sequencer.RunOnceAsync(CancellationToken.None);

        await bench.Reactions.RunOnceAsync(CancellationToken.None);
        (await ToldAsync(bench, mark)).ShouldBeEmpty("what a failed try did is undone");
        await bench.Reactions.RunOnceAsync(CancellationToken.None);
        await bench.Reactions.RunOnceAsync(CancellationToken.None);

        (await ToldAsync(bench, mark)).ShouldBe([mark]);
    }

    [Fact]
    [Trait("Invariant", "I87")]
    public async Task A_change_that_cannot_be_digested_is_parked_and_visible_while_the_others_go_on()
    {
        await using var bench = new RegisterBench(host, handlers: [typeof(Choke)]);
        var mark = "搁置" + Guid.CreateVersion7();
        await bench.RegisterAsync($"{mark}/0");
        await bench.RegisterAsync($"{mark}/{Choke.Poison}");
        await bench.RegisterAsync($"{mark}/2");
        await bench.Sequencer.RunOnceAsync(CancellationToken.None);

        for (var tries = 1; tries < Reactions.Tries; tries++)
        {
            await bench.Reactions.RunOnceAsync(CancellationToken.None);
            (await ToldAsync(bench, mark)).ShouldBe([$"{mark}/0"], "order is kept until it is parked");
        }

        await bench.Reactions.RunOnceAsync(CancellationToken.None);

        (await ToldAsync(bench, mark)).ShouldBe([$"{mark}/0", $"{mark}/2"]);
        var parked = await bench.InAsync(db => db.Parked.SingleAsync(each => each.Reaction.Contains(nameof(Choke))));
        parked.Failure.ShouldBe(nameof(FormatException), "the kind of failure, nothing of its data");
        using var client = await host.AsAsync("development-reform.approver");
        var shown = (await client.GetFromJsonAsync<JsonElement[]>("/api/register/parked"))!.Single(each => each.GetProperty("id").GetGuid() == parked.Id);
        shown.GetProperty("wireName").GetString().ShouldBe("subject.registered.v1");

        (await bench.Reactions.ReplayAsync(parked.Id, CancellationToken.None)).ShouldBe(Replay.FailedAgain);
        Choke.Cured = true;
        (await bench.Reactions.ReplayAsync(parked.Id, CancellationToken.None)).ShouldBe(Replay.Done);
        (await bench.Reactions.ReplayAsync(parked.Id, CancellationToken.None)).ShouldBe(Replay.Unknown);
        (await ToldAsync(bench, mark)).Count.ShouldBe(3);
    }

    [Fact]
    [Trait("Invariant", "I87")]
    public async Task The_lead_office_replays_what_is_parked_and_twice_is_harmless()
    {
        var entry = await new EntryJourney(host).InForceAsync("tax", Proposals.Black(Proposals.Code("R1")));
        await host.SettleAsync();
        await using var bench = new RegisterBench(host);
        var before = await bench.InAsync(db => db.Tasks.CountAsync(task => task.EntryId == entry.Id));
        before.ShouldBeGreaterThan(0);
        var position = await bench.InAsync(db => (
            from place in db.RegisterPositions
            join change in db.RegisterEntries on place.EntryId equals change.Id
            where change.AggregateId == entry.Id && change.WireName == "list-entry.published.v1"
            select place.Position).SingleAsync());
        var parked = new ParkedChange
        {
            Reaction = new Reaction(typeof(IssueMeasureTasks), typeof(EntryPublished)).Name,
            Position = position,
            Failure = "TimeoutException",
            ParkedAt = host.Clock.GetUtcNow(),
        };
        await bench.SaveAsync(db => db.Add(parked));

        (await ReplayAsync("tax.approver", parked.Id)).ShouldBe(HttpStatusCode.Forbidden);
        (await ReplayAsync("development-reform.approver", parked.Id)).ShouldBe(HttpStatusCode.NoContent);
        (await ReplayAsync("development-reform.approver", parked.Id)).ShouldBe(HttpStatusCode.NotFound);

        (await bench.InAsync(db => db.Tasks.CountAsync(task => task.EntryId == entry.Id))).ShouldBe(before);
    }

    [Fact]
    public void The_catalogue_names_fields_and_reactions_of_every_announcement()
    {
        var catalogue = JsonDocument.Parse(EventCatalogue.Describe([new Reaction(typeof(IssueMeasureTasks), typeof(EntryPublished))])).RootElement;

        var events = catalogue.GetProperty("events").EnumerateArray().ToDictionary(each => each.GetProperty("wireName").GetString()!);
        events.Keys.ShouldBe(WireNames.All.Values.Order(StringComparer.Ordinal), ignoreOrder: false);
        var published = events["list-entry.published.v1"];
        published.GetProperty("reactions").EnumerateArray().Select(name => name.GetString()).ShouldBe([nameof(IssueMeasureTasks)]);
        published.GetProperty("fields").EnumerateArray().Select(field => $"{field.GetProperty("name")}: {field.GetProperty("type")}")
            .ShouldContain("validFrom: date");
        events["subject.registered.v1"].GetProperty("fields").EnumerateArray().Single(field => field.GetProperty("name").GetString() == "code")
            .GetProperty("nullable").GetBoolean().ShouldBeTrue();
    }

    private async Task<HttpStatusCode> ReplayAsync(string user, Guid parked)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.PostAsync(new Uri($"/api/register/parked/{parked}/replay", UriKind.Relative), content: null);
        return answer.StatusCode;
    }

    private static Task<List<string>> ToldAsync(RegisterBench bench, string mark) => bench.InAsync(db => db.Inbox.AsNoTracking()
        .Where(item => item.Kind == InboxKind.Lead && item.Text.StartsWith(mark)).OrderBy(item => item.Id).Select(item => item.Text).ToListAsync());

    private static InboxItem Item(SubjectRegistered announced, string department) => new()
    {
        Department = department,
        Kind = InboxKind.Lead,
        AggregateId = announced.SubjectId,
        Text = announced.Name,
        CreatedOn = new DateOnly(2026, 11, 24),
    };

    private sealed class TellTwice(CreditDbContext db) : IHandle<SubjectRegistered>
    {
        // Saves by itself as a careful reaction would; the runner saves once more.
        public Task HandleAsync(SubjectRegistered announced, CancellationToken cancel)
        {
            db.Add(Item(announced, nameof(TellTwice)));
            return db.SaveChangesAsync(cancel);
        }
    }

    private sealed class TellThenFailOnce(CreditDbContext db) : IHandle<SubjectRegistered>
    {
        private static int _runs;

        public async Task HandleAsync(SubjectRegistered announced, CancellationToken cancel)
        {
            db.Add(Item(announced, nameof(TellThenFailOnce)));
            await db.SaveChangesAsync(cancel);
            if (announced.Name.StartsWith("一次", StringComparison.Ordinal) && Interlocked.Increment(ref _runs) == 1)
            {
                // Not the host's stop, but a time limit of the reaction's own.
                throw new TaskCanceledException();
            }
        }
    }

    private sealed class Choke(CreditDbContext db) : IHandle<SubjectRegistered>
    {
        public const string Poison = "毒";

        public static bool Cured { get; set; }

        public Task HandleAsync(SubjectRegistered announced, CancellationToken cancel)
        {
            if (announced.Name.EndsWith(Poison, StringComparison.Ordinal) && !Cured)
            {
                throw new FormatException("370811199001010014");
            }

            db.Add(Item(announced, nameof(Choke)));
            return Task.CompletedTask;
        }
    }
}
