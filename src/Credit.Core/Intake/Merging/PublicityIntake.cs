using System.Threading.Channels;
using Credit.Core.Intake.Reading;
using Credit.Core.Intake.Records;
using Credit.Core.Store;
using Credit.Domain.Policy;

namespace Credit.Core.Intake.Merging;

/// <summary>
/// Takes in records of the double publicity: rows are judged on one thread while the chunk before is merged on another
/// (R-3.1.1.b, R-3.1.4.a, I86, I88).
/// </summary>
internal abstract class PublicityIntake<TRecord>(PublicityTable<TRecord> table, PersonVault vault, PolicyPack pack) : ICorrectableKind
    where TRecord : PublicityRecord
{
    private const int ChunkRows = 2000;

    public Layout Layout => table.Layout;

    public async Task<IntakeTotals> TakeInAsync(IntakeSession session, CancellationToken cancel)
    {
        using var sheet = session.OpenSheet();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var chunks = Channel.CreateBounded<Chunk>(new BoundedChannelOptions(2) { SingleReader = true, SingleWriter = true });
        var judging = Task.Run(() => JudgeAsync(session, sheet, chunks.Writer, stop.Token), CancellationToken.None);
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        var totals = new IntakeTotals();
        var merge = new PublicityMerge<TRecord>(table, pack);
        try
        {
            await foreach (var chunk in chunks.Reader.ReadAllAsync(cancel))
            {
                var listed = await merge.AddAsync(session, chunk.Staged, cancel);
                await RowFates.WriteAsync(session.Connection, session.Batch.Id, [.. chunk.Fates, .. listed], cancel);
                totals = totals with
                {
                    Quarantined = totals.Quarantined + chunk.Fates.Count(fate => fate.Verdict == RowVerdict.Quarantined),
                    Rejected = totals.Rejected + chunk.Fates.Count(fate => fate.Verdict == RowVerdict.Rejected),
                };
                foreach (var (field, header) in chunk.Headers)
                {
                    headers[field] = header;
                }

                session.Progress(chunk.RowsRead);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await judging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        totals = await merge.FinishAsync(session, headers, totals, cancel);
        await KeepCellsOfConflictsAsync(session, totals.Conflicts, cancel);
        return totals with { BlankRows = sheet.BlankRows, Findings = [.. sheet.Findings.Where(finding => finding.Code == FileCodes.NoDataRows)] };
    }

    public async Task<IReadOnlyList<int>> ReleaseAsync(IntakeSession session, IReadOnlyList<RawRow> rows, CancellationToken cancel)
    {
        var chunk = new Chunk();
        Judge(session, rows, [], chunk);
        if (chunk.Staged.Count == 0)
        {
            return [];
        }

        var waiting = new StagingTable<TRecord>(table, pack);
        await waiting.AddAsync(session.Connection, [.. chunk.Staged.Where(row => row.IsFirst)], cancel);
        var stored = await waiting.InsertAsync(session, cancel);
        await waiting.EndAsync(session.Connection, cancel);
        return stored;
    }

    public async Task<(Guid Record, Guid Replaced)?> CorrectAsync(IntakeSession session, RawRow row, CancellationToken cancel)
    {
        var chunk = new Chunk();
        Judge(session, [row], [], chunk);
        if (chunk.Staged.Count == 0)
        {
            return null;
        }

        var correction = new StagingTable<TRecord>(table, pack);
        await correction.AddAsync(session.Connection, chunk.Staged, cancel);
        return await correction.ReplaceAsync(session, cancel);
    }

    private async Task JudgeAsync(IntakeSession session, SheetReader sheet, ChannelWriter<Chunk> chunks, CancellationToken cancel)
    {
        try
        {
            HashSet<NaturalKey> seen = [];
            foreach (var rows in sheet.Rows().Chunk(ChunkRows))
            {
                cancel.ThrowIfCancellationRequested();
                var chunk = new Chunk { RowsRead = sheet.RowsRead };
                Judge(session, rows, seen, chunk);
                await chunks.WriteAsync(chunk, cancel);
            }

            chunks.Complete();
        }
        catch (Exception fault)
        {
            chunks.Complete(fault);
        }
    }

    private void Judge(IntakeSession session, IReadOnlyList<RawRow> rows, HashSet<NaturalKey> seen, Chunk chunk)
    {
        foreach (var raw in rows)
        {
            var row = table.Read(raw, session.Run);
            if (row.Record is { } record && row.Verdict is RowVerdict.Accepted or RowVerdict.AcceptedWithWarning)
            {
                var key = NaturalKey.Of(record.Key, vault);
                chunk.Staged.Add(new(Guid.CreateVersion7(), raw.Number, record, key, seen.Add(key), row.Verdict, row.Issues, table.SecretsOf(record, vault)));
            }
            else
            {
                var timing = row.Record?.Timing ?? default;
                chunk.Fates.Add(new RowFate(raw.Number, row.Verdict, row.Issues)
                {
                    Due = timing.Due,
                    OnTime = timing.OnTime,
                    Cells = RowFates.Seal(raw, vault),
                });
            }
        }

        if (rows.Count > 0 && rows[0].Cells is FieldCells cells)
        {
            for (var ordinal = 0; ordinal < Layout.Fields.Count; ordinal++)
            {
                if (cells.Columns.HeaderOf(ordinal) is { } header)
                {
                    chunk.Headers[Layout.Fields[ordinal].Code] = header;
                }
            }
        }
    }

    // Which rows contradict the register is known only after the merge; the file is there to read those few again.
    private async Task KeepCellsOfConflictsAsync(IntakeSession session, int conflicts, CancellationToken cancel)
    {
        if (conflicts == 0)
        {
            return;
        }

        var open = await PublicityMerge<TRecord>.ConflictsAsync(session, cancel);
        using var sheet = session.OpenSheet();
        List<(int Row, byte[] Cells)> kept = [];
        foreach (var raw in sheet.Rows().Where(raw => open.Contains(raw.Number)))
        {
            kept.Add((raw.Number, RowFates.Seal(raw, vault)));
            if (kept.Count == ChunkRows)
            {
                await PublicityMerge<TRecord>.KeepCellsAsync(session, kept, cancel);
                kept.Clear();
            }
        }

        await PublicityMerge<TRecord>.KeepCellsAsync(session, kept, cancel);
    }

    private sealed class Chunk
    {
        public int RowsRead { get; init; }

        public List<StagedRow<TRecord>> Staged { get; } = [];

        public List<RowFate> Fates { get; } = [];

        public Dictionary<string, string> Headers { get; } = new(StringComparer.Ordinal);
    }
}
