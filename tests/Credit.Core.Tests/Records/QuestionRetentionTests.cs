using Credit.Core.Records;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Watching;
using Credit.Domain.Policy;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Records;

/// <summary>When the retention of a question of a department's system begins, and what one row that cannot be emptied costs the others.</summary>
[Trait("Invariant", "I91")]
public sealed class QuestionRetentionTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly WatchJourney _journey = new(host);

    [Fact]
    public async Task A_question_counts_from_its_last_answer_and_one_row_that_cannot_be_emptied_keeps_no_other_waiting()
    {
        var watches = await _journey.WatchedAsync("R91", "税收征管");
        (await _journey.ExitAsync(watches[0])).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        var (subject, today) = (watches[0].SubjectId, CivilClock.Day(host.Clock.GetUtcNow()));
        var (early, poisoned) = (await AskedAsync("CX-R91A", subject, watches[0].Id, today), await AskedAsync("CX-R91B", subject, watches[0].Id, today));
        var late = await AskedAsync("CX-R91C", subject, watches[0].Id, today.AddYears(3));
        await host.TryAsync(
            $"""
            CREATE FUNCTION core.poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'sample'; END $$;
            CREATE TRIGGER poison BEFORE UPDATE ON core.trigger_request FOR EACH ROW WHEN (OLD.id = '{poisoned}') EXECUTE FUNCTION core.poison();
            """);

        host.Clock.SetUtcNow(host.Clock.GetUtcNow().AddYears(6));
        await RunAsync();
        (await SubjectOfAsync(early), await SubjectOfAsync(poisoned), await SubjectOfAsync(late)).ShouldBe((AnonymiseAfterRetention.Nobody, subject, subject));

        await host.TryAsync("DROP TRIGGER poison ON core.trigger_request; DROP FUNCTION core.poison()");
        host.Clock.SetUtcNow(host.Clock.GetUtcNow().AddYears(3));
        await RunAsync();
        (await SubjectOfAsync(poisoned), await SubjectOfAsync(late)).ShouldBe((AnonymiseAfterRetention.Nobody, AnonymiseAfterRetention.Nobody));
    }

    private Task<Guid> AskedAsync(string number, Guid subject, Guid entry, DateOnly answered) =>
        SubjectRetentionTests.AskedAsync(_journey, number, subject, entry, CivilClock.Day(host.Clock.GetUtcNow()), answered);

    private Task<Guid?> SubjectOfAsync(Guid request) => _journey.Register.ReadAsync(db => db.TriggerRequests.Where(each => each.Id == request).Select(each => each.SubjectId).SingleAsync());

    private Task<int> RunAsync() => host.Services.GetRequiredService<AnonymiseAfterRetention>().RunOnceAsync(CancellationToken.None);
}
