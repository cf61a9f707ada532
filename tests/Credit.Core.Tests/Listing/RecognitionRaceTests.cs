using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Listing;

/// <summary>Two departments at the same subject at the same moment.</summary>
public sealed class RecognitionRaceTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const int Pairs = 200;

    private readonly EntryJourney _journey = new(host);

    [Fact]
    [Trait("Invariant", "I1")]
    [Trait("Invariant", "I3")]
    [Trait("Requirement", "R-3.2.2.e")]
    public async Task Of_200_racing_recognitions_of_red_and_black_exactly_one_wins_and_the_other_is_refused()
    {
        await SignInAsync();
        ConcurrentBag<(MoveAnswer Black, MoveAnswer Red)> races = [];

        await Parallel.ForEachAsync(Enumerable.Range(0, Pairs), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (pair, _) =>
        {
            var code = Proposals.Code($"{pair:000}");
            var black = await _journey.ProposeAsync("tax.officer", Proposals.Black(code));
            var red = await _journey.ProposeAsync("market-supervision.officer", Proposals.Red(code));
            red.SubjectId.ShouldBe(black.SubjectId);
            var first = pair % 2 == 0 ? AsBlackAsync(black) : AsRedAsync(red);
            var second = pair % 2 == 0 ? AsRedAsync(red) : AsBlackAsync(black);
            races.Add(pair % 2 == 0 ? (await first, await second) : (await second, await first));
        });

        races.Count.ShouldBe(Pairs);
        races.ShouldAllBe(race => new[] { race.Black.Status, race.Red.Status }.Order().SequenceEqual(new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }));
        races.Where(race => race.Red.Status == HttpStatusCode.Conflict).ShouldAllBe(race => race.Red.Body.Contains("red-but-black"));
        races.Where(race => race.Black.Status == HttpStatusCode.Conflict).ShouldAllBe(race => race.Black.Body.Contains("opposite-recognition-pending"));
        var recognised = await RecognisedAsync();
        recognised.Count.ShouldBe(Pairs, "one recognised entry of each subject");
        recognised.Distinct().Count().ShouldBe(Pairs);
    }

    [Fact]
    [Trait("Invariant", "I4")]
    [Trait("Invariant", "I5")]
    public async Task Proposals_of_one_decision_at_the_same_moment_make_one_entry_and_no_proposal_waits_for_another_forever()
    {
        var proposal = Proposals.Black(Proposals.Code("RC"));
        var first = Proposals.Black(Proposals.Code("RC"));
        _ = await _journey.ProposeAsync("tax.officer", first);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            using var client = await host.AsAsync("tax.officer");
            using var answer = await client.PostAsJsonAsync("/api/entries", proposal);
            return (answer.StatusCode, Body: await answer.Content.ReadAsStringAsync());
        }));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Where(answer => answer.StatusCode != HttpStatusCode.Created)
            .ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.UnprocessableEntity && answer.Body.Contains("decision-already-used"));
    }

    private Task<MoveAnswer> AsBlackAsync(EntryAnswer entry) => _journey.MoveAsync("tax.approver", entry, "recognition", new { watchMonthsAfterExit = 12 });

    private Task<MoveAnswer> AsRedAsync(EntryAnswer entry) => _journey.MoveAsync("market-supervision.approver", entry, "recognition", new { });

    // Before the race, so that it is one of recognitions and not of sign-ins.
    private async Task SignInAsync()
    {
        foreach (var user in new[] { "tax.officer", "tax.approver", "market-supervision.officer", "market-supervision.approver" })
        {
            using var client = await host.AsAsync(user);
        }
    }

    private async Task<List<Guid>> RecognisedAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CreditDbContext>().Entries
            .Where(entry => entry.State == EntryState.Recognised).Select(entry => entry.SubjectId).ToListAsync();
    }
}
