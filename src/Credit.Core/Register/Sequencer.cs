using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Credit.Core.Store;
using Npgsql;

namespace Credit.Core.Register;

/// <summary>
/// Gives every committed change its place in the one sequence: gap-free, after commit, so that no reader can skip a late
/// one; chained by hash (I81). One sequencer per database works at a time, under an advisory lock.
/// </summary>
internal sealed class Sequencer(StoreSources sources, TimeProvider clock)
{
    private const int Chunk = 5000;

    private const string Columns =
        "e.id, e.kind, e.aggregate_id, e.version, e.wire_name, e.content_hash, e.before_hash, e.after_hash, "
        + "e.clause, e.policy_pack, e.actor, e.department, e.recorded_at";

    private const int ColumnCount = 13;

    private static readonly TimeSpan FullLook = TimeSpan.FromMinutes(5);

    // Which entries lie behind: all at or below the floor had their place five minutes ago. Only a change that stayed
    // uncommitted for longer lies below it, and the next full look finds that one.
    private (long Floor, long Next, long? LookedAt) _behind;

    // The same for moments, which may not miss even that one: the floor waits for the transactions that were open.
    private (long Floor, long Next, long Open, long? LookedAt) _settled;

    /// <summary>Sequences everything committed so far. Returns how many changes got a place; 0 also when another host is at it.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancel)
    {
        var full = _behind.LookedAt is not { } looked || clock.GetElapsedTime(looked) >= FullLook;
        var floor = full ? 0 : _behind.Floor;
        var total = 0;
        int? placed;
        do
        {
            placed = await PlaceAsync(floor, cancel);
            total += placed ?? 0;
        }
        while (placed == Chunk);
        if (full && placed is not null)
        {
            _behind = (_behind.Next, await LastEntryAsync(cancel), clock.GetTimestamp());
        }

        return total;
    }

