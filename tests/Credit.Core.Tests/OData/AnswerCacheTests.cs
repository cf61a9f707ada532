using Credit.OData;
using Credit.OData.FastLane;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Credit.Core.Tests.OData;

/// <summary>A kept answer never outlives a change or midnight, and what is hidden shows in nothing that is kept or tagged (X12, X15).</summary>
public sealed class AnswerCacheTests : IAsyncLifetime, IDisposable
{
    private const string Departments = "/odata/public/Departments?$count=true";

    private readonly FeedFixture _feed = new();

    public async Task InitializeAsync()
    {
        await _feed.InitializeAsync();
        await RunAsync("INSERT INTO core.department (key, name, kind, may_recognise, lead_office, outside_district) VALUES ('first', '甲', 'Department', true, false, false)");
    }

    public Task DisposeAsync() => _feed.DisposeAsync();

    public void Dispose() => _feed.Dispose();

    [Fact]
    public async Task An_answer_is_kept_until_something_changes()
    {
        var made = await _feed.AskAsync(Departments);
        var kept = await _feed.AskAsync(Departments);

        made.Headers["Credit-Lane"].ShouldBe("fast");
        kept.Headers["Credit-Lane"].ShouldBe("kept");
        kept.Body.ShouldBe(made.Body);
        kept.Headers["ETag"].ShouldBe(made.Headers["ETag"]);

        await AddAsync("second");
        var anew = await _feed.AskAsync(Departments);

        anew.Headers["Credit-Lane"].ShouldBe("fast");
        anew.Rows.Count.ShouldBe(2);
        anew.Headers["ETag"].ShouldNotBe(made.Headers["ETag"]);
    }

    [Fact]
    public async Task A_change_that_was_begun_before_others_and_commits_after_them_ends_an_answer_too()
    {
        await using var late = await BeginAsync("late");
        await AddAsync("early");
        await _feed.AskAsync(Departments);
        var kept = await _feed.AskAsync(Departments);
        kept.Headers["Credit-Lane"].ShouldBe("kept");
        kept.Rows.Count.ShouldBe(2);

        await late.CommitAsync();

        (await _feed.AskAsync(Departments)).Rows.Count.ShouldBe(3);
    }

    [Fact]
    public async Task No_answer_is_older_than_the_last_commit_whatever_the_order_of_commits()
    {
        var random = new Random(7);
        List<Pending> open = [];
        var committed = 1;
        var kept = 0;
        for (var step = 0; step < 250; step++)
        {
            switch (random.Next(4))
            {
                case 0 when open.Count < 6:
                    open.Add(await BeginAsync($"d{step}"));
                    break;
                case 1 when open.Count > 0:
                    var at = random.Next(open.Count);
                    await open[at].CommitAsync();
                    await open[at].DisposeAsync();
                    open.RemoveAt(at);
                    committed++;
                    break;
                case 2 when open.Count > 0 && random.Next(3) == 0:
                    await open[0].DisposeAsync();
                    open.RemoveAt(0);
                    break;
            }

            var answer = await _feed.AskAsync(Departments);
            answer.Json.GetProperty("@odata.count").GetInt32().ShouldBe(committed, $"step {step}");
            kept += answer.Headers["Credit-Lane"] == "kept" ? 1 : 0;
        }

        kept.ShouldBeGreaterThan(50);
        committed.ShouldBeGreaterThan(20);
        foreach (var each in open)
        {
            await each.DisposeAsync();
        }
    }

