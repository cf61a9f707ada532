using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Credit.Abstractions;
using Credit.Core.Feeds;
using Credit.Domain.Feeds;
using Credit.Domain.Policy;
using Microsoft.Extensions.Logging;

namespace Credit.OData.Changes;

/// <summary>A file that is being sent; once open it is read to its end, whatever becomes of it on the disk.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="File">What it is.</param>
/// <param name="Left">How long it may be shown on from here.</param>
internal sealed record OpenFile(Stream Content, BulkFile File, TimeSpan Left);

/// <summary>
/// Snapshots and deltas of the public sets as files, each of one position, with the digest by which a copy is proved. They are written on demand and once a
/// day, row by row. A file may be taken while its position is the head, and some minutes longer so that who was told of it can fetch it; never beyond its day:
/// what is over is not kept downloadable (X15).
/// </summary>
internal sealed partial class BulkFiles(string folder, TimeSpan kept, SetCatalog sets, FeedLedger ledger, FeedHeads heads, FeedForm form, TimeProvider clock, ILogger<BulkFiles> log) : IDisposable
{
    /// <summary>Setting of how long files may still be taken after the state changed, in minutes.</summary>
    public const string KeepSetting = "Feeds:FileMinutes";

    private const string ManifestEnding = ".manifest.json";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Who makes files and who drops them: one at a time, so that nothing is dropped that is being made.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The files of a set, made if what there is has aged; null when the set has no files, the ledger no state of today, or they cannot be made just now.</summary>
    public async Task<BulkManifest?> OfAsync(string name, CancellationToken cancel)
    {
        if (sets.Find(Surface.Public, name)?.Followed is not { } set || await CurrentAsync(set, cancel) is not { } current)
        {
            return null;
        }

        if (current.Files is { } there)
        {
            return there;
        }

        await _turn.WaitAsync(cancel);
        try
        {
            if (await CurrentAsync(set, cancel) is not { } now)
            {
                return null;
            }

            if (now.Files is { } made)
            {
                // By whoever had the turn before.
                return made;
            }

            // The newest may have no files any more: of its position it tells still.
            var files = await MakeAsync(set, now.Head, now.Before, cancel);
            await DropAsync(cancel);
            return files;
        }
        catch (IOException fault)
        {
            Unmade(log, set.Id, fault.GetType().Name);
            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Opens a file; null when there is none of the name, or it may not be taken any longer.</summary>
    public async Task<OpenFile?> OpenAsync(string name, string file, CancellationToken cancel)
    {
        if (sets.Find(Surface.Public, name)?.Followed is not { } set
            || Manifests(name).SelectMany(manifest => FilesOf(manifest).Select(each => (Manifest: manifest, File: each))).FirstOrDefault(each => each.File.Path == $"/bulk/{name}/{file}") is not { File: { } found } asked
            || await SinceAsync(set, cancel) is not { } since || asked.Manifest.Position < since.Number
            || (await OfThisLedgerAsync([asked.Manifest], cancel)).Select(Left).FirstOrDefault() is not { } left)
        {
            return null;
        }

        try
        {
            return new(new FileStream(PathOf(name, found), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, useAsync: true), found, left);
        }
        catch (IOException)
        {
            // It was dropped in between.
            return null;
        }
    }

    /// <summary>Writes the day's files of every set and drops those that are over.</summary>
    public async Task RunDailyAsync(CancellationToken cancel)
    {
        foreach (var set in sets.Sets.Select(set => set.Followed).OfType<FollowedSet>().Where(set => set.Surface == Surface.Public))
        {
            await OfAsync(set.Name, cancel);
        }

        await PurgeAsync(cancel);
    }

    /// <summary>Drops the files that may not be taken any longer, unless some are being made: whoever makes them drops the others.</summary>
    public async Task PurgeAsync(CancellationToken cancel)
    {
        if (!await _turn.WaitAsync(TimeSpan.Zero, cancel))
        {
            return;
        }

        try
        {
            await DropAsync(cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    // What the ledger shows of the set, and the files that may be named for it: of the head, or of a state so young that who is told of it has half the time
    // left to fetch it. A file from which nobody could follow on is none.
    private async Task<Current?> CurrentAsync(FollowedSet set, CancellationToken cancel)
    {
        if (await SinceAsync(set, cancel) is not { Head: var head, Number: var since } || head.Day != clock.Today())
        {
            return null;
        }

        BulkManifest[] there = [.. (await OfThisLedgerAsync(Manifests(set.Name), cancel)).Select(held => held.Manifest).Where(manifest => manifest.Position >= since && manifest.Position <= head.Number)];

        // The newest may have no files any more: of its position it tells still.
        var before = there.Where(manifest => manifest.Position < head.Number).MaxBy(manifest => manifest.Position)?.Position ?? 0;
        return new(head, before, there.Where(manifest => manifest.Day == head.Day && IsWhole(manifest)
            && (manifest.Position == head.Number || clock.GetUtcNow() - manifest.AsOf < kept / 2)).MaxBy(manifest => manifest.Position));
    }

    // The newest state, and the number from which on the set is in the ledger in the form of this host; null while it is not.
    private async Task<(FeedPass Head, long Number)?> SinceAsync(FollowedSet set, CancellationToken cancel) =>
        await heads.CurrentAsync(cancel) is { } view && await form.IsKeptAsync(view, set, cancel) ? (view.Public, view.Since[set.Id].Number) : null;

    // How long a state may still be shown: from the moment another one took its place on.
    private TimeSpan? Left(Held held)
    {
        var now = clock.GetUtcNow();
        if (held.Manifest.Day != clock.Today())
        {
            return null;
        }

        var left = held.Ended is { } ended ? kept - (now - ended) : kept;
        var day = CivilClock.StartOf(held.Manifest.Day.AddDays(1)) - now;
        return left <= TimeSpan.Zero ? null : left < day ? left : day;
    }

    // Numbers begin again where a database is made anew or set back: a state of another history has another instant. One question, however many lie on the disk.
    private async Task<IReadOnlyList<Held>> OfThisLedgerAsync(IReadOnlyList<BulkManifest> manifests, CancellationToken cancel)
    {
        if (manifests.Count == 0)
        {
            return [];
        }

        var states = await ledger.ShownStatesAsync([.. manifests.Select(manifest => manifest.Position).Distinct()], cancel);
        return
        [
            .. manifests.Where(manifest => states.TryGetValue(manifest.Position, out var known) && known.State.AsOf == manifest.AsOf)
                .Select(manifest => new Held(manifest, states[manifest.Position].Ended)),
        ];
    }

    // Every manifest on the disk. One that went meanwhile, or that another version of the host wrote, is none.
    private List<BulkManifest> Manifests(string name)
    {
        var home = Path.Combine(folder, name);
        return !Directory.Exists(home) ? [] : [.. Directory.EnumerateFiles(home, "*" + ManifestEnding).Select(Read).OfType<BulkManifest>()];

        static BulkManifest? Read(string path)
        {
            try
            {
                return JsonSerializer.Deserialize<BulkManifest>(File.ReadAllBytes(path), Form);
            }
            catch (Exception fault) when (fault is IOException or JsonException)
            {
                return null;
            }
        }
    }

    private static IEnumerable<BulkFile> FilesOf(BulkManifest manifest) => new[] { manifest.Ndjson, manifest.Csv, manifest.Delta }.OfType<BulkFile>();

    private bool IsWhole(BulkManifest manifest) => FilesOf(manifest).All(file => File.Exists(PathOf(manifest.Set, file)));

    private string PathOf(string name, BulkFile file) => Path.Combine(folder, name, Path.GetFileName(file.Path));

    private static string NameOf(long number) => number.ToString(CultureInfo.InvariantCulture) + ManifestEnding;

    private async Task<BulkManifest?> MakeAsync(FollowedSet set, FeedPass head, long from, CancellationToken cancel)
    {
        var home = Path.Combine(folder, set.Name);
        Directory.CreateDirectory(home);
        var position = head.Number.ToString(CultureInfo.InvariantCulture);
        var digest = new StateDigest();
        string[] columns = [.. set.Columns.Select(column => column[..column.IndexOf(':', StringComparison.Ordinal)])];
        BulkFile ndjson;
        BulkFile csv;
        await using (var lines = new BulkWriter(home, set.Name, $"{position}.ndjson.gz"))
        await using (var table = new BulkWriter(home, set.Name, $"{position}.csv.gz"))
        {
            // Spreadsheets take a table without the mark for one in the local encoding.
            await table.WriteAsync("\uFEFF" + string.Join(',', columns), cancel, counted: false);
            await foreach (var (key, row, hash) in ledger.RowsAsync(set.Id, head.Ordinal, cancel))
            {
                digest.Add(key, hash);
                await lines.WriteAsync(PutOf(set, key, hash, row), cancel);
                await table.WriteAsync(BulkTable.LineOf(row, columns), cancel);
            }

            (ndjson, csv) = (await lines.EndAsync(), await table.EndAsync());
        }

        var state = await ledger.StateAsync(set.Id, head.Position, cancel);
        if (state.Digest != digest.Value)
        {
            // Names went from a row of that state while it was read, or a pass wrote less or more than it said: such a file proves nothing.
            Unproven(log, set.Id, head.Position);
            return null;
        }

        var delta = from > 0 ? await DeltaAsync(set, home, from, head, cancel) : null;
        var manifest = new BulkManifest(
            set.Name, head.Number, head.AsOf, head.Day, state.Rows, state.Digest, ndjson, csv, delta is null ? null : from, delta, $"/feeds/changes?set={set.Name}&after={position}");

        // Last, and at once: a manifest that can be read has its files.
        var path = Path.Combine(home, NameOf(head.Number));
        await File.WriteAllBytesAsync(path + ".new", JsonSerializer.SerializeToUtf8Bytes(manifest, Form), cancel);
        File.Move(path + ".new", path, overwrite: true);
        return manifest;
    }

    private async Task<BulkFile?> DeltaAsync(FollowedSet set, string home, long start, FeedPass head, CancellationToken cancel)
    {
        if (await ledger.AtAsync(start, isPublic: true, [set.Id], cancel) is not { } from)
        {
            return null;
        }

        await using var lines = new BulkWriter(home, set.Name, string.Create(CultureInfo.InvariantCulture, $"{start}-{head.Number}.delta.ndjson.gz"));
        for (var after = from.Ordinal; ;)
        {
            var changed = await ledger.ChangedAsync([set.Id], after, head.Ordinal, 1000, cancel);
            var shown = await ledger.ShownAsync(set.Id, from.Ordinal, from.Ordinal, [.. changed.Select(version => version.Key)], cancel);
            foreach (var version in changed)
            {
                if (version is { Row: { } row, Hash: { } hash })
                {
                    await lines.WriteAsync(PutOf(set, version.Key, hash, Encoding.UTF8.GetString(row.Span)), cancel);
                }
                else if (version.Hash is not null)
                {
                    // It is in that state, and its names went meanwhile: the changes cannot be told any more.
                    return null;
                }
                else if (shown.Contains(version.Key))
                {
                    await lines.WriteAsync($"{{\"change\":\"removed\",\"set\":\"{set.Id}\",\"key\":\"{version.Key}\"}}", cancel);
                }
            }

            if (changed.Count < 1000)
            {
                return await lines.EndAsync();
            }

            after = changed[^1].Ordinal;
        }
    }

    private static string PutOf(FollowedSet set, Guid key, byte[] hash, string row) =>
        $"{{\"change\":\"put\",\"set\":\"{set.Id}\",\"key\":\"{key}\",\"hash\":\"{Convert.ToHexStringLower(hash)}\",\"row\":{row}}}";

    // Of the newest manifest the position is kept, so that the next files have a delta; no row is in it.
    private async Task DropAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        string[] homes = [.. Directory.EnumerateDirectories(folder)];
        var there = (await OfThisLedgerAsync([.. homes.SelectMany(home => Manifests(Path.GetFileName(home)))], cancel)).ToLookup(held => held.Manifest.Set);
        foreach (var home in homes)
        {
            var own = there[Path.GetFileName(home)].ToArray();
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var held in own)
            {
                var left = Left(held);
                if (left is not null || held.Manifest.Position == own.Max(each => each.Manifest.Position))
                {
                    names.Add(NameOf(held.Manifest.Position));
                }

                names.UnionWith(left is null ? [] : FilesOf(held.Manifest).Select(file => Path.GetFileName(file.Path)));
            }

            foreach (var path in Directory.EnumerateFiles(home).Where(path => !names.Contains(Path.GetFileName(path))))
            {
                File.Delete(path);
            }
        }
    }

    [LoggerMessage(EventId = 5011, Level = LogLevel.Error, Message = "Files of {Set} could not be written: {Failure}")]
    private static partial void Unmade(ILogger logger, string set, string failure);

    [LoggerMessage(EventId = 5012, Level = LogLevel.Error, Message = "The rows of {Set} at {Position} are not those of its digest; no files are given out")]
    private static partial void Unproven(ILogger logger, string set, long position);

    /// <summary>The newest state of a set.</summary>
    /// <param name="Head">The state.</param>
    /// <param name="Before">Number of the state that the files before were of; 0 when there were none.</param>
    /// <param name="Files">Files that may be named for it; null when there are none.</param>
    private sealed record Current(FeedPass Head, long Before, BulkManifest? Files);

    /// <summary>A manifest on the disk that is of a state of this ledger.</summary>
    /// <param name="Manifest">The manifest.</param>
    /// <param name="Ended">When another state took the place of its state; null while none did.</param>
    private sealed record Held(BulkManifest Manifest, DateTimeOffset? Ended);
}