    /// <summary>
    /// Holds a moment of the database at which every change that can be seen has its place, and the last place is the moment's: what the
    /// moment shows is the state at that position, exactly. No other sequencer works until it is released.
    /// </summary>
    /// <param name="after">Changes beyond this position are listed.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<RegisterMoment> HoldAsync(long after, CancellationToken cancel)
    {
        var connection = await sources.Application.OpenConnectionAsync(cancel);
        try
        {
            // Before the transaction begins: its snapshot must not be older than the wait.
            await using (var turn = new NpgsqlCommand("SELECT pg_advisory_lock(hashtext('credit/sequencer'))", connection))
            {
                await turn.ExecuteNonQueryAsync(cancel);
            }

            var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
            while (await PlaceAsync(connection, transaction, _settled.Floor, cancel) == Chunk)
            {
            }

            await SettleAsync(connection, cancel);
            var (last, _) = await HeadAsync(connection, cancel);
            return new RegisterMoment(connection, transaction, last, after);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // A change below the floor cannot come any more: every transaction that was open when the floor was found has ended. Between taking
    // its number and being seen as open a transaction has an instant; half a minute is more than that.
    private async Task SettleAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (_settled.LookedAt is { } looked && clock.GetElapsedTime(looked) < TimeSpan.FromSeconds(30))
        {
            return;
        }

        await using var look = new NpgsqlCommand(
            "SELECT coalesce(max(id), 0), pg_snapshot_xmin(pg_current_snapshot())::text::bigint, pg_snapshot_xmax(pg_current_snapshot())::text::bigint FROM core.register_entry", connection);
        await using var row = await look.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        var (newest, oldestOpen, nextOpen) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
        if (_settled.LookedAt is null || oldestOpen >= _settled.Open)
        {
            _settled = (_settled.Next, newest, nextOpen, clock.GetTimestamp());
        }
    }

    /// <summary>Recomputes the chain; the first position that does not fit, or null when all do.</summary>
    public async Task<long?> FindBreakAsync(CancellationToken cancel) => (await RecomputeAsync([], cancel)).Broken;

    /// <summary>Recomputes the chain, and compares it with heads that were kept elsewhere.</summary>
    /// <param name="kept">Heads, in any order.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <returns>The first position that does not fit, and the first kept head that is not, or no longer, in the log; nulls when all fits.</returns>
    public async Task<(long? Broken, RegisterHead? Contradicted, long Last)> RecomputeAsync(IReadOnlyList<RegisterHead> kept, CancellationToken cancel)
    {
        var waiting = new Queue<RegisterHead>(kept.Where(head => head.Position > 0).OrderBy(head => head.Position));
        await using var connection = await sources.Application.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand(
            $"""
            SELECT p.position, p.hash,
              e.salt IS NULL OR e.content_hash = core.register_digest(e.salt, e.payload, e.changes, e.subject_id) AS whole, {Columns}
            FROM core.register_position p JOIN core.register_entry e ON e.id = p.entry_id ORDER BY p.position
            """,
            connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var previous = new byte[32];
        long expected = 1;
        while (await rows.ReadAsync(cancel))
        {
            var position = rows.GetInt64(0);
            var hash = rows.GetFieldValue<byte[]>(1);
            var computed = HashOf(previous, Content(rows, 3));
            if (position != expected || !hash.AsSpan().SequenceEqual(computed) || !rows.GetBoolean(2))
            {
                return (expected, null, expected - 1);
            }

            while (waiting.TryPeek(out var head) && head.Position == position)
            {
                if (!string.Equals(head.Hash, Convert.ToHexStringLower(computed), StringComparison.OrdinalIgnoreCase))
                {
                    return (null, head, position);
                }

                waiting.Dequeue();
            }

            previous = hash;
            expected++;
        }

        await rows.DisposeAsync();
        return (await FindRedactionAsync(connection, cancel), waiting.TryPeek(out var beyond) ? beyond : null, expected - 1);
    }

    // What was taken out of the log after its retention is told in it, with the hash of what is left.
    private static async Task<long?> FindRedactionAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT min(p.position) FROM core.register_entry e JOIN core.register_position p ON p.entry_id = e.id
            WHERE e.salt IS NULL AND NOT EXISTS (
              SELECT FROM core.register_entry told WHERE told.aggregate_id = e.aggregate_id AND told.wire_name = 'register.redacted.v1'
                AND told.payload->>'remaining' = encode(core.register_remaining(e.aggregate_id), 'hex'))
            """,
            connection);
        return await command.ExecuteScalarAsync(cancel) as long?;
    }

    // How many got a place; null when another host is at it.
    private async Task<int?> PlaceAsync(long floor, CancellationToken cancel)
    {
        await using var connection = await sources.Application.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var turn = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock(hashtext('credit/sequencer'))", connection, transaction))
        {
            if (await turn.ExecuteScalarAsync(cancel) is not true)
            {
                return null;
            }
        }

        var placed = await PlaceAsync(connection, transaction, floor, cancel);
        if (placed > 0)
        {
            await transaction.CommitAsync(cancel);
        }

        return placed;
    }

    // One chunk of what the transaction sees without a place.
    private static async Task<int> PlaceAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long floor, CancellationToken cancel)
    {
        var (last, previous) = await HeadAsync(connection, cancel);
        List<(long Position, long Entry, byte[] Hash)> places = [];
        await using (var unplaced = new NpgsqlCommand(
            $"""
            SELECT {Columns} FROM core.register_entry e
            WHERE e.id > $1 AND NOT EXISTS (SELECT 1 FROM core.register_position p WHERE p.entry_id = e.id AND p.entry_id > $1)
            ORDER BY e.id LIMIT {Chunk}
            """,
            connection,
            transaction)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = floor } },
        })
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
        }

        return places.Count;
    }

    private async Task<long> LastEntryAsync(CancellationToken cancel)
    {
        await using var command = sources.Application.CreateCommand("SELECT coalesce(max(id), 0) FROM core.register_entry");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task<(long Last, byte[] Hash)> HeadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var head = new NpgsqlCommand("SELECT position, hash FROM core.register_position ORDER BY position DESC LIMIT 1", connection);
        await using var row = await head.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? (row.GetInt64(0), row.GetFieldValue<byte[]>(1)) : (0, new byte[32]);
    }

    private static byte[] HashOf(byte[] previous, byte[] content) => SHA256.HashData([.. previous, .. content]);

    // Every field with its length before it, -1 for none: no two different changes have the same bytes.
    private static byte[] Content(NpgsqlDataReader row, int first)
    {
        using var bytes = new MemoryStream();
        var length = new byte[4];
        for (var i = first; i < first + ColumnCount; i++)
        {
            byte[]? field = row.IsDBNull(i) ? null : row.GetValue(i) switch
            {
                byte[] hash => hash,
                DateTime instant => Encoding.UTF8.GetBytes(((instant.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture)),
                var value => Encoding.UTF8.GetBytes(Convert.ToString(value, CultureInfo.InvariantCulture)!),
            };
            BinaryPrimitives.WriteInt32BigEndian(length, field?.Length ?? -1);
            bytes.Write(length);
            bytes.Write(field ?? []);
        }

        return bytes.ToArray();
    }
}
