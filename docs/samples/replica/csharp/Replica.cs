#:property TargetFramework=net10.0
#:property PublishAot=false
// Keeps a copy of one public set of the district's credit feeds and proves it. No packages beside the framework.
//
//     dotnet run Replica.cs http://localhost:5000 ListEntries copy.ndjson [seconds to wait for more]
//
// First the snapshot from /bulk, then /feeds/changes from where the copy stands. After each head the copy's digest is compared with the one the server
// names; exit status 0 means the copy is proved. Run it again at any time: it goes on where it stopped.
using System.IO.Compression;
using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

var (address, set, file, wait) = (args[0], args[1], args[2], args.Length > 3 ? args[3] : "0");
using var client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(10) };
var copy = Copy.Open(file);
for (var attempt = 0; attempt < 5; attempt++)
{
    if (copy.Cursor.Length == 0 && !await SnapshotAsync())
    {
        continue;
    }

    using var answer = await client.GetAsync($"/feeds/changes?set={set}&after={copy.Cursor}&wait={wait}", HttpCompletionOption.ResponseHeadersRead);
    if (answer.StatusCode == HttpStatusCode.Gone)
    {
        Console.WriteLine("too far behind: starting from the snapshot");
        copy = new Copy(file);
        continue;
    }

    if (answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests)
    {
        await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(2));
        continue;
    }

    answer.EnsureSuccessStatusCode();
    var proved = false;
    using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
    while (await reader.ReadLineAsync() is { } line)
    {
        if (line.Length > 0 && copy.Apply(line) is { } head)
        {
            proved = head.Rows == copy.Count && head.Digest == copy.Digest;
            Console.WriteLine($"position {head.Position}: {copy.Count} rows, {(proved ? "proved" : "NOT THE SAME")}");
            copy.Save();
        }
    }

    return proved ? 0 : 1;
}

return 2;

async Task<bool> SnapshotAsync()
{
    using var answer = await client.GetAsync($"/bulk/{set}");
    if (answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests)
    {
        await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(2));
        return false;
    }

    var manifest = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).RootElement;
    var packed = await client.GetByteArrayAsync(manifest.GetProperty("ndjson").GetProperty("path").GetString());
    if (Convert.ToHexStringLower(SHA256.HashData(packed)) != manifest.GetProperty("ndjson").GetProperty("sha256").GetString())
    {
        throw new InvalidDataException("The file was altered on its way.");
    }

    copy = new Copy(file);
    using var reader = new StreamReader(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress));
    while (await reader.ReadLineAsync() is { } line)
    {
        copy.Apply(line);
    }

    if (copy.Digest != manifest.GetProperty("digest").GetString())
    {
        throw new InvalidDataException("The snapshot is not the state it claims to be.");
    }

    copy.Cursor = manifest.GetProperty("position").GetInt64().ToString();
    copy.Save();
    return true;
}

/// <summary>What a head says of the set.</summary>
record Head(long Position, long Rows, string Digest);

/// <summary>The rows held, and where the copy stands; both in one file that is replaced whole.</summary>
class Copy(string file)
{
    private readonly Dictionary<string, (string Hash, string Text)> _rows = [];

    public string Cursor { get; set; } = "";

    public int Count => _rows.Count;

    /// <summary>Sum, modulo 2^2048, of one number per row; shown as the SHA-256 of the sum. The order of the rows does not matter.</summary>
    public string Digest
    {
        get
        {
            var sum = BigInteger.Zero;
            foreach (var (key, (hash, _)) in _rows)
            {
                byte[] message = [.. Encoding.UTF8.GetBytes(key), 0, .. Convert.FromHexString(hash)];
                sum += new BigInteger([.. Enumerable.Range(0, 8).SelectMany(part => SHA256.HashData([(byte)part, .. message]))], isUnsigned: true, isBigEndian: true);
            }

            var bytes = (sum % BigInteger.Pow(2, 2048)).ToByteArray(isUnsigned: true, isBigEndian: true);
            return Convert.ToHexStringLower(SHA256.HashData([.. new byte[256 - bytes.Length], .. bytes]));
        }
    }

    public static Copy Open(string file)
    {
        var copy = new Copy(file);
        if (File.Exists(file))
        {
            var lines = File.ReadAllLines(file);
            copy.Cursor = lines[0];
            foreach (var line in lines.Skip(1))
            {
                copy.Apply(line);
            }

            copy.Cursor = lines[0];
        }

        return copy;
    }

    public void Save()
    {
        File.WriteAllLines(file + ".new", _rows.Select(row => $"{{\"change\":\"put\",\"key\":\"{row.Key}\",\"hash\":\"{row.Value.Hash}\",\"row\":{row.Value.Text}}}").Prepend(Cursor));
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>Takes one line in; the head, when it is one.</summary>
    public Head? Apply(string line)
    {
        var change = JsonDocument.Parse(line).RootElement;
        switch (change.GetProperty("change").GetString())
        {
            case "put":
                // The row is the last member, byte for byte what the hash is over.
                var text = line[(line.IndexOf("\"row\":", StringComparison.Ordinal) + 6)..^1];
                var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
                if (hash != change.GetProperty("hash").GetString())
                {
                    throw new InvalidDataException($"Row {change.GetProperty("key")} was altered on its way.");
                }

                _rows[change.GetProperty("key").GetString()!] = (hash, text);
                break;
            case "removed":
                _rows.Remove(change.GetProperty("key").GetString()!);
                break;
            default:
                Cursor = change.GetProperty("cursor").GetString()!;
                var state = change.GetProperty("sets").EnumerateObject().Single().Value;
                return new(change.GetProperty("position").GetInt64(), state.GetProperty("rows").GetInt64(), state.GetProperty("digest").GetString()!);
        }

        Cursor = change.TryGetProperty("cursor", out var cursor) ? cursor.GetString()! : Cursor;
        return null;
    }
}
