using System.Data;
using System.Security.Cryptography;
using Credit.Abstractions;
using Credit.Core.Feeds;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Feeds;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.OData.Changes;

/// <summary>
/// Keeps the ledger of feed rows: one look at a moment of the database that is also a position of the log, so that every state it writes is the
/// state of the register at that position, late commits and the turn of the day included. One follower per database works at a time.
/// </summary>
internal sealed class FeedFollower(
    IServiceScopeFactory scopes, StoreSources sources, Sequencer sequencer, SetCatalog sets, FeedNews news, FeedHeads heads, FeedForm form, IConfiguration configuration, TimeProvider clock)
{
    /// <summary>Setting of how long old versions are kept, in days.</summary>
    public const string KeepSetting = "Feeds:KeepDays";

    private static readonly TimeSpan CompactionPace = TimeSpan.FromHours(1);

    /// <summary>How often rows are compared though the log tells of no change, at most.</summary>
    private static readonly TimeSpan ComparisonPace = TimeSpan.FromMinutes(1);

    /// <summary>Comparing takes this part of the time at most.</summary>
    private const int ComparisonShare = 20;

    private readonly FollowedSet[] _followed = [.. sets.Sets.Select(set => set.Followed).OfType<FollowedSet>()];

    private readonly TimeSpan _kept = TimeSpan.FromDays(configuration.GetValue(KeepSetting, defaultValue: 30.0));

    private long? _compactedAt;

    // Something was written that the log does not tell, and not yet looked for.
    private bool _untold;

    private (long At, TimeSpan Took)? _compared;

    /// <summary>Sets in the ledger.</summary>
    public IReadOnlyList<FollowedSet> Followed => _followed;

    /// <summary>Writes the state of now. False when there is nothing new, or another host is at it.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancel) => await LookAsync(cancel) ?? await LookAsync(cancel) ?? false;

    // Null when there is more to look at by now: what was found had to be told to the log first.
    private async Task<bool?> LookAsync(CancellationToken cancel)
    {
        await using var connection = await sources.Application.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var pen = new FeedPen(connection);
        if (!await pen.TakeTurnAsync(cancel))
        {
            return false;
        }

        var last = await pen.LastAsync(cancel);
        var day = clock.Today();
        var turned = last?.Day != day;
        if (turned)
        {
            await AnnounceAsync(new DayTurned(day), "CivilDay", DayId(day), Clause.Standard("I39"), cancel);
        }

        var fresh = await FreshAsync(connection, pen, last, cancel);
        var (moment, reference, changed) = await HoldAsync(last, cancel);
        await using var held = moment;
        foreach (var set in _followed.Where(set => fresh.Contains(set.Id)))
        {
            await pen.BeginAsync(set.Id, form.Of(set), moment.Position, cancel);
        }

        var marks = await moment.MarksAsync(cancel);
        if (last is not null && last.Position == moment.Position && !turned && fresh.Count == 0)
        {
            _untold = marks != last.Marks;
            if (!_untold || !MayCompare)
            {
                // Until it is compared the marks stay as they are, and lists read the rows of now.
                await moment.ReleaseAsync(cancel);
                return false;
            }

            if (await DiffersAsync(moment, day, cancel))
            {
                await AnnounceAsync(new ReferenceChanged(Convert.ToHexStringLower(Of(marks))), "Reference", new Guid(Of(marks).AsSpan(0, 16)), Clause.R("3.1.4.f"), cancel);
                return null;
            }

            _untold = false;
            await pen.RemarkAsync(last, marks, cancel);
            await transaction.CommitAsync(cancel);
            heads.Forget();
            return false;
        }

        var touched = await moment.TouchedAsync(cancel);

        // So it was told to the log, by whichever host, or is to be looked for now.
        changed |= touched.Any(each => each.Kind == "Reference") || (_untold && MayCompare);
        var looked = turned || changed;
        var began = clock.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        await using var eyes = await EyesAsync(scope.ServiceProvider, await moment.ShareAsync(cancel), day, cancel);
        await moment.ReleaseAsync(cancel);
        await held.DisposeAsync();

        var writing = new FeedWriting(pen, last?.Ordinal ?? 0, moment.Position);
        var whole = touched.Where(each => each.Kind is "CivilDay" or "Reference").Select(each => each.Position).DefaultIfEmpty(moment.Position).Max();
        await using var look = await sources.Application.OpenConnectionAsync(cancel);
        List<(string Set, string[] Scope, Guid[] Keys)> emptied = [];
        foreach (var set in _followed)
        {
            var state = fresh.Contains(set.Id) ? new StateDigest() : await FeedPen.StateAsync(look, set.Id, long.MaxValue, cancel);
            var keys = await KeysAsync(look, set, touched, cancel);
            await (turned || changed || fresh.Contains(set.Id)
                ? FeedComparison.OfAllAsync(scope.ServiceProvider, look, set, fresh.Contains(set.Id), keys, whole, state, writing, cancel)
                : FeedComparison.OfAsync(scope.ServiceProvider, look, set, keys, state, writing, cancel));
            emptied.Add((set.Id, set.ScopeColumns(scope.ServiceProvider), [.. keys.Where(each => each.Value.Anonymised).Select(each => each.Key)]));
        }

        var shown = turned || changed || fresh.Count > 0 || writing.States.Keys.Any(set => set.StartsWith("public/", StringComparison.Ordinal));
        var pass = new FeedPass(moment.Position, writing.Ordinal, clock.GetUtcNow(), day, reference, shown, _untold && !looked ? last!.Marks : marks, (last?.Number ?? 0) + (shown ? 1 : 0));
        await pen.FinishAsync(pass, last?.Ordinal ?? 0, writing.States, cancel);
        foreach (var (set, columns, keys) in emptied.Where(each => each.Keys.Length > 0))
        {
            await pen.EmptyAsync(set, columns, keys, cancel);
        }

        if (_compactedAt is not { } compacted || clock.GetElapsedTime(compacted) >= CompactionPace)
        {
            _compactedAt = clock.GetTimestamp();
            await pen.CompactAsync(clock.GetUtcNow() - _kept, cancel);
        }

        if (clock.Today() != day)
        {
            // Midnight fell into the look: rows were judged by two days.
            return false;
        }

        await transaction.CommitAsync(cancel);
        if (looked)
        {
            (_untold, _compared) = (false, (clock.GetTimestamp(), clock.GetElapsedTime(began)));
        }

        heads.Forget();
        news.Tell();
        return true;
    }

    private bool MayCompare => _compared is not { } last || clock.GetElapsedTime(last.At) >= ComparisonPace && clock.GetElapsedTime(last.At) >= last.Took * ComparisonShare;

    private static byte[] Of(string marks) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(marks));

    // Marks follow every write, the log only those that go through it. What an owner corrects by hand, a text that must go at once, is seen here.
    private async Task<bool> DiffersAsync(RegisterMoment moment, DateOnly day, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        await using var eyes = await EyesAsync(scope.ServiceProvider, await moment.ShareAsync(cancel), day, cancel);
        await moment.ReleaseAsync(cancel);
        await moment.DisposeAsync();
        await using var look = await sources.Application.OpenConnectionAsync(cancel);
        var differs = false;
        foreach (var set in _followed.Where(set => set.Surface == Surface.Public))
        {
            differs = differs || await FeedComparison.DiffersAsync(scope.ServiceProvider, look, set, cancel);
        }

        _compared = (clock.GetTimestamp(), clock.GetElapsedTime(began));
        return differs;
    }

    // Sets of a new form. A state of theirs was told under the position before, so the log is told first: the rows of the new form have a position of
    // their own, and whoever stands at an earlier one is sent to the snapshot.
    private async Task<HashSet<string>> FreshAsync(NpgsqlConnection connection, FeedPen pen, FeedPass? last, CancellationToken cancel)
    {
        await form.ReadAsync(connection, cancel);
        await pen.ForgetOthersAsync([.. _followed.Select(set => set.Id)], cancel);
        List<FollowedSet> fresh = [];
        foreach (var set in _followed)
        {
            if (!await pen.KeepsAsync(set.Id, form.Of(set), cancel))
            {
                fresh.Add(set);
            }
        }

        if (last is not null && fresh.Count > 0)
        {
            var made = SHA256.HashData([.. fresh.SelectMany(form.Of)]);
            await AnnounceAsync(new FeedsReformed(string.Join(',', fresh.Select(set => set.Id))), "Feeds", new Guid(made.AsSpan(0, 16)), Clause.R("3.1.4.f"), cancel);
        }

        return [.. fresh.Select(set => set.Id)];
    }

    // Departments and catalogue have no changes of their own in the log. When they are not as they were this is written into it first, so that
    // the rows that rest on them change at a position, too.
    private async Task<(RegisterMoment Moment, byte[] Reference, bool Changed)> HoldAsync(FeedPass? last, CancellationToken cancel)
    {
        var known = last?.Reference;
        while (true)
        {
            var moment = await sequencer.HoldAsync(last?.Position ?? 0, cancel);
            try
            {
                var seen = await moment.ReferenceAsync(cancel);
                if (known is null || seen.AsSpan().SequenceEqual(known))
                {
                    return (moment, seen, known is not null && !ReferenceEquals(known, last?.Reference));
                }

                known = seen;
                await moment.ReleaseAsync(cancel);
            }
            catch
            {
                await moment.DisposeAsync();
                throw;
            }

            await moment.DisposeAsync();
            var fingerprint = Convert.ToHexStringLower(known);
            await AnnounceAsync(new ReferenceChanged(fingerprint), "Reference", new Guid(known.AsSpan(0, 16)), Clause.R("3.1.4.f"), cancel);
        }
    }

    private async Task AnnounceAsync(object announcement, string kind, Guid id, Clause clause, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        db.Add(scope.ServiceProvider.GetRequiredService<RegisterPen>().Write(announcement, kind, id, clause, before: null, after: []));
        await db.SaveChangesAsync(cancel);
    }

    private static Guid DayId(DateOnly day) => new(day.DayNumber, 0, 0, new byte[8]);

    // Both contexts of the scope look at the moment from here on, by the same civil day.
    private static async Task<Eyes> EyesAsync(IServiceProvider services, string snapshot, DateOnly day, CancellationToken cancel)
    {
        DbContext[] contexts = [services.GetRequiredService<PublicDbContext>(), services.GetRequiredService<OfficialDbContext>()];
        foreach (var db in contexts)
        {
            await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            // The name comes from the database itself.
            await db.Database.ExecuteSqlRawAsync($"SET TRANSACTION SNAPSHOT '{snapshot}'", cancel);
            await db.Database.ExecuteSqlAsync(
                $"SELECT set_config('statement_timeout', '0', true), set_config('credit.today', {day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)}, true)", cancel);
            db.Database.SetCommandTimeout(0);
        }

        return new(contexts);
    }

    private static async Task<Dictionary<Guid, (long Changed, bool Anonymised)>> KeysAsync(
        NpgsqlConnection look, FollowedSet set, IReadOnlyList<Touched> touched, CancellationToken cancel)
    {
        Dictionary<Guid, (long Changed, bool Anonymised)> keys = [];
        void Note(Guid key, Touched by) => keys[key] = keys.TryGetValue(key, out var known)
            ? (Math.Max(known.Changed, by.Position), known.Anonymised || by.Anonymised)
            : (by.Position, by.Anonymised);
        foreach (var follow in set.Follows)
        {
            var about = touched.Where(each => each.Kind == follow.Kind).GroupBy(each => each.Id).ToDictionary(group => group.Key, group => group.MaxBy(each => each.Position)!);
            if (follow.Keys is null)
            {
                foreach (var (id, by) in about)
                {
                    Note(id, by);
                }
            }
            else if (about.Count > 0)
            {
                await using var command = new NpgsqlCommand(follow.Keys, look)
                {
                    CommandTimeout = 0,
                    Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. about.Keys] } },
                };
                await using var rows = await command.ExecuteReaderAsync(cancel);
                while (await rows.ReadAsync(cancel))
                {
                    Note(rows.GetGuid(0), about[rows.GetGuid(1)]);
                }
            }
        }

        return keys;
    }

    /// <summary>Contexts that look at a moment; their transactions end with them.</summary>
    private sealed class Eyes(DbContext[] contexts) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var db in contexts)
            {
                await db.Database.RollbackTransactionAsync(CancellationToken.None);
            }
        }
    }
}
