using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Demo;
using Credit.Core.Demo.Stories;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Tests.Model;
using Credit.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Credit.Core.Tests.Model;

/// <summary>
/// The demo district lives through three years, day by day. Each day the public feed shows exactly what the model, which knows
/// the log and the terms and nothing of the feed, says it must show. See docs/proof.md.
/// </summary>
public sealed class ThreeYearsTests(HostFixture host, ITestOutputHelper output) : IClassFixture<HostFixture>
{
    private static readonly DemoPlan Plan = new(new DateOnly(2025, 11, 28), Subjects: 300);

    private static readonly DateOnly Last = new(2026, 11, 27);

    /// <summary>The long form looks at each midnight too; the normal one at those on which something ends, and at each evening.</summary>
    private static readonly bool EveryMidnight = Environment.GetEnvironmentVariable("CREDIT_MODEL_DAYS") == "twice";

    private readonly Dictionary<Guid, EntryLife> _lives = [];
    private Dictionary<Guid, EntryFacts>? _facts;
    private readonly Dictionary<(Guid Entry, PublicationChannel Channel), DateOnly> _notices = [];

    [Fact]
    [Trait("Invariant", "I65")]
    [Trait("Invariant", "I66")]
    [Trait("Invariant", "I68")]
    [Trait("Invariant", "I73")]
    [Trait("Requirement", "R-3.2.4.g")]
    public async Task On_each_day_of_three_years_the_public_feed_is_the_models_published_set()
    {
        var reader = new RegisterReader(host);
        var history = new DemoHistory(host, Plan);
        var (days, shownMost, changed) = (0, 0, 0);
        HashSet<Guid> yesterday = [];
        host.Clock.AdjustTime(CivilClock.StartOf(Plan.Start).AddHours(9));
        await history.BeginAsync();
        for (var day = Plan.Start; day <= Last; day = day.AddDays(1))
        {
            // At midnight, before anything ran: whoever's last day was yesterday is gone.
            if (EveryMidnight || day.Day == 1 || await EndsAsync(day.AddDays(-1)))
            {
                host.Clock.AdjustTime(CivilClock.StartOf(day));
                await CompareAsync(day, "before the clockwork", notices: true);
            }

            host.Clock.AdjustTime(CivilClock.StartOf(day).AddHours(9));
            var happened = await history.LiveAsync(day);
            _facts = happened ? null : _facts;

            Learn(await reader.ReadOnAsync(), day);
            var shown = await CompareAsync(day, "in the evening", notices: happened || EveryMidnight || day.DayOfWeek == DayOfWeek.Monday);

            (days, shownMost, changed) = (days + 1, Math.Max(shownMost, shown.Count), changed + (shown.SetEquals(yesterday) ? 0 : 1));
            yesterday = shown;
        }

        output.WriteLine($"{days} days; up to {shownMost} entries shown at once; the set changed on {changed} days; {_notices.Count} exit notices");
        days.ShouldBe(Last.DayNumber - Plan.Start.DayNumber + 1);
        shownMost.ShouldBeGreaterThan(10);
        changed.ShouldBeGreaterThan(25, "or nothing would be shown by the comparison");
        _notices.Count.ShouldBeGreaterThan(5);
    }

    private void Learn(IReadOnlyList<(Guid Aggregate, object Announcement)> announced, DateOnly day)
    {
        foreach (var (_, announcement) in announced)
        {
            switch (announcement)
            {
                case EntryProposed proposed:
                    _lives.Add(proposed.EntryId, new EntryLife(proposed.EntryId, proposed.SubjectId, proposed.List, proposed.Domain, proposed.Recogniser));
                    break;
                case EntryPublished published:
                    _lives.TryAdd(published.EntryId, new EntryLife(published.EntryId, published.SubjectId, published.List, published.Domain, published.Recogniser));
                    _lives[published.EntryId].Published = published;
                    break;
                case EntryExited exited:
                    _lives[exited.EntryId].Exited = exited;
                    break;
                case PublicationChosen chosen:
                    _lives[chosen.EntryId].Chosen = chosen.Public;
                    break;
                case ExitAnnounced exit:
                    _notices.Add((exit.EntryId, exit.Channel), day);
                    break;
                default:
                    break;
            }
        }
    }

