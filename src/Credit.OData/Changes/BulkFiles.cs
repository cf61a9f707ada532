using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Credit.Abstractions;
using Credit.Core.Feeds;
using Credit.Core.Http;
using Credit.Domain.Feeds;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.OData.Changes;

/// <summary>One file of a set.</summary>
/// <param name="Path">Where to fetch it.</param>
/// <param name="Rows">Rows in it; of a delta, lines.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of the file as it is sent, in hex.</param>
internal sealed record BulkFile(string Path, long Rows, long Bytes, string Sha256);

/// <summary>What there is of a set as files.</summary>
/// <param name="Set">The set.</param>
/// <param name="Position">Position of the register log that the files are as of.</param>
/// <param name="AsOf">Instant of that state, UTC.</param>
/// <param name="Day">Civil day whose rows they show; the files end with it.</param>
/// <param name="Rows">Rows of the state.</param>
/// <param name="Digest">State digest, as <c>/feeds/digest</c> gives it for the position.</param>
/// <param name="Ndjson">The snapshot, one row a line, as the change stream writes them.</param>
/// <param name="Csv">The snapshot as a table.</param>
/// <param name="DeltaFrom">Position from which the delta leads here; null when there was no file before.</param>
/// <param name="Delta">Changes since the files before, one a line; null when there were none.</param>
/// <param name="Changes">Where to follow what comes after.</param>
internal sealed record BulkManifest(
    string Set, long Position, DateTimeOffset AsOf, DateOnly Day, long Rows, string Digest, BulkFile Ndjson, BulkFile Csv, long? DeltaFrom, BulkFile? Delta, string Changes);

/// <summary>
/// Snapshots and deltas of the public sets as files, each of one position, with the digest by which a copy is proved. They are written on demand and once a
/// day, row by row, and those of an earlier day are gone with it: what is over is not kept downloadable (X15).
/// </summary>
internal sealed class BulkFiles(string folder, SetCatalog sets, FeedLedger ledger, TimeProvider clock) : IDisposable
{
    // New files are made when the newest are older than this, or of an earlier day.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The files of a set, made if there are none of today or what there is has aged; null when the set has no files, or the ledger no state of today.</summary>
    public async Task<BulkManifest?> OfAsync(string name, CancellationToken cancel)
    {
        if (sets.Find(Surface.Public, name)?.Followed is not { } set)
        {
            return null;
        }

        // A file from which nobody could follow on is none.
        if (!(await ledger.SinceAsync(cancel)).TryGetValue(set.Id, out var since))
        {
            return null;
        }

        bool Serves(BulkManifest held) => held.Day == clock.Today() && held.Position >= since && clock.GetUtcNow() - held.AsOf < Fresh;
        if (Newest(name) is { } there && Serves(there))
        {
            return there;
        }

        await _turn.WaitAsync(cancel);
        try
        {
            var head = await ledger.PublicHeadAsync(cancel);
            var newest = Newest(name);
            if (head is null || head.Day != clock.Today())
            {
                return null;
            }

            if (newest is not null && newest.Day == head.Day && (newest.Position == head.Position || Serves(newest)))
            {
                return newest;
            }

            var made = await MakeAsync(set, head, newest?.Position >= since ? newest.Position : null, cancel);
            Purge();
            return made;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Path of a file on the disk; null when it is not there, or not of today.</summary>
    public string? Find(string name, string file)
    {
        if (sets.Find(Surface.Public, name)?.Followed is null || Newest(name, of: file) is not { } manifest || manifest.Day != clock.Today())
        {
            return null;
        }

        var path = Path.Combine(folder, name, file);
        return File.Exists(path) ? path : null;
    }

    /// <summary>Writes the day's files of every set and drops those of days that are over.</summary>
    public async Task RunDailyAsync(CancellationToken cancel)
    {
        foreach (var set in sets.Sets.Select(set => set.Followed).OfType<FollowedSet>().Where(set => set.Surface == Surface.Public))
        {
            if (Newest(set.Name)?.Day != clock.Today())
            {
                await OfAsync(set.Name, cancel);
            }
        }

        Purge();
    }

    public void Dispose() => _turn.Dispose();

    // Every manifest that is on the disk, the newest first; with a file's name, the one it belongs to.
    private BulkManifest? Newest(string name, string? of = null)
    {
        var home = Path.Combine(folder, name);
        return !Directory.Exists(home) ? null : Directory.EnumerateFiles(home, "*.manifest.json")
            .Select(path => JsonSerializer.Deserialize<BulkManifest>(File.ReadAllBytes(path), Form)!)
            .Where(manifest => of is null || new[] { manifest.Ndjson, manifest.Csv, manifest.Delta }.Any(file => file?.Path == $"/bulk/{name}/{of}"))
            .MaxBy(manifest => manifest.Position);
    }

    private async Task<BulkManifest> MakeAsync(FollowedSet set, FeedPass head, long? from, CancellationToken cancel)
    {
        var home = Path.Combine(folder, set.Name);
        Directory.CreateDirectory(home);
        var position = head.Position.ToString(CultureInfo.InvariantCulture);
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
                await lines.WriteAsync($"{{\"change\":\"put\",\"set\":\"{set.Id}\",\"key\":\"{key}\",\"hash\":\"{Convert.ToHexStringLower(hash)}\",\"row\":{row}}}", cancel);
                await table.WriteAsync(CsvOf(row, columns), cancel);
            }

            (ndjson, csv) = (await lines.EndAsync(), await table.EndAsync());
        }

        var state = await ledger.StateAsync(set.Id, head.Position, cancel);
        if (state.Digest != digest.Value)
        {
            // A pass wrote less or more than it said: such a file proves nothing.
            throw new InvalidOperationException($"The rows of {set.Id} at {position} are not those of its digest.");
        }

        var delta = from is { } start && start < head.Position ? await DeltaAsync(set, home, start, head, cancel) : null;
        var manifest = new BulkManifest(
            set.Name, head.Position, head.AsOf, head.Day, state.Rows, state.Digest, ndjson, csv, delta is null ? null : from, delta, $"/feeds/changes?set={set.Name}&after={position}");

        // Last, and at once: a manifest that can be read has its files.
        var path = Path.Combine(home, $"{position}.manifest.json");
        await File.WriteAllBytesAsync(path + ".new", JsonSerializer.SerializeToUtf8Bytes(manifest, Form), cancel);
        File.Move(path + ".new", path, overwrite: true);
        return manifest;
    }

