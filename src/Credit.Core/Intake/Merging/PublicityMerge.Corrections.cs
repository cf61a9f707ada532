using Npgsql;

namespace Credit.Core.Intake.Merging;

/// <summary>Rows that contradict the register: what is kept of them, and the version a confirmed one becomes (I86).</summary>
internal sealed partial class PublicityMerge<TRecord>
{
    /// <summary>Puts the one staged row in force in place of the record that holds its key.</summary>
    public async Task<(Guid Record, Guid Replaced)?> ReplaceAsync(IntakeSession session, CancellationToken cancel)
    {
        var replaced = await ScalarAsync<Guid?>(
            session.Connection,
            $"""
            UPDATE core.{table.Table} p SET current = false FROM {Staging} s
            WHERE p.natural_key = s.natural_key AND p.current AND p.content_hash <> s.content_hash RETURNING p.id
            """,
            cancel);
        if (replaced is not { } before)
        {
            return null;
        }

        var version = await ScalarAsync<int>(
            session.Connection, $"SELECT max(p.version) + 1 FROM core.{table.Table} p JOIN {Staging} s ON p.natural_key = s.natural_key", cancel);
        await ExecuteAsync(session.Connection, Insert(version), cancel, Facts(session));
        return (await ScalarAsync<Guid>(session.Connection, $"SELECT id FROM {Staging}", cancel), before);
    }

    /// <summary>Rows that contradict the register.</summary>
    public static async Task<IReadOnlySet<int>> ConflictsAsync(IntakeSession session, CancellationToken cancel)
    {
        await using var conflicts = Command(
            session.Connection, "SELECT row FROM core.intake_row WHERE batch_id = $1 AND verdict = 'Conflict'", [new NpgsqlParameter<Guid> { TypedValue = session.Batch.Id }]);
        return (await RowsAsync(conflicts, cancel)).ToHashSet();
    }

    /// <summary>Keeps the sealed cells of rows.</summary>
    public static async Task KeepCellsAsync(IntakeSession session, IReadOnlyList<(int Row, byte[] Cells)> rows, CancellationToken cancel)
    {
        if (rows.Count > 0)
        {
            await ExecuteAsync(
                session.Connection,
                "UPDATE core.intake_row r SET cells = k.cells FROM unnest($2, $3) k(row, cells) WHERE r.batch_id = $1 AND r.row = k.row",
                cancel,
                [
                    new NpgsqlParameter<Guid> { TypedValue = session.Batch.Id },
                    new NpgsqlParameter<int[]> { TypedValue = [.. rows.Select(row => row.Row)] },
                    new NpgsqlParameter<byte[][]> { TypedValue = [.. rows.Select(row => row.Cells)] },
                ]);
        }
    }
}