    [Fact]
    public async Task Marks_are_few_however_many_changes_there_were()
    {
        await using var connection = new NpgsqlConnection(_feed.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM pub.data_mark", connection);
        var (most, now) = (0L, 0L);

        // None goes while an older transaction runs anywhere in the cluster, that of another test for example: patience.
        for (var number = 0; number < 600 || (now >= most && number < 20_000); number++)
        {
            await RunAsync("UPDATE core.department SET name = 'x' || random()");
            now = (long)(await command.ExecuteScalarAsync())!;
            most = Math.Max(most, now);
        }

        now.ShouldBeInRange(1, most - 1, "some went again");
    }

    [Fact]
    public async Task A_table_that_marks_nothing_would_be_shown_as_it_was()
    {
        await _feed.AskAsync(Departments);
        await RunAsync("DROP TRIGGER data_mark ON core.department");

        await AddAsync("unmarked");

        (await _feed.AskAsync(Departments)).Rows.Count.ShouldBe(1, "which is how the tests above would see a change slip through");
    }

    [Fact]
    public async Task Midnight_in_the_district_ends_every_answer_and_no_cache_may_keep_one_beyond_it()
    {
        _feed.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 24, 15, 59, 50, TimeSpan.Zero));
        (await _feed.AskAsync(Departments)).Headers["Cache-Control"].ShouldBe("public, max-age=10");
        (await _feed.AskAsync(Departments)).Headers["Credit-Lane"].ShouldBe("kept");

        _feed.Clock.Advance(TimeSpan.FromSeconds(10));