    private async Task<BulkFile?> DeltaAsync(FollowedSet set, string home, long start, FeedPass head, CancellationToken cancel)
    {
        if (await ledger.AtAsync(start, cancel) is not { } from)
        {
            return null;
        }

        await using var lines = new BulkWriter(home, set.Name, string.Create(CultureInfo.InvariantCulture, $"{start}-{head.Position}.delta.ndjson.gz"));
        for (var after = from.Ordinal; ;)
        {
            var changed = await ledger.ChangedAsync([set.Id], after, head.Ordinal, 1000, cancel);
            var shown = await ledger.ShownAsync(set.Id, from.Ordinal, from.Ordinal, [.. changed.Select(version => version.Key)], cancel);
            foreach (var version in changed)
            {
                if (version is { Row: { } row, Hash: { } hash })
                {
                    await lines.WriteAsync($"{{\"change\":\"put\",\"set\":\"{set.Id}\",\"key\":\"{version.Key}\",\"hash\":\"{Convert.ToHexStringLower(hash)}\",\"row\":{row}}}", cancel);
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

    // What earlier days showed is gone from the disk; of today two generations stay, so that who began with one can end.
    private void Purge()
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var home in Directory.EnumerateDirectories(folder))
        {
            var kept = Directory.EnumerateFiles(home, "*.manifest.json")
                .Select(path => (Path: path, Manifest: JsonSerializer.Deserialize<BulkManifest>(File.ReadAllBytes(path), Form)!))
                .Where(each => each.Manifest.Day == clock.Today()).OrderByDescending(each => each.Manifest.Position).Take(2).ToArray();
            var names = kept.SelectMany(each => new[] { each.Manifest.Ndjson.Path, each.Manifest.Csv.Path, each.Manifest.Delta?.Path }).OfType<string>()
                .Select(Path.GetFileName).Concat(kept.Select(each => Path.GetFileName(each.Path))).ToHashSet(StringComparer.Ordinal);
            foreach (var path in Directory.EnumerateFiles(home).Where(path => !names.Contains(Path.GetFileName(path))))
            {
                File.Delete(path);
            }
        }
    }

    private static string CsvOf(string row, string[] columns)
    {
        using var json = JsonDocument.Parse(row);
        return string.Join(',', columns.Select(column => Cell(json.RootElement.GetProperty(column))));
    }

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => Quoted(value.GetString()!),
        JsonValueKind.Array => Quoted(string.Join('；', value.EnumerateArray().Select(each => each.ToString()))),
        _ => value.GetRawText(),
    };

    // A text that begins like a formula is made one that does not; spreadsheets would run it.
    private static string Quoted(string text) =>
        $"\"{(text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>Writes a packed file line by line, and knows in the end what it wrote.</summary>
internal sealed class BulkWriter : IAsyncDisposable
{
    private readonly string _path;
    private readonly string _address;
    private readonly FileStream _file;
    private readonly StreamWriter _lines;
    private long _rows;
    private bool _ended;

    public BulkWriter(string home, string set, string name)
    {
        (_path, _address) = (Path.Combine(home, name), $"/bulk/{set}/{name}");
        _file = new FileStream(_path + ".new", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024, useAsync: true);
        _lines = new StreamWriter(new GZipStream(_file, CompressionLevel.Optimal, leaveOpen: true), new UTF8Encoding(false), 64 * 1024) { NewLine = "\n" };
    }

    public async Task WriteAsync(string line, CancellationToken cancel, bool counted = true)
    {
        await _lines.WriteLineAsync(line.AsMemory(), cancel);
        _rows += counted ? 1 : 0;
    }

    /// <summary>Closes the file and gives it its name.</summary>
    public async Task<BulkFile> EndAsync()
    {
        await _lines.DisposeAsync();
        _file.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(_file));
        var length = _file.Length;
        await _file.DisposeAsync();
        File.Move(_path + ".new", _path, overwrite: true);
        _ended = true;
        return new(_address, _rows, length, hash);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_ended)
        {
            await _lines.DisposeAsync();
            await _file.DisposeAsync();
            File.Delete(_path + ".new");
        }
    }
}