    // Exit notices change with what happens, and end by themselves: on quiet days they are looked at once a week.
    private async Task<HashSet<Guid>> CompareAsync(DateOnly day, string when, bool notices)
    {
        var facts = await FactsAsync();
        var expected = _lives.Values.Where(life => MayBeSeen(life, facts[life.Id], day)).Select(life => life.Id).ToHashSet();
        using var anyone = host.Anonymous();
        var shown = (await RowsAsync(anyone, "/odata/public/ListEntries?$select=Id")).Select(row => row.GetProperty("Id").GetGuid()).ToHashSet();
        shown.SetEquals(expected).ShouldBeTrue(
            $"{day:yyyy-MM-dd} {when}: only shown [{string.Join(", ", shown.Except(expected))}], only expected [{string.Join(", ", expected.Except(shown))}]");
        shown.ShouldAllBe(id => facts[id].Channels.Contains(PublicationChannel.CreditChina));

        if (!notices)
        {
            return shown;
        }

        var announced = (await RowsAsync(anyone, "/odata/public/ExitAnnouncements?$select=EntryId,Channel"))
            .Select(row => (row.GetProperty("EntryId").GetGuid(), Enum.Parse<PublicationChannel>(row.GetProperty("Channel").GetString()!))).ToHashSet();
        announced.SetEquals(_notices.Where(notice => notice.Value > day.AddDays(-366)).Select(notice => notice.Key)).ShouldBeTrue($"{day:yyyy-MM-dd} {when}: exit notices");
        _notices.Keys.ShouldAllBe(notice => facts[notice.Entry].Channels.Contains(notice.Channel), "announced where it was shown");
        return shown;
    }

    private async Task<bool> EndsAsync(DateOnly day) => (await FactsAsync()).Values.Any(facts => facts.ValidTo == day);

    private static bool MayBeSeen(EntryLife life, EntryFacts facts, DateOnly day) =>
        life.Act(facts.ValidTo, day) && facts.Publishable && facts.Reviewed && (life.List != ListKind.Watch || life.Chosen == true);

    // What does not change while nothing happens is read once.
    private async Task<Dictionary<Guid, EntryFacts>> FactsAsync() => _facts ??= await ReadFactsAsync();

    private async Task<Dictionary<Guid, EntryFacts>> ReadFactsAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<CreditDbContext>().Entries.AsNoTracking()
            .Select(entry => new { entry.Id, entry.ValidTo, entry.Publishable, entry.ReviewedBy, entry.ProposedBy, Channels = entry.Publications.Select(each => each.Channel).ToList() }).ToListAsync();
        return rows.ToDictionary(row => row.Id, row => new EntryFacts(row.ValidTo, row.Publishable, row.ReviewedBy is not null && row.ReviewedBy != row.ProposedBy, [.. row.Channels]));
    }

    private static async Task<List<JsonElement>> RowsAsync(HttpClient client, string query)
    {
        List<JsonElement> rows = [];
        for (var next = query; next is not null;)
        {
            var page = await client.GetFromJsonAsync<JsonElement>(next);
            rows.AddRange(page.GetProperty("value").EnumerateArray());
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        return rows;
    }

    private sealed record EntryFacts(DateOnly ValidTo, bool Publishable, bool Reviewed, HashSet<PublicationChannel> Channels);
}

/// <summary>The history of the demo district, one day at a time.</summary>
internal sealed class DemoHistory(HostFixture host, DemoPlan plan)
{
    private readonly DemoDistrict _district = DemoDistrict.Make(plan, WorkingCalendar.BuiltIn);
    private RegistryIntake? _intake;
    private Stage? _stage;
    private ILookup<DateOnly, Step>? _steps;
    private ILookup<DateOnly, DemoDecision>? _files;

    public async Task BeginAsync()
    {
        _intake = new RegistryIntake(host.Services, _district);
        await _intake.TakeSubjectsAsync(CancellationToken.None);
        var desk = new DemoDesk(host.Services, host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints));
        _stage = new Stage(host.Services, desk, _district.Tables, CancellationToken.None);
        _steps = StoryBook.Tell(_district, WorkingCalendar.BuiltIn).Steps.ToLookup(step => step.Day);
        _files = _district.Penalties.Cast<DemoDecision>().Concat(_district.Licences).ToLookup(decision => decision.ReceivedOn);
    }

    /// <summary>What is due happens, files come in, officers act, departments get their tasks. False when it was a quiet day.</summary>
    public async Task<bool> LiveAsync(DateOnly day)
    {
        var happened = await host.SweepAsync() > 0;
        if (_files![day].ToArray() is { Length: > 0 } sent)
        {
            await _intake!.TakeFilesAsync(sent, CancellationToken.None);
            happened = true;
        }

        foreach (var step in _steps![day])
        {
            await step.Take(_stage!);
            happened = true;
        }

        if (happened)
        {
            await host.SettleAsync();
        }

        return happened;
    }
}
