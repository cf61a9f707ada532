using System.Text.Json;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Receipts;
using Npgsql;

namespace Credit.Core.Receipts;

/// <summary>
/// The publication log (I75): a Merkle tree over the positions of the register log, in which every content of an entry that was put before
/// the public has its salted hash. Its signed heads are kept in the database and, where no administrator of the database writes, in a file.
/// </summary>
internal sealed class PublicationLog(StoreSources sources, SigningDesk desk, HeadsFile file, LogPace pace, TimeProvider clock)
{
    private const int Chunk = 2000;

    // Grown by one leaf: hashes of the edge. All of it is in the database; another host may have gone on, so each chunk reads it anew.
    private long? _signedAt;
    private long _signedSize = -1;

    /// <summary>Takes in what has its position, and signs a head when one is due.</summary>
    /// <returns>Leaves added.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancel)
    {
        var added = await CatchUpAsync(cancel);
        if (_signedAt is not { } signed || clock.GetElapsedTime(signed) >= pace.Heads)
        {
            await SignAsync(cancel);
        }

        return added;
    }

    /// <summary>Takes in what has its position.</summary>
    /// <returns>Leaves added.</returns>
    public async Task<int> CatchUpAsync(CancellationToken cancel)
    {
        int added, total = 0;
        do
        {
            added = await TakeInAsync(cancel);
            total += added;
        }
        while (added == Chunk);
        return total;
    }

