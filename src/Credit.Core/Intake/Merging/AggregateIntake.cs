using System.Text.Json;
using Credit.Core.Intake.Reading;
using Credit.Core.Intake.Records;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Intake.Merging;

/// <summary>A row that alone is good.</summary>
/// <param name="Raw">As read.</param>
/// <param name="Read">As judged; has a record.</param>
/// <param name="Key">What makes rows speak of the same thing.</param>
internal sealed record Candidate<TRecord>(RawRow Raw, ReadRow<TRecord> Read, NaturalKey Key)
    where TRecord : IntakeRecord
{
    public TRecord Record => Read.Record!;

    /// <summary>The fate that follows from the row alone.</summary>
    public RowFate Fate => new(Raw.Number, Read.Verdict, Read.Issues) { Due = Record.Timing.Due, OnTime = Record.Timing.OnTime };

    /// <summary>The row with one more finding.</summary>
    public RowFate With(RowVerdict verdict, string code, string field, Refusal? reason = null)
    {
        var column = Raw.Cells is FieldCells cells ? cells.Columns.HeaderOf(Record.Layout.Ordinal(field)) : Raw.Cells.ContainsKey(field) ? field : null;
        return Fate with
        {
            Verdict = verdict > Read.Verdict ? verdict : Read.Verdict,
            Issues = [.. Read.Issues, new RowIssue(code, field, column, verdict) { Reason = reason }],
        };
    }
}

