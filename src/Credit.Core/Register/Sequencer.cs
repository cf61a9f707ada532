using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Credit.Core.Store;
using Npgsql;

namespace Credit.Core.Register;

/// <summary>
/// Gives every committed change its place in the one sequence: gap-free, after commit, so that no reader can skip a late
/// one; chained by hash (I81). One sequencer per database works at a time, under an advisory lock.
/// </summary>
internal sealed class Sequencer(StoreSources sources)
{
    private const int Chunk = 5000;

    /// <summary>Sequences everything committed so far. Returns how many changes got a place; 0 also when another host is at it.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancel)
    {
        var total = 0;
        int placed;
        do
        {
            placed = await PlaceAsync(cancel);
            total += placed;
        }
        while (placed == Chunk);
        return total;
    }

    /// <summary>Recomputes the chain; the first position that does not fit, or null when all do.</summary>
    public async Task<long?> FindBreakAsync(CancellationToken cancel)
    {
        await using var connection = await sources.Application.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand(
            $"""
            SELECT p.position, p.hash, {Columns} FROM core.register_position p JOIN core.register_entry e ON e.id = p.entry_id ORDER BY p.position
            """,
            connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var previous = new byte[32];
        long expected = 1;
        while (await rows.ReadAsync(cancel))
        {
            var position = rows.GetInt64(0);
            var hash = rows.GetFieldValue<byte[]>(1);
            var computed = HashOf(previous, Content(rows, 2));
            if (position != expected || !hash.AsSpan().SequenceEqual(computed))
            {
                return expected;
            }

            previous = hash;
            expected++;
        }

        return null;
    }

    private const string Columns =
        "e.id, e.kind, e.aggregate_id, e.version, e.wire_name, e.payload::text, e.changes::text, e.clause, e.policy_pack, e.actor, e.department, e.recorded_at";

    private async Task<int> PlaceAsync(CancellationToken cancel)
    {
        await using var connection = await sources.Application.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var turn = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock(hashtext('credit/sequencer'))", connection, transaction))
        {
            if (await turn.ExecuteScalarAsync(cancel) is not true)
            {
                return 0;
            }
        }

        var (last, previous) = await HeadAsync(connection, cancel);
        List<(long Position, long Entry, byte[] Hash)> places = [];
        await using (var unplaced = new NpgsqlCommand(
            $"SELECT {Columns} FROM core.register_entry e WHERE NOT EXISTS (SELECT 1 FROM core.register_position p WHERE p.entry_id = e.id) ORDER BY e.id LIMIT {Chunk}",
            connection,
            transaction))
        await using (var rows = await unplaced.ExecuteReaderAsync(cancel))
        {
            while (await rows.ReadAsync(cancel))
            {
                previous = HashOf(previous, Content(rows, 0));
                places.Add((++last, rows.GetInt64(0), previous));
            }
        }

        if (places.Count > 0)
        {
            await using (var copy = await connection.BeginBinaryImportAsync("COPY core.register_position (position, entry_id, hash) FROM STDIN (FORMAT binary)", cancel))
            {
                foreach (var (position, entry, hash) in places)
                {
                    await copy.StartRowAsync(cancel);
                    await copy.WriteAsync(position, cancel);
                    await copy.WriteAsync(entry, cancel);
                    await copy.WriteAsync(hash, cancel);
                }

                await copy.CompleteAsync(cancel);
            }

            await transaction.CommitAsync(cancel);
        }

        return places.Count;
    }

    private static async Task<(long Last, byte[] Hash)> HeadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var head = new NpgsqlCommand("SELECT position, hash FROM core.register_position ORDER BY position DESC LIMIT 1", connection);
        await using var row = await head.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? (row.GetInt64(0), row.GetFieldValue<byte[]>(1)) : (0, new byte[32]);
    }

    private static byte[] HashOf(byte[] previous, byte[] content) => SHA256.HashData([.. previous, .. content]);

    // Every field with its length before it: no two different changes have the same bytes.
    private static byte[] Content(NpgsqlDataReader row, int first)
    {
        using var bytes = new MemoryStream();
        var length = new byte[4];
        for (var i = first; i < first + 12; i++)
        {
            var text = row.IsDBNull(i) ? "" : row.GetValue(i) switch
            {
                DateTime instant => new DateTimeOffset(instant).ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
                var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
            };
            var field = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
            bytes.Write(length);
            bytes.Write(field);
        }

        return bytes.ToArray();
    }
}
