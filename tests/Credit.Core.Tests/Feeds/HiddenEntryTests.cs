using Credit.Core.Store;
using Credit.Core.Tests.Listing;
using Credit.Domain.Disclosure;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Tests.Feeds;

/// <summary>An entry that is not public leaves no trace in anything that the public may read: every view is walked, those of tomorrow too.</summary>
public sealed class HiddenEntryTests(HostFixture host) : IClassFixture<HostFixture>
{
    // What answers are made of, and nothing is shown from as it is: versions of rows are read as of states, hashes only beside an entry that is shown.
    private static readonly string[] Workings = ["feed_row_version", "published_content", "log_node", "log_head", "data_version"];

    private static int _marks;

    private readonly EntryJourney _journey = new(host);

    public static TheoryData<string, string> WaysOfNotBeingPublic => new()
    {
        { "by law", "UPDATE core.list_entry SET publishable = false WHERE id = $1" },
        { "by choice", "UPDATE core.list_entry SET chosen_for_publication = false WHERE id = $1" },
        { "nobody reviewed it", "UPDATE core.list_entry SET reviewed_by = NULL WHERE id = $1" },
        { "its publication ended", "UPDATE core.list_entry SET publication_ended_on = '2026-11-24' WHERE id = $1" },
        { "its term is over", "UPDATE core.list_entry SET valid_to = '2026-11-23', valid_from = '2026-11-01' WHERE id = $1" },
        { "the catalogue says so", "UPDATE core.catalogue_item SET publish = false WHERE key = 'list-entries' AND $1 <> '00000000-0000-0000-0000-000000000000'" },
    };

    [Theory]
    [MemberData(nameof(WaysOfNotBeingPublic))]
    [Trait("Invariant", "I78")]
    [Trait("Requirement", "R-3.2.4.h")]
    [Trait("Requirement", "R-3.1.4.h")]
    public async Task An_entry_in_force_that_is_not_public_leaves_no_trace_in_any_public_set(string way, string sql)
    {
        var entry = await _journey.InForceAsync("tax", Proposals.Black(Proposals.Code(Mark("H"))));
        var (exposure, @case) = await OnAsync(entry.Id, (db, held, today) =>
        {
            var exposed = ExposureItem.Propose(held, "骗取补贴", "骗取补贴四十二万元。", "tax.officer", today).Value;
            exposed.Decide(true, "tax.approver", today).Accepted.ShouldBeTrue();
            var collected = CreditCase.Collect(held, "tax", "限制参加政府采购", "TAX-BLACK", ["限制参加政府采购"], "缴清欠税。", typical: true, "tax.officer", today);
            collected.Decide(true, "development-reform.approver").Accepted.ShouldBeTrue();
            db.AddRange(exposed, collected);
            return (exposed.Id, collected.Id);
        });
        var marks = await MarksAsync(entry.Id, exposure, @case);
        (await TracesAsync(marks)).ShouldBe(["credit_case", "exposure", "list_entry"], ignoreOrder: true);

        await SqlAsync(sql, entry.Id);

        var traces = await TracesAsync(marks);
        await SqlAsync("UPDATE core.catalogue_item SET publish = true WHERE key = 'list-entries' AND $1 IS NOT NULL", entry.Id);
        traces.ShouldBeEmpty(way);
    }

    [Theory]
    [InlineData("by law", "UPDATE core.list_entry SET publishable = false WHERE id = $1")]
    [InlineData("nobody reviewed it", "UPDATE core.list_entry SET reviewed_by = NULL WHERE id = $1")]
    [Trait("Invariant", "I78")]
    [Trait("Requirement", "R-3.2.4.h")]
    public async Task An_entry_that_left_and_may_not_be_told_of_leaves_no_trace_in_any_public_set(string way, string sql)
    {
        var entry = await _journey.InForceAsync("tax", Proposals.Black(Proposals.Code(Mark("J"))));
        await OnAsync(entry.Id, (db, held, today) =>
        {
            held.Verify().Accepted.ShouldBeTrue();
            held.Exit(EntryTrigger.FindWrong, today).Accepted.ShouldBeTrue();
            var reparation = Reparation.Order(held, today);
            reparation.Draft("该条目系误列，特此更正。", "tax.officer").Accepted.ShouldBeTrue();
            reparation.Approve("tax.approver", today).Accepted.ShouldBeTrue();
            foreach (var publication in held.Publications)
            {
                held.AnnounceExit(publication.Channel, today).Accepted.ShouldBeTrue();
                reparation.Correct(publication.Channel, today).Accepted.ShouldBeTrue();
            }

            db.Add(reparation);
            return reparation.Id;
        });
        var marks = await MarksAsync(entry.Id);
        (await TracesAsync(marks)).ShouldBe(["exit_announcement", "correction"], ignoreOrder: true);

        await SqlAsync(sql, entry.Id);

        (await TracesAsync(marks)).ShouldBeEmpty(way);
    }

    // Each case has a subject of its own.
    private static string Mark(string letter) => $"{letter}{Interlocked.Increment(ref _marks)}";

    private async Task<T> OnAsync<T>(Guid id, Func<CreditDbContext, ListEntry, DateOnly, T> act)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        var entry = await db.Entries.Include(each => each.Publications).SingleAsync(each => each.Id == id);
        var made = act(db, entry, host.Clock.Today());
        await db.SaveChangesAsync();
        return made;
    }

    // By these it would be known: itself, its subject, and what is about it. Names are the same in many tests.
    private async Task<string[]> MarksAsync(Guid id, params Guid[] about) => await OnAsync(id, (_, entry, _) =>
        new[] { entry.Id.ToString(), entry.SubjectId.ToString(), entry.SubjectCode! }.Concat(about.Select(each => each.ToString())).ToArray());

    private async Task<IReadOnlyList<string>> TracesAsync(string[] marks)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        List<string> views = [];
        await using (var named = new NpgsqlCommand("SELECT table_name FROM information_schema.views WHERE table_schema = 'pub'", connection))
        await using (var rows = await named.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                views.Add(rows.GetString(0));
            }
        }

        await using (var day = new NpgsqlCommand("SELECT set_config('credit.today', $1, false)", connection) { Parameters = { new() { Value = host.Clock.Today().ToString("yyyy-MM-dd") } } })
        {
            await day.ExecuteNonQueryAsync();
        }

        views.ShouldContain("list_entry");
        List<string> traces = [];
        foreach (var view in views.Except(Workings))
        {
            await using var command = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM pub.\"{view}\" shown, unnest($1) AS mark WHERE strpos(to_json(shown)::text, mark) > 0)", connection)
            {
                Parameters = { new() { Value = marks } },
            };
            if (await command.ExecuteScalarAsync() is true)
            {
                traces.Add(view);
            }
        }

        return traces;
    }

    private async Task SqlAsync(string sql, Guid id)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = id } } };
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }
}