/// <summary>
/// Takes in rows that become aggregates of the domain: the domain decides row by row in memory, over what one query per chunk
/// brought in; what it decided is saved chunk by chunk in the batch's transaction, with its entries in the log.
/// </summary>
internal abstract class AggregateIntake<TRecord>(CreditDbContext db, PersonVault vault, Layout layout) : IIntakeKind
    where TRecord : IntakeRecord
{
    private const int ChunkRows = 500;

    public Layout Layout => layout;

    public virtual CatalogueItem? ItemIn(PolicyPack policy) => policy.Catalogue.SingleOrDefault(item => item.Key == layout.Name);

    public virtual WorkingDays TermIn(PolicyPack policy) => policy.ReportingTermOf(layout.Name);

    /// <summary>The register.</summary>
    protected CreditDbContext Db => db;

    /// <summary>Keys and seals.</summary>
    protected PersonVault Vault => vault;

    public async Task<IntakeTotals> TakeInAsync(IntakeSession session, CancellationToken cancel)
    {
        using var sheet = session.OpenSheet();
        var totals = new IntakeTotals();
        foreach (var rows in sheet.Rows().Chunk(ChunkRows))
        {
            cancel.ThrowIfCancellationRequested();
            db.ChangeTracker.Clear();
            var fates = await TakeInAsync(session, rows, cancel);
            await RowFates.WriteAsync(session.Connection, session.Batch.Id, [.. fates.Where(fate => fate.IsListed)], cancel);
            totals = Add(totals, fates);
            session.Progress(sheet.RowsRead);
        }

        return totals with { BlankRows = sheet.BlankRows, Findings = [.. sheet.Findings.Where(finding => finding.Code == FileCodes.NoDataRows)] };
    }

    public async Task<IReadOnlyList<int>> ReleaseAsync(IntakeSession session, IReadOnlyList<RawRow> rows, CancellationToken cancel) =>
        [.. (await TakeInAsync(session, rows, cancel)).Where(fate => fate.Verdict is RowVerdict.Accepted or RowVerdict.AcceptedWithWarning or RowVerdict.Unchanged).Select(fate => fate.Row)];

    /// <summary>Judges a row alone.</summary>
    protected abstract ReadRow<TRecord> Read(RawRow raw, IntakeSession session);

    /// <summary>What makes two rows speak of the same thing.</summary>
    protected abstract NaturalKey KeyOf(TRecord record);

    /// <summary>Brings in, set-based, what the decisions about these rows need.</summary>
    protected abstract Task PrepareAsync(IntakeSession session, IReadOnlyList<Candidate<TRecord>> rows, IReadOnlyDictionary<string, IntakeTrace> traces, CancellationToken cancel);

    /// <summary>Decides about a row that is new, or that says something else than before.</summary>
    /// <param name="session">The batch.</param>
    /// <param name="row">The row.</param>
    /// <param name="before">What the same key brought before; null when it is new.</param>
    /// <returns>The fate; its record is what was stored or changed.</returns>
    protected abstract RowFate Decide(IntakeSession session, Candidate<TRecord> row, IntakeTrace? before);

    /// <summary>A row that contradicts what was taken in, with every field in which it differs.</summary>
    protected RowFate Conflict(Candidate<TRecord> row, IntakeTrace before)
    {
        var stored = JsonSerializer.Deserialize<string?[]>(vault.Open(before.Content), RegisterInterceptor.Json)!;
        var given = row.Record.Normalised();
        var cells = row.Raw.Cells as FieldCells;
        RowIssue[] issues =
        [
            .. Enumerable.Range(0, given.Length).Where(ordinal => given[ordinal] != stored[ordinal]).Select(ordinal => new RowIssue(
                RowFates.DuplicateDiffers, layout.Fields[ordinal].Code, cells?.Columns.HeaderOf(ordinal), RowVerdict.Conflict)),
        ];
        return row.Fate with
        {
            Verdict = RowVerdict.Conflict,
            Issues = issues,
            RecordId = before.RecordId,
            RelatedRow = before.Row,
            RelatedBatchId = before.BatchId,
        };
    }

    private async Task<List<RowFate>> TakeInAsync(IntakeSession session, IReadOnlyList<RawRow> rows, CancellationToken cancel)
    {
        List<RowFate> fates = [];
        List<Candidate<TRecord>> candidates = [];
        foreach (var raw in rows)
        {
            var read = Read(raw, session);
            if (read.Record is not null && read.Verdict is RowVerdict.Accepted or RowVerdict.AcceptedWithWarning)
            {
                candidates.Add(new(raw, read, KeyOf(read.Record!)));
            }
            else
            {
                fates.Add(new(raw.Number, read.Verdict, read.Issues)
                {
                    Due = read.Record?.Timing.Due,
                    OnTime = read.Record?.Timing.OnTime,
                    Cells = RowFates.Seal(raw, vault),
                });
            }
        }

        var keys = candidates.Select(candidate => candidate.Key.ToString()).Distinct().ToArray();
        var traces = await db.IntakeTraces.Where(trace => trace.Kind == layout.Name && keys.Contains(trace.Key)).ToDictionaryAsync(trace => trace.Key, cancel);
        await PrepareAsync(session, candidates, traces, cancel);
        fates.AddRange(candidates.Select(candidate => TakeIn(session, candidate, traces)));
        await db.SaveChangesAsync(cancel);
        return fates;
    }

    private RowFate TakeIn(IntakeSession session, Candidate<TRecord> row, Dictionary<string, IntakeTrace> traces)
    {
        var before = traces.GetValueOrDefault(row.Key.ToString());
        if (before is not null && before.ContentHash.AsSpan().SequenceEqual(row.Record.ContentHash))
        {
            return row.Fate with
            {
                Verdict = RowVerdict.Unchanged,
                Issues = [new(RowFates.DuplicateIdentical, "", null, RowVerdict.Unchanged)],
                RecordId = before.RecordId,
                RelatedRow = before.Row,
                RelatedBatchId = before.BatchId,
            };
        }

        var fate = Decide(session, row, before);
        if (fate.Verdict is not (RowVerdict.Accepted or RowVerdict.AcceptedWithWarning))
        {
            return fate with { Cells = RowFates.Seal(row.Raw, vault) };
        }

        Remember(session, row, fate, before, traces);
        return fate;
    }

    private void Remember(IntakeSession session, Candidate<TRecord> row, RowFate fate, IntakeTrace? before, Dictionary<string, IntakeTrace> traces)
    {
        var content = vault.Seal(JsonSerializer.SerializeToUtf8Bytes(row.Record.Normalised(), RegisterInterceptor.Json));
        if (before is null)
        {
            var trace = new IntakeTrace
            {
                Kind = layout.Name,
                Key = row.Key.ToString(),
                ContentHash = row.Record.ContentHash,
                Content = content,
                RecordId = fate.RecordId!.Value,
                BatchId = session.Batch.Id,
                Row = row.Raw.Number,
            };
            db.Add(trace);
            traces.Add(trace.Key, trace);
        }
        else
        {
            (before.ContentHash, before.Content) = (row.Record.ContentHash, content);
            (before.BatchId, before.Row) = (session.Batch.Id, row.Raw.Number);
        }
    }

    private static IntakeTotals Add(IntakeTotals totals, List<RowFate> fates)
    {
        int Of(RowVerdict verdict) => fates.Count(fate => fate.Verdict == verdict);
        return totals with
        {
            Accepted = totals.Accepted + Of(RowVerdict.Accepted),
            AcceptedWithWarning = totals.AcceptedWithWarning + Of(RowVerdict.AcceptedWithWarning),
            Unchanged = totals.Unchanged + Of(RowVerdict.Unchanged),
            Conflicts = totals.Conflicts + Of(RowVerdict.Conflict),
            Quarantined = totals.Quarantined + Of(RowVerdict.Quarantined),
            Rejected = totals.Rejected + Of(RowVerdict.Rejected),
            Late = totals.Late + fates.Count(fate => fate.OnTime == false && fate.Verdict is RowVerdict.Accepted or RowVerdict.AcceptedWithWarning),
        };
    }
}
