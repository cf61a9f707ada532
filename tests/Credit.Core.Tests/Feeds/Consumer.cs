using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Credit.Domain.Feeds;

namespace Credit.Core.Tests.Feeds;

/// <summary>A partner's system that keeps a copy of one public set from the change stream, by what the documentation says and nothing else.</summary>
public sealed class Consumer(HttpClient client, string set)
{
    private readonly Dictionary<Guid, (string Text, byte[] Hash)> _rows = [];

    /// <summary>Where it stands; empty at first.</summary>
    public string Cursor { get; private set; } = "";

    /// <summary>Position of the head it last heard of.</summary>
    public long Head { get; private set; }

    /// <summary>Digest that the server named at that head.</summary>
    public string? Named { get; private set; }

    /// <summary>How often it had to start anew.</summary>
    public int Restarts { get; private set; }

    public IReadOnlyDictionary<Guid, (string Text, byte[] Hash)> Rows => _rows;

    /// <summary>Digest of what it holds.</summary>
    public string Digest
    {
        get
        {
            var digest = new StateDigest();
            foreach (var (key, (_, hash)) in _rows)
            {
                digest.Add(key, hash);
            }

            return digest.Value;
        }
    }

    /// <summary>Reads on, and stops where it is told to crash.</summary>
    /// <param name="lines">Lines after which it crashes; null to read to the head.</param>
    /// <param name="wait">Seconds to wait for more.</param>
    /// <param name="narrow">Further options.</param>
    /// <param name="shuffle">Takes the lines of the answer in another order; each row is in it once.</param>
    public async Task ReadAsync(int? lines = null, int wait = 0, string narrow = "", Random? shuffle = null)
    {
        using var answer = await client.GetAsync($"/feeds/changes?set={set}&after={Cursor}&wait={wait}{narrow}", HttpCompletionOption.ResponseHeadersRead);
        if (answer.StatusCode == HttpStatusCode.Gone)
        {
            _rows.Clear();
            Restarts++;
            Cursor = "";
            return;
        }

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, Cursor);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        if (shuffle is not null)
        {
            var all = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach (var line in all.SkipLast(1).OrderBy(_ => shuffle.Next()).Append(all[^1]))
            {
                Apply(line);
            }

            return;
        }

        for (var read = 0; (lines is null || read < lines) && await reader.ReadLineAsync() is { } line; read++)
        {
            if (line.Length > 0)
            {
                Apply(line);
            }
        }
    }

    /// <summary>Takes one line in.</summary>
    public void Apply(string line)
    {
        var change = JsonSerializer.Deserialize<JsonElement>(line);
        switch (change.GetProperty("change").GetString())
        {
            case "put":
                var text = line[(line.IndexOf("\"row\":", StringComparison.Ordinal) + 6)..^1];
                var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
                Convert.ToHexStringLower(hash).ShouldBe(change.GetProperty("hash").GetString());
                _rows[change.GetProperty("key").GetGuid()] = (text, hash);
                break;
            case "removed":
                // It may be one that came and went since, and was never held.
                _rows.Remove(change.GetProperty("key").GetGuid());
                break;
            default:
                Head = change.GetProperty("position").GetInt64();
                Named = change.GetProperty("sets").TryGetProperty($"public/{set}", out var state) ? state.GetProperty("digest").GetString() : null;
                break;
        }

        // Lines of files have none: their place is that of the manifest.
        Cursor = change.TryGetProperty("cursor", out var cursor) ? cursor.GetString()! : Cursor;
    }

    /// <summary>What it held once, as if its disk had been put back.</summary>
    public (Dictionary<Guid, (string Text, byte[] Hash)> Rows, string Cursor) Backup => (new(_rows), Cursor);

    /// <summary>Puts a backup back.</summary>
    public void Restore((Dictionary<Guid, (string Text, byte[] Hash)> Rows, string Cursor) backup)
    {
        _rows.Clear();
        foreach (var (key, row) in backup.Rows)
        {
            _rows[key] = row;
        }

        Cursor = backup.Cursor;
    }
}