/// <summary>Offers the files under <c>/bulk</c>.</summary>
internal static class BulkEndpoints
{
    /// <summary>Maps the files.</summary>
    public static void MapBulk(this IEndpointRouteBuilder host)
    {
        const string Reason = "What is published may be copied by anyone (R-3.1.4).";
        host.MapGet("/bulk", (SetCatalog sets) => TypedResults.Ok(sets.Sets.Where(set => set.Surface == Surface.Public && set.Followed is not null).Select(set => $"/bulk/{set.Name}").ToArray()))
            .WithName("BulkSets").WithTags("Feeds").WithSummary("Sets that can be taken as files")
            .AllowAnonymousBecause(Reason);
        host.MapGet("/bulk/{set}", async (string set, HttpContext context, SetCatalog sets, BulkFiles files, CancellationToken cancel) =>
            {
                if (sets.Find(Surface.Public, set)?.Followed is null)
                {
                    return Results.Problem(statusCode: StatusCodes.Status404NotFound);
                }

                if (await files.OfAsync(set, cancel) is { } manifest)
                {
                    return Results.Ok(manifest);
                }

                context.Response.Headers.RetryAfter = "2";
                return Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, extensions: new Dictionary<string, object?> { ["code"] = "feed-unavailable" });
            })
            .Explains("set", "A set that /bulk names").RefusesWith("feed-unavailable")
            .Produces<BulkManifest>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithName("BulkManifest").WithTags("Feeds").WithSummary("The newest snapshot and delta of a set, with position, digest and SHA-256 of each file")
            .AllowAnonymousBecause(Reason);
        host.MapGet("/bulk/{set}/{file}", (string set, string file, HttpContext context, BulkFiles files, TimeProvider clock) =>
            {
                if (files.Find(set, file) is not { } path)
                {
                    return Results.Problem(statusCode: StatusCodes.Status404NotFound);
                }

                var untilMidnight = CivilClock.StartOf(clock.Today().AddDays(1)) - clock.GetUtcNow();
                context.Response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age={(long)Math.Min(600, untilMidnight.TotalSeconds)}");
                return Results.File(path, "application/gzip", enableRangeProcessing: true);
            })
            .Explains("set", "A set that /bulk names").Explains("file", "Name of a file in the manifest").AnswersAs("application/gzip")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("BulkFile").WithTags("Feeds").WithSummary("A file that a manifest of today names")
            .AllowAnonymousBecause(Reason);
    }
}