    /// <summary>Signs the tree as it is, unless its head is signed already, and writes to the file what is not in it yet.</summary>
    public async Task SignAsync(CancellationToken cancel)
    {
        await using var connection = await sources.Application.OpenConnectionAsync(cancel);
        var size = await LogNodes.SizeAsync(connection, cancel);
        if (size > 0 && size != _signedSize)
        {
            var nodes = await LogNodes.ReadAsync(connection, LogNodes.Application, MerkleTree.NodesOf(node => MerkleTree.Root(size, node)), cancel);
            var at = clock.GetUtcNow();
            var root = Convert.ToHexStringLower(MerkleTree.Root(size, nodes));
            var head = await desk.SignAsync(
                by => new PublishedHead(PublishedHead.Name, MerkleTree.Name, size, root, at, by.KeyId, by.Algorithm, by.Value), RegisterInterceptor.Json, cancel);
            await using var keep = new NpgsqlCommand("INSERT INTO core.log_head (size, signed_at, head) VALUES ($1, $2, $3) ON CONFLICT (size) DO NOTHING", connection)
            {
                Parameters =
                {
                    new NpgsqlParameter<long> { TypedValue = size }, new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime },
                    new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(head, RegisterInterceptor.Json) },
                },
            };
            await keep.ExecuteNonQueryAsync(cancel);
        }

        await file.WriteAsync(connection, cancel);
        (_signedAt, _signedSize) = (clock.GetTimestamp(), size);
    }

    /// <summary>Recomputes the tree from the chain and compares it with heads that were signed.</summary>
    /// <param name="heads">Heads by size and root, in any order.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <returns>The first size at which the log is not the one whose head was signed; null when it is that of every head.</returns>
    public async Task<long?> FindContradictionAsync(IEnumerable<(long Size, byte[] Root)> heads, CancellationToken cancel)
    {
        var waiting = new Queue<(long Size, byte[] Root)>(heads.OrderBy(head => head.Size));
        await using var connection = await sources.Application.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand(
            """
            SELECT p.position, p.hash, CASE WHEN c.hash IS NOT NULL THEN e.wire_name END, c.hash
            FROM core.register_position p JOIN core.register_entry e ON e.id = p.entry_id LEFT JOIN core.published_content c ON c.position = p.position
            ORDER BY p.position
            """,
            connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var tree = new GrowingTree(0, []);
        while (waiting.Count > 0 && await rows.ReadAsync(cancel))
        {
            tree.Append(LeafOf(
                rows.GetInt64(0), rows.GetFieldValue<byte[]>(1), await rows.IsDBNullAsync(2, cancel) ? null : rows.GetString(2),
                await rows.IsDBNullAsync(3, cancel) ? null : rows.GetFieldValue<byte[]>(3)));
            while (waiting.TryPeek(out var head) && head.Size == tree.Size)
            {
                if (!tree.Root.AsSpan().SequenceEqual(head.Root))
                {
                    return head.Size;
                }

                waiting.Dequeue();
            }
        }

        return waiting.TryPeek(out var beyond) ? beyond.Size : null;
    }

    private async Task<int> TakeInAsync(CancellationToken cancel)
    {
        await using var connection = await sources.Application.OpenConnectionAsync(cancel);
        if (await LogNodes.SizeAsync(connection, cancel) >= await LastAsync(connection, cancel))
        {
            return 0;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var turn = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtext('credit/publication-log'))", connection, transaction))
        {
            await turn.ExecuteNonQueryAsync(cancel);
        }

        var size = await LogNodes.SizeAsync(connection, cancel);
        var edge = MerkleTree.Peaks(size).ToArray();
        var known = await LogNodes.ReadAsync(connection, LogNodes.Application, edge, cancel);
        var tree = new GrowingTree(size, [.. edge.Select(known)]);
        var places = await PlacesAsync(connection, size, cancel);
        var contents = await PublishedContents.FindAsync(connection, places, cancel);
        await using (var copy = await connection.BeginBinaryImportAsync("COPY core.log_node (level, place, hash) FROM STDIN (FORMAT binary)", cancel))
        {
            foreach (var (node, hash) in places.SelectMany(place => tree.Append(LeafOf(
                place.Position, place.ChainHash, place.WireName, contents.GetValueOrDefault(place.Position)?.Hash))))
            {
                await copy.StartRowAsync(cancel);
                await copy.WriteAsync((short)node.Level, cancel);
                await copy.WriteAsync(node.Index, cancel);
                await copy.WriteAsync(hash, cancel);
            }

            await copy.CompleteAsync(cancel);
        }

        await using (var copy = await connection.BeginBinaryImportAsync("COPY core.published_content (position, entry_id, hash) FROM STDIN (FORMAT binary)", cancel))
        {
            foreach (var content in contents.Values)
            {
                await copy.StartRowAsync(cancel);
                await copy.WriteAsync(content.Position, cancel);
                await copy.WriteAsync(content.EntryId, cancel);
                await copy.WriteAsync(content.Hash, cancel);
            }

            await copy.CompleteAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
        return places.Count;
    }

    private static byte[] LeafOf(long position, byte[] chainHash, string? announcement, byte[]? contentHash) =>
        MerkleTree.Leaf(CanonicalJson.Bytes(LogLeaf.Of(position, chainHash, announcement, contentHash), JsonSerializerOptions.Default));

    private static async Task<long> LastAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(max(position), 0) FROM core.register_position", connection);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task<List<LogPlace>> PlacesAsync(NpgsqlConnection connection, long after, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT p.position, p.hash, e.kind, e.aggregate_id, e.wire_name, core.publication_salt(e.salt)
            FROM core.register_position p JOIN core.register_entry e ON e.id = p.entry_id WHERE p.position > $1 ORDER BY p.position LIMIT {Chunk}
            """,
            connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = after } },
        };
        List<LogPlace> places = [];
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            places.Add(new(
                rows.GetInt64(0), rows.GetFieldValue<byte[]>(1), rows.GetString(2), rows.GetGuid(3), rows.GetString(4),
                await rows.IsDBNullAsync(5, cancel) ? null : rows.GetFieldValue<byte[]>(5)));
        }

        return places;
    }
}

/// <summary>A position of the log as the tree takes it in.</summary>
/// <param name="Position">The position.</param>
/// <param name="ChainHash">Hash of the chain up to it.</param>
/// <param name="Kind">What changed.</param>
/// <param name="AggregateId">Which one.</param>
/// <param name="WireName">What happened.</param>
/// <param name="Salt">Salt of what is published with it; null once the retention is over.</param>
internal sealed record LogPlace(long Position, byte[] ChainHash, string Kind, Guid AggregateId, string WireName, byte[]? Salt);

/// <summary>How often a head is signed.</summary>
/// <param name="Heads">Longest pause between two heads of a log that grew.</param>
internal sealed record LogPace(TimeSpan Heads);