        var after = await _feed.AskAsync(Departments);
        after.Headers["Credit-Lane"].ShouldBe("fast");
        after.Headers["Cache-Control"].ShouldBe("public, max-age=60");
    }

    [Fact]
    public async Task What_is_hidden_changes_nothing_that_the_public_can_see()
    {
        const string entries = "/odata/public/ListEntries?$count=true";
        string[] own = ["Date", "Credit-Lane"];
        IEnumerable<string> Seen(FeedAnswer answer) => answer.Headers.Where(header => !own.Contains(header.Key)).Select(header => $"{header.Key}: {header.Value}").Append(answer.Body);
        var before = await _feed.AskAsync(entries);

        await RunAsync(
            """
            SET session_replication_role = replica;
            INSERT INTO core.register_entry (recorded_at, kind, aggregate_id, version, wire_name, payload, changes, clause, policy_pack, actor, salt, content_hash)
            VALUES ('2026-11-24T01:00:00Z', 'ListEntry', gen_random_uuid(), 1, 'entry.proposed.v1', '{}', '{}', 'R-3.2.1', 'x', 'x', '\x00', '\x00');
            INSERT INTO core.register_position (position, entry_id, hash) SELECT 1, max(id), '\x00' FROM core.register_entry;
            """);
        await AddHiddenEntryAsync();
        var after = await _feed.AskAsync(entries);

        Seen(after).ShouldBe(Seen(before), ignoreOrder: true);
        (await _feed.AskAsync(entries, ("If-None-Match", before.Headers["ETag"]))).Status.ShouldBe(304);
    }

    [Fact]
    public async Task A_tag_is_the_same_under_every_select_and_another_for_every_form()
    {
        var whole = await _feed.AskAsync(Departments);
        var some = await _feed.AskAsync(Departments + "&$select=Name");
        var named = await _feed.AskAsync("/odata/public/Departments('first')");
        var part = await _feed.AskAsync("/odata/public/Departments('first')?$select=Name");

        some.Body.ShouldNotBe(whole.Body);
        some.Headers["ETag"].ShouldBe(whole.Headers["ETag"]);
        part.Headers["ETag"].ShouldBe(named.Headers["ETag"]);
        (await _feed.AskAsync("/odata/public/Departments", ("Accept", "text/csv"))).Headers["ETag"].ShouldNotBe(whole.Headers["ETag"]);
    }

    [Fact]
    public async Task Who_has_the_answer_is_told_so_without_it()
    {
        var tag = (await _feed.AskAsync(Departments)).Headers["ETag"];

        var same = await _feed.AskAsync(Departments, ("If-None-Match", $"\"other\", {tag}"));
        await AddAsync("another");
        var changed = await _feed.AskAsync(Departments, ("If-None-Match", tag));

        (same.Status, same.Body, same.Headers["ETag"]).ShouldBe((304, "", tag));
        (changed.Status, changed.Rows.Count).ShouldBe((200, 2));
    }

    [Fact]
    public async Task An_answer_that_asks_the_time_is_never_kept()
    {
        const string recent = "/odata/public/Samples?$filter=At%20lt%20now()&$top=1";
        await _feed.AskAsync(recent);

        (await _feed.AskAsync(recent)).Headers["Credit-Lane"].ShouldNotBe("kept");
    }

    [Theory]
    [InlineData("/odata/public/Departments/$filter(Kind%20eq%20'Department')", true)]
    [InlineData("/odata/public/Departments/$filter(now()%20gt%202020-01-01T00:00:00Z)", false)]
    public async Task A_condition_in_the_path_may_ask_the_time_too(string address, bool kept)
    {
        (await _feed.AskAsync(address)).Status.ShouldBe(200);

        ((await _feed.AskAsync(address)).Headers["Credit-Lane"] == "kept").ShouldBe(kept);
    }

    [Fact]
    public void What_is_kept_stays_within_its_bytes()
    {
        var cache = new AnswerCache(new ConfigurationBuilder().AddInMemoryCollection([new("Feeds:CacheBytes", "100000")]).Build());
        for (var number = 0; number < 500; number++)
        {
            cache.Keep(new("", $"question {number}"), new(new Answer("text/plain", new byte[1000]), "", new DateOnly(2026, 11, 24), Of: null));
            cache.Bytes.ShouldBeLessThanOrEqualTo(100_000);
        }

        cache.Keep(new("", "large"), new(new Answer("text/plain", new byte[50_000]), "", new DateOnly(2026, 11, 24), Of: null));

        cache.Find(new("", "question 499")).ShouldNotBeNull();
        cache.Find(new("", "question 0")).ShouldBeNull("the oldest goes first");
        cache.Find(new("", "large")).ShouldBeNull("one answer does not push out all others");
    }

    [Fact]
    public void While_there_is_no_room_only_what_is_asked_for_again_is_taken_in()
    {
        var cache = new AnswerCache(new ConfigurationBuilder().AddInMemoryCollection([new("Feeds:CacheBytes", "100000")]).Build());
        cache.Admits(new("", "first"), 1000).ShouldBeTrue("there is room");
        for (var number = 0; cache.Admits(new("", $"question {number}"), 1000); number++)
        {
            cache.Keep(new("", $"question {number}"), new(new Answer("text/plain", new byte[1000]), "", new DateOnly(2026, 11, 24), Of: null));
        }

        cache.Admits(new("", "once"), 1000).ShouldBeFalse();
        cache.Admits(new("", "twice"), 1000).ShouldBeFalse();
        cache.Admits(new("", "twice"), 1000).ShouldBeTrue();
        cache.Admits(new("", "question 0"), 1000).ShouldBeTrue("it is there, and may be old");
    }

    private async Task AddHiddenEntryAsync()
    {
        await RunAsync(
            """
            SET session_replication_role = replica;
            INSERT INTO core.list_entry (id, list, domain, state, subject_id, subject_kind, subject_name, facts, standard, standard_level, recogniser, proposed_by, proposed_on, valid_to,
              reported_late, publishable, chosen_for_publication, repairable, able_but_refuses, policy_pack, version)
            VALUES (gen_random_uuid(), 'Black', 'x', 'Proposed', gen_random_uuid(), 'LegalPerson', '甲', '', '', 'National', 'first', 'x', '2026-11-24', '2027-11-24',
              false, true, false, false, false, 'x', 1);
            """);
        await RunAsync("UPDATE core.list_entry SET facts = '乙'");
    }

    private Task AddAsync(string key) => RunAsync(Insert(key));

    private static string Insert(string key) =>
        $"INSERT INTO core.department (key, name, kind, may_recognise, lead_office, outside_district) VALUES ('{key}', '{key}', 'Department', true, false, false)";

    private async Task RunAsync(string text)
    {
        await using var connection = new NpgsqlConnection(_feed.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<Pending> BeginAsync(string key)
    {
        var connection = new NpgsqlConnection(_feed.ConnectionString);
        await connection.OpenAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(Insert(key), connection, transaction);
        await command.ExecuteNonQueryAsync();
        return new(connection, transaction);
    }

    /// <summary>A change that is not committed yet.</summary>
    private sealed class Pending(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public Task CommitAsync() => transaction.CommitAsync();

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
