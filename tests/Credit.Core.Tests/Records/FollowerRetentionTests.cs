using System.Net;
using Credit.Core.Records;
using Credit.Core.Register;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Register;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Records;

/// <summary>What follows from an entry, and what the log says of it, is emptied with it.</summary>
public sealed class FollowerRetentionTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly RecordJourney _records = new(host);

    [Fact]
    [Trait("Invariant", "I91")]
    [Trait("Invariant", "I81")]
    [Trait("Invariant", "I82")]
    public async Task All_that_follows_from_the_entry_and_the_log_lose_the_same_and_the_chain_still_holds()
    {
        const string Grounds = "当事人王某某称已缴清税款。";
        var (entry, tasks) = await _records.Register.DispatchedAsync("T20");
        var objection = await _records.Register.AcceptedObjectionAsync("association", entry.Id);
        (await _records.Register.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Upheld", finding = Grounds })).Status.ShouldBe(HttpStatusCode.OK);
        var left = await _records.Register.Entries.MoveAsync("tax.approver", await _records.Register.Entries.ReadAsync("tax.officer", entry.Id), "exit", new { reason = "StandardChanged", explanation = "已修订。" });
        left.Status.ShouldBe(HttpStatusCode.OK, left.Body);
        await host.SettleAsync();
        var row = await _records.Register.ReadAsync(db => db.Entries.AsNoTracking().SingleAsync(each => each.Id == entry.Id));
        var before = await CountAsync();
        (await FoundAsync(entry.Id, row.SubjectName)).ShouldContain("measure_task");
        (await FoundAsync(entry.Id, Grounds)).ShouldContain("objection");
        (await FoundAsync(entry.Id, $"{row.SubjectId}")).ShouldContain("register_entry");

        host.Clock.SetUtcNow(new DateTimeOffset(host.Clock.GetUtcNow().AddYears(6).UtcDateTime, TimeSpan.Zero));
        (await RunAsync()).ShouldBeGreaterThan(0);
        await host.SettleAsync();

        foreach (var told in new[] { row.SubjectName, $"{row.SubjectId}", row.SubjectCode!, row.LegalRepresentative!, row.Facts, Grounds })
        {
            (await FoundAsync(entry.Id, told)).ShouldBeEmpty(told);
        }

        (await CountAsync()).ShouldBe(before);
        (await _records.Register.ReadAsync(db => db.Tasks.CountAsync(task => task.EntryId == entry.Id))).ShouldBe(tasks.Count);
        (await host.Services.GetRequiredService<Sequencer>().FindBreakAsync(CancellationToken.None)).ShouldBeNull();
        (await _records.Register.ReadAsync(Folding.CompareAsync)).Differences.ShouldBeEmpty();

        // What is left is not rewritten under the pretext of retention.
        var redacted = await host.ScalarAsync<long>($"SELECT min(p.position) FROM core.register_position p JOIN core.register_entry e ON e.id = p.entry_id WHERE e.aggregate_id = '{entry.Id}' AND e.salt IS NULL");
        (await host.TryAsync($"UPDATE core.register_entry SET changes = changes || '{{\"Domain\": \"他\"}}' WHERE aggregate_id = '{entry.Id}' AND salt IS NULL")).State.ShouldBeNull();
        (await host.Services.GetRequiredService<Sequencer>().FindBreakAsync(CancellationToken.None)).ShouldBe(redacted);
        (await host.TryAsync($"SELECT core.redact_register(ARRAY['{row.SubjectId}'::uuid])", "credit_read")).State.ShouldBe("42501");
    }

    [Fact]
    [Trait("Invariant", "I91")]
    public void Whatever_names_a_subject_and_follows_from_an_entry_says_what_goes()
    {
        var followers = typeof(ListEntry).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(Aggregate)) && type.GetProperty("EntryId") is not null).ToArray();

        followers.Length.ShouldBeGreaterThan(7);
        followers.Where(type => !Retention.HasWhatGoes(type)).ShouldBeEmpty();
    }

    // Tables in which something about the entry, or the log of it, still says the text.
    private async Task<IReadOnlyList<string>> FoundAsync(Guid entry, string text)
    {
        List<string> found = [];
        foreach (var table in new[] { "list_entry", "measure_task", "objection", "repair", "notice", "rectification", "credit_case", "inbox_item", "register_entry" })
        {
            var about = table switch
            {
                "list_entry" => $"t.id = '{entry}'",
                "register_entry" => $"(t.aggregate_id = '{entry}' OR t.payload->>'entryId' = '{entry}') AND t.kind IN ('ListEntry', 'MeasureTask', 'Objection', 'Notice')",
                "notice" or "inbox_item" => $"t.{(table == "notice" ? "about_id" : "aggregate_id")} IN (SELECT '{entry}'::uuid UNION SELECT id FROM core.objection WHERE entry_id = '{entry}')",
                _ => $"t.entry_id = '{entry}'",
            };
            if (await host.ScalarAsync<long>($"SELECT count(*) FROM core.{table} t WHERE {about} AND position('{text}' in t::text) > 0") > 0)
            {
                found.Add(table);
            }
        }

        return found;
    }

    private Task<int> RunAsync() => host.Services.GetRequiredService<AnonymiseAfterRetention>().RunOnceAsync(CancellationToken.None);

    private Task<string> CountAsync() => _records.Register.ReadAsync(async db =>
    {
        var tasks = await db.Tasks.GroupBy(task => new { task.Department, task.Obligation, task.State }).Select(same => new { same.Key, Count = same.Count() }).ToListAsync();
        var entries = await db.Entries.GroupBy(entry => new { entry.List, entry.Domain, entry.Recogniser, entry.State }).Select(same => new { same.Key, Count = same.Count() }).ToListAsync();
        return string.Join(';', entries.Select(each => $"{each.Key} {each.Count}").Concat(tasks.Select(each => $"{each.Key} {each.Count}")).Order(StringComparer.Ordinal));
    });
}
