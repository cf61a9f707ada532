using System.Security.Cryptography;
using System.Text;
using Credit.Abstractions;
using Credit.Core.Feeds;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Feeds;
using Credit.Domain.Policy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Credit.OData.Changes;

/// <summary>
/// Keeps the ledger of feed rows: one look at a moment of the database that is also a position of the log, so that every state it writes is the
/// state of the register at that position, late commits and the turn of the day included. One follower per database works at a time, and none of a release
/// that is older than the one that keeps the ledger.
/// </summary>
internal sealed class FeedFollower(
    IServiceScopeFactory scopes, StoreSources sources, Sequencer sequencer, SetCatalog sets, FeedNews news, FeedForm form, IConfiguration configuration, IHostEnvironment environment, TimeProvider clock)
{
    /// <summary>Setting of how long old versions are kept, in days.</summary>
    public const string KeepSetting = "Feeds:KeepDays";

    /// <summary>Setting of a host that takes the ledger back from a newer release, once after its start.</summary>
    public const string TakeBackSetting = "Feeds:TakeBack";

    private static readonly TimeSpan CompactionPace = TimeSpan.FromHours(1);

    private readonly FollowedSet[] _followed = [.. sets.Sets.Select(set => set.Followed).OfType<FollowedSet>()];

    private readonly TimeSpan _kept = TimeSpan.FromDays(configuration.GetValue(KeepSetting, defaultValue: 30.0));

    private readonly UntoldWrites _untold = new(clock);

    private bool _takesBack = configuration.GetValue(TakeBackSetting, environment.IsDevelopment());

    private long? _compactedAt;

    /// <summary>Sets in the ledger.</summary>
    public IReadOnlyList<FollowedSet> Followed => _followed;

    /// <summary>A newer release kept the ledger at the last look: this host writes nothing in it, and gives nothing out of it.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Writes the state of now. False when there is nothing new, another host is at it, or a newer release keeps the ledger.</summary>
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

        var kept = await pen.FollowedAsync(cancel);
        var before = FeedKeeping.Of(kept.Values);
        _takesBack = _takesBack && before?.Release.Id != form.Release.Id;
        IsBehind = before?.IsAheadOf(form.Release) == true && !_takesBack;
        if (IsBehind)
        {
            return false;
        }

        var last = await pen.LastAsync(cancel);
        var day = clock.Today();
        var turned = last?.Day != day;
        if (turned)
        {
            await AnnounceAsync(pen, last, new DayTurned(day), "CivilDay", DayId(day), Clause.Standard("I39"), cancel);
        }

        var fresh = await FreshAsync(connection, pen, kept, last, cancel);
        var (moment, reference, changed) = await HoldAsync(pen, last, cancel);
        await using var held = moment;
        foreach (var set in _followed.Where(set => fresh.Contains(set.Id)))
        {
            await pen.BeginAsync(set.Id, new(form.Of(set), FeedKeeping.By(form.Release, before)), moment.Position, cancel);
        }

        var marks = await moment.MarksAsync(cancel);
        if (last is not null && last.Position == moment.Position && !turned && fresh.Count == 0)
        {
            _untold.Saw(last, marks);
            if (!_untold.IsDue)
            {
                await moment.ReleaseAsync(cancel);
                return false;
            }

            if (await DiffersAsync(moment, day, cancel))
            {
                await AnnounceReferenceAsync(pen, last, SHA256.HashData(Encoding.UTF8.GetBytes(marks)), cancel);
                return null;
            }

            await pen.RemarkAsync(last, marks, cancel);
            await transaction.CommitAsync(cancel);
            news.Tell();
            return false;
        }

        var touched = await moment.TouchedAsync(cancel);

        // So it was told to the log, by whichever host, or is to be looked for now.
        changed |= touched.Any(each => each.Kind == "Reference") || _untold.IsDue;
        var looked = turned || changed;
        var began = clock.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        await using var eyes = await FeedEyes.OpenAsync(scope.ServiceProvider, await moment.ShareAsync(cancel), day, cancel);
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
        var pass = new FeedPass(moment.Position, writing.Ordinal, clock.GetUtcNow(), day, reference, shown, _untold.MarksFor(last, marks, looked), (last?.Number ?? 0) + (shown ? 1 : 0));
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
        _takesBack = false;
        if (looked)
        {
            _untold.Compared(began, found: false);
        }

        news.Tell();
        return true;
    }

    private async Task<bool> DiffersAsync(RegisterMoment moment, DateOnly day, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        await using var eyes = await FeedEyes.OpenAsync(scope.ServiceProvider, await moment.ShareAsync(cancel), day, cancel);
        await moment.ReleaseAsync(cancel);
        await moment.DisposeAsync();
        await using var look = await sources.Application.OpenConnectionAsync(cancel);
        var differs = false;
        foreach (var set in _followed.Where(set => set.Surface == Surface.Public))
        {
            differs = differs || await FeedComparison.DiffersAsync(scope.ServiceProvider, look, set, cancel);
        }

        _untold.Compared(began, differs);
        return differs;
    }

    // Sets of a new form. A state of theirs was told under the position before, so the log is told first: the rows of the new form have a position of
    // their own, and whoever stands at an earlier one is sent to the snapshot.
    private async Task<HashSet<string>> FreshAsync(
        NpgsqlConnection connection, FeedPen pen, IReadOnlyDictionary<string, FeedShape> kept, FeedPass? last, CancellationToken cancel)
    {
        await form.ReadAsync(connection, cancel);
        await pen.ForgetOthersAsync([.. _followed.Select(set => set.Id)], cancel);
        FollowedSet[] fresh = [.. _followed.Where(set => !kept.TryGetValue(set.Id, out var shape) || !shape.IsOf(form.Of(set)))];
        if (last is not null && fresh.Length > 0)
        {
            var made = SHA256.HashData([.. fresh.SelectMany(form.Of)]);
            await AnnounceAsync(
                pen, last, new FeedsReformed(string.Join(',', fresh.Select(set => set.Id))), "Feeds", new Guid(made.AsSpan(0, 16)), Clause.R("3.1.4.f"), cancel);
        }

        return [.. fresh.Select(set => set.Id)];
    }

    // Departments and catalogue have no changes of their own in the log. When they are not as they were this is written into it first, so that
    // the rows that rest on them change at a position, too.
    private async Task<(RegisterMoment Moment, byte[] Reference, bool Changed)> HoldAsync(FeedPen pen, FeedPass? last, CancellationToken cancel)
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
            await AnnounceReferenceAsync(pen, last, known, cancel);
        }
    }

    private Task AnnounceReferenceAsync(FeedPen pen, FeedPass? last, byte[] fingerprint, CancellationToken cancel) => AnnounceAsync(
        pen, last, new ReferenceChanged(Convert.ToHexStringLower(fingerprint)), "Reference", new Guid(fingerprint.AsSpan(0, 16)), Clause.R("3.1.4.f"), cancel);

    // What the log tells beyond the last state is not told again: a look that fails after it is tried every second, and every try would be in the log for ever.
    private async Task AnnounceAsync(FeedPen pen, FeedPass? last, object announcement, string kind, Guid id, Clause clause, CancellationToken cancel)
    {
        if (await pen.IsToldAsync(kind, id, last?.Position ?? 0, cancel))
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        db.Add(scope.ServiceProvider.GetRequiredService<RegisterPen>().Write(announcement, kind, id, clause, before: null, after: []));
        await db.SaveChangesAsync(cancel);
    }

    private static Guid DayId(DateOnly day) => new(day.DayNumber, 0, 0, new byte[8]);

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
}
