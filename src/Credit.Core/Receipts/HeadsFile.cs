using System.Text;
using System.Text.Json;
using Npgsql;

namespace Credit.Core.Receipts;

/// <summary>
/// Signed heads outside the database, one JSON object a line, the latest last: whoever rewrites the database does not rewrite them (I81).
/// Put the file, or a copy of it, where administrators of the database may not write.
/// </summary>
/// <param name="path">The file; it is made when it is missing.</param>
internal sealed class HeadsFile(string path) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private long? _last;

    /// <inheritdoc/>
    public void Dispose() => _writing.Dispose();

    /// <summary>Adds the heads of the register that are larger than the last one in the file.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            _last ??= await ReadAsync(cancel) is [.., var latest] ? latest.Size : 0;
            await using var command = new NpgsqlCommand("SELECT head, size FROM core.log_head WHERE size > $1 ORDER BY size", connection)
            {
                Parameters = { new NpgsqlParameter<long> { TypedValue = _last.Value } },
            };
            var (lines, size) = (new StringBuilder(), 0L);
            await using (var rows = await command.ExecuteReaderAsync(cancel))
            {
                while (await rows.ReadAsync(cancel))
                {
                    lines.Append(rows.GetString(0)).Append('\n');
                    size = rows.GetInt64(1);
                }
            }

            if (lines.Length > 0)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.AppendAllTextAsync(path, lines.ToString(), cancel);
                _last = size;
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The heads in the file as they stand there, by size and root.</summary>
    /// <exception cref="JsonException">A line is no head.</exception>
    public async Task<IReadOnlyList<(long Size, byte[] Root, string Line)>> ReadAsync(CancellationToken cancel) => File.Exists(path)
        ? [.. (await File.ReadAllLinesAsync(path, cancel)).Where(line => line.Length > 0).Select(Read)]
        : [];

    private static (long Size, byte[] Root, string Line) Read(string line)
    {
        var head = JsonElement.Parse(line);
        return head.TryGetProperty("kind", out var kind) && kind.ValueEquals(PublishedHead.Name)
            && head.GetProperty("size").TryGetInt64(out var size) && head.GetProperty("root").GetString() is { Length: 64 } root
            ? (size, Convert.FromHexString(root), line)
            : throw new JsonException("A line of the file is no signed head of the log.");
    }
}
