using System.Security.Cryptography;
using Credit.Core.Intake.Records;
using Credit.Domain.Policy;
using Npgsql;

namespace Credit.Core.Intake.Merging;

/// <summary>
/// Merges one batch inside the session's transaction. What is new is copied straight into its table; what speaks of a decision
/// the register or the file already has is staged, and compared with the stored records in one statement at the end.
/// </summary>
internal sealed class PublicityMerge<TRecord>(PublicityTable<TRecord> table, PolicyPack pack)
    where TRecord : PublicityRecord
{
    private readonly IncrementalHash _stored = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly StagingTable<TRecord> _repeats = new(table, pack);
    private readonly string _columns = string.Join(", ", table.Columns.Select(column => column.Name));
    private int _accepted;
    private int _warned;
    private int _late;

    /// <summary>Stores the rows that are new and stages the others.</summary>
    /// <returns>Fates worth a row of their own among the stored ones.</returns>
    public async Task<IReadOnlyList<RowFate>> AddAsync(IntakeSession session, IReadOnlyList<StagedRow<TRecord>> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var (held, subjects) = await LookUpAsync(session.Connection, rows, cancel);
        var added = held.Count == 0 && rows.All(row => row.IsFirst) ? rows : [.. rows.Where(row => row.IsFirst && !held.Contains(row.Key.ToGuid()))];
        await CopyAsync(session, added, subjects, cancel);
        if (added.Count < rows.Count)
        {
            var ids = added.Select(row => row.Id).ToHashSet();
            await _repeats.AddAsync(session.Connection, [.. rows.Where(row => !ids.Contains(row.Id))], cancel);
        }

        return [.. added.Where(row => row.Verdict != RowVerdict.Accepted || row.Record.Timing.OnTime == false).Select(row => new RowFate(row.Row, row.Verdict, row.Issues)
        {
            RecordId = row.Id, Due = row.Record.Timing.Due, OnTime = row.Record.Timing.OnTime,
        })];
    }

    /// <summary>Decides about the staged rows, lists them, and adds everything up.</summary>
    /// <param name="session">The batch.</param>
    /// <param name="headers">Header of the file by field code, for the findings.</param>
    /// <param name="judged">Totals of rows that never came here.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<IntakeTotals> FinishAsync(IntakeSession session, IReadOnlyDictionary<string, string> headers, IntakeTotals judged, CancellationToken cancel)
    {
        var (unchanged, conflicts) = _repeats.Rows == 0 ? default : await RepeatsAsync(session, headers, cancel);
        return judged with
        {
            Accepted = _accepted,
            AcceptedWithWarning = _warned,
            Unchanged = unchanged,
            Conflicts = conflicts,
            Late = _late,
            RecordsHash = _accepted + _warned == 0 ? null : Convert.ToHexStringLower(_stored.GetHashAndReset()),
        };
    }

    /// <summary>Rows that contradict the register.</summary>
    public static async Task<IReadOnlySet<int>> ConflictsAsync(IntakeSession session, CancellationToken cancel)
    {
        await using var conflicts = session.Connection.Command("SELECT row FROM core.intake_row WHERE batch_id = $1 AND verdict = 'Conflict'", [new NpgsqlParameter<Guid> { TypedValue = session.Batch.Id }]);
        return (await conflicts.RowsAsync(cancel)).ToHashSet();
    }

    /// <summary>Keeps the sealed cells of rows.</summary>
    public static async Task KeepCellsAsync(IntakeSession session, IReadOnlyList<(int Row, byte[] Cells)> rows, CancellationToken cancel)
    {
        if (rows.Count > 0)
        {
            await session.Connection.ExecuteAsync("UPDATE core.intake_row r SET cells = k.cells FROM unnest($2, $3) k(row, cells) WHERE r.batch_id = $1 AND r.row = k.row",
                cancel,
                [
                    new NpgsqlParameter<Guid> { TypedValue = session.Batch.Id },
                    new NpgsqlParameter<int[]> { TypedValue = [.. rows.Select(row => row.Row)] },
                    new NpgsqlParameter<byte[][]> { TypedValue = [.. rows.Select(row => row.Cells)] },
                ]);
        }
    }

    private async Task<(int Unchanged, int Conflicts)> RepeatsAsync(IntakeSession session, IReadOnlyDictionary<string, string> headers, CancellationToken cancel)
    {
        if (session.Batch.Origin == BatchOrigin.Department)
        {
            var replaced = await _repeats.ReplaceCopiesAsync(session, cancel);
            foreach (var copy in replaced)
            {
                Count(copy.ContentHash, copy.Fate.Verdict, copy.Late);
            }

            await RowFates.WriteAsync(session.Connection, session.Batch.Id, [.. replaced.Select(copy => copy.Fate)], cancel);
        }

        return await _repeats.CompareAsync(session, headers, cancel);
    }

    private async Task<(HashSet<Guid> Held, Dictionary<(string Scheme, string Lookup), Guid> Subjects)> LookUpAsync(
        NpgsqlConnection connection, IReadOnlyList<StagedRow<TRecord>> rows, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"SELECT natural_key FROM core.{table.Table} WHERE natural_key = ANY ($1) AND current")
                {
                    Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. rows.Select(row => row.Key.ToGuid())] } },
                },
                new("SELECT scheme, lookup, subject_id FROM core.subject_identifier WHERE lookup = ANY ($1)")
                {
                    Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. rows.Select(LookupOf).Distinct(StringComparer.Ordinal)] } },
                },
            },
        };
        HashSet<Guid> held = [];
        Dictionary<(string Scheme, string Lookup), Guid> subjects = [];
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            held.Add(reader.GetGuid(0));
        }

        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            subjects[(reader.GetString(0), reader.GetString(1))] = reader.GetGuid(2);
        }

        return (held, subjects);
    }

    private async Task CopyAsync(
        IntakeSession session, IReadOnlyList<StagedRow<TRecord>> rows, Dictionary<(string Scheme, string Lookup), Guid> subjects, CancellationToken cancel)
    {
        await using var copy = await session.Connection.BeginBinaryImportAsync(
            $"COPY core.{table.Table} ({_columns}, subject_id, version, current, catalogue_item, batch_id, department, received_on) FROM STDIN (FORMAT binary)", cancel);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancel);
            table.Write(copy, row, pack);
            if (subjects.Count > 0 && subjects.TryGetValue((row.Record.Counterpart.Identity.Type, LookupOf(row)), out var subject))
            {
                copy.Write(subject);
            }
            else
            {
                copy.WriteNull();
            }

            copy.Write(1);
            copy.Write(true);
            copy.Write(table.Layout.Name);
            copy.Write(session.Batch.Id);
            copy.Write(session.Batch.Department);
            copy.Write(session.Batch.ReceivedOn);
            Count(row.Record.ContentHash, row.Verdict, row.Record.Timing.OnTime == false);
        }

        await copy.CompleteAsync(cancel);
    }

    private void Count(byte[] contentHash, RowVerdict verdict, bool late)
    {
        _stored.AppendData(contentHash);
        _accepted += verdict == RowVerdict.Accepted ? 1 : 0;
        _warned += verdict == RowVerdict.Accepted ? 0 : 1;
        _late += late ? 1 : 0;
    }

    private static string LookupOf(StagedRow<TRecord> row) => row.Record.Counterpart.UnifiedCode ?? row.Secrets.SubjectLookup!;
}
