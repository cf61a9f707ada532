using Credit.Core.Records;
using Credit.Core.Register;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Register;
using Credit.Core.Tests.Watching;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Records;

/// <summary>What is about a subject and follows from no one entry loses it with the retention too: ended warnings and answered questions of departments' systems.</summary>
[Trait("Invariant", "I91")]
public sealed class SubjectRetentionTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Told = "已对当事人王某某实施限制。";

    private readonly WatchJourney _journey = new(host);

    [Fact]
    public async Task Ended_warnings_and_answered_trigger_requests_lose_subject_names_and_texts_here_and_in_the_log_once_and_the_counts_stay()
    {
        var code = Proposals.Code("R90");
        var watches = await _journey.WatchedAsync("R90", "税收征管", "安全生产", "生态环境");
        (await _journey.ExitAsync(watches[^1])).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        var warning = await _journey.Register.ReadAsync(db => db.Warnings.AsNoTracking().SingleAsync(each => each.SubjectCode == code));
        var (answered, open) = (await AskedAsync("CX-R90A", warning.SubjectId, watches[^1].Id, answered: true), await AskedAsync("CX-R90B", warning.SubjectId, watches[0].Id, answered: false));
        var standing = await AskedAsync("CX-R90C", warning.SubjectId, watches[0].Id, answered: true);
        await host.SettleAsync();
        var counts = await CountsAsync();
        foreach (var (about, text) in new[] { (warning.Id, warning.SubjectName), (warning.Id, $"{warning.SubjectId}"), (answered, Told), (answered, $"{warning.SubjectId}") })
        {
            (await LoggedAsync(about, text)).ShouldBeTrue(text);
        }

        host.Clock.Advance(TimeSpan.FromDays(30));
        await RunAsync();
        (await StoredAsync(warning.Id)).SubjectId.ShouldBe(warning.SubjectId, "the retention is not over");

        host.Clock.SetUtcNow(host.Clock.GetUtcNow().AddYears(6));
        await RunAsync();
        await host.SettleAsync();

        var gone = await StoredAsync(warning.Id);
        (gone.SubjectId, gone.SubjectName, gone.SubjectCode, gone.State, gone.BegunOn, gone.EndedOn).ShouldBe((AnonymiseAfterRetention.Nobody, "", null, WarningState.Exited, warning.BegunOn, warning.EndedOn));
        var request = await _journey.Register.ReadAsync(db => db.TriggerRequests.AsNoTracking().SingleAsync(each => each.Id == answered));
        (request.SubjectId, request.State, request.Details.Single().HandleType, request.Details.Single().Result).ShouldBe((AnonymiseAfterRetention.Nobody, TriggerRequestState.Completed, 1, null));
        (await _journey.Register.ReadAsync(db => db.TriggerRequests.Where(each => each.Id == open).Select(each => each.SubjectId).SingleAsync())).ShouldBe(warning.SubjectId, "its feedback is still owed");
        (await SubjectOfAsync(standing)).ShouldBe(warning.SubjectId, "the entry it found stands");
        foreach (var (about, text) in new[] { (warning.Id, warning.SubjectName), (warning.Id, $"{warning.SubjectId}"), (warning.Id, code), (answered, Told), (answered, $"{warning.SubjectId}") })
        {
            (await LoggedAsync(about, text)).ShouldBeFalse(text);
        }

        (await CountsAsync()).ShouldBe(counts);
        (await host.Services.GetRequiredService<Sequencer>().FindBreakAsync(CancellationToken.None)).ShouldBeNull();
        (await _journey.Register.ReadAsync(Folding.CompareAsync)).Differences.ShouldBeEmpty();
        var entries = await host.ScalarAsync<long>($"SELECT count(*) FROM core.register_entry WHERE aggregate_id IN ('{warning.Id}', '{answered}')");
        await RunAsync();
        (await host.ScalarAsync<long>($"SELECT count(*) FROM core.register_entry WHERE aggregate_id IN ('{warning.Id}', '{answered}')")).ShouldBe(entries, "once");
    }

    private Task<Guid?> SubjectOfAsync(Guid request) => _journey.Register.ReadAsync(db => db.TriggerRequests.Where(each => each.Id == request).Select(each => each.SubjectId).SingleAsync());

    private Task<Guid> AskedAsync(string number, Guid subject, Guid entry, bool answered) =>
        AskedAsync(_journey, number, subject, entry, CivilClock.Day(host.Clock.GetUtcNow()), answered ? CivilClock.Day(host.Clock.GetUtcNow()) : null);

    /// <summary>A question of a department's system that found one entry, answered on a day or not.</summary>
    internal static Task<Guid> AskedAsync(WatchJourney journey, string number, Guid subject, Guid entry, DateOnly asked, DateOnly? answered) => journey.Register.ReadAsync(async db =>
    {
        var hit = new TriggerDetail(entry, ListKind.Watch, ["M/1"]);
        var request = TriggerRequest.Open(number, "finance", subject, [hit], asked);
        db.Add(request);
        await db.SaveChangesAsync();
        if (answered is { } on)
        {
            _ = request.FeedBack([hit with { HandleType = 1, Result = Told, OccurredOn = asked, FedBackOn = on }]).Value;
            await db.SaveChangesAsync();
        }

        return request.Id;
    });

    private Task<WarningEntry> StoredAsync(Guid id) => _journey.Register.ReadAsync(db => db.Warnings.AsNoTracking().SingleAsync(each => each.Id == id));

    private async Task<bool> LoggedAsync(Guid about, string text) =>
        await host.ScalarAsync<long>($"SELECT count(*) FROM core.register_entry t WHERE t.aggregate_id = '{about}' AND position('{text}' in t::text) > 0") > 0;

    private Task<(int Warnings, int Ended, int Requests, int Completed)> CountsAsync() => _journey.Register.ReadAsync(async db =>
        (await db.Warnings.CountAsync(), await db.Warnings.CountAsync(each => each.EndedOn != null), await db.TriggerRequests.CountAsync(),
            await db.TriggerRequests.CountAsync(each => each.State == TriggerRequestState.Completed)));

    private Task<int> RunAsync() => host.Services.GetRequiredService<AnonymiseAfterRetention>().RunOnceAsync(CancellationToken.None);
}
