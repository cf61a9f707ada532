using System.Text.Json.Nodes;
using Credit.Abstractions;
using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Merging;
using Credit.Core.Intake.Reading;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Credit.Core.Intake;

/// <summary>A code was confirmed: the rows that waited for it are taken in, as of the day they came (architecture §13). A second run finds none left.</summary>
internal sealed class ReleaseRows(
    CreditDbContext db, IEnumerable<IIntakeKind> kinds, PersonVault vault, RegisterPen pen, IWorkingCalendar calendar, PolicyPack pack, TimeProvider clock)
    : IHandle<SubjectCodeChanged>
{
    public async Task HandleAsync(SubjectCodeChanged announced, CancellationToken cancel)
    {
        var code = announced.NewCode;
        if (!await db.Subjects.AnyAsync(subject => subject.Id == announced.SubjectId && subject.Code == code && subject.CodeStanding == CodeStanding.Confirmed, cancel))
        {
            return;
        }

        // A file being taken in holds nobody else up: these rows wait a little longer.
        if (!await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtext('credit/intake')) AS \"Value\"").SingleAsync(cancel))
        {
            throw new NotYetException();
        }

        var waiting = await db.IntakeRows
            .Where(row => row.Verdict == RowVerdict.Quarantined && row.Resolution == null && row.Cells != null)
            .OrderBy(row => row.BatchId).ThenBy(row => row.Row).ToListAsync(cancel);
        var opened = waiting.Select(row => (row, raw: RowFates.Open(row.Row, row.Cells!, vault)))
            .Where(each => each.raw.Cells.Values.Any(cell => cell is not null && UnifiedCreditCode.Normalise(cell) == code))
            .GroupBy(each => each.row.BatchId).ToArray();
        foreach (var rows in opened)
        {
            await ReleaseAsync(rows.Key, [.. rows], code, cancel);
        }
    }

    private async Task ReleaseAsync(Guid batchId, IReadOnlyList<(IntakeRow Row, RawRow Raw)> rows, string code, CancellationToken cancel)
    {
        var batch = await db.Batches.AsNoTracking().SingleAsync(each => each.Id == batchId, cancel);
        var kind = kinds.Single(each => each.Layout.Name == batch.Kind);
        var session = new IntakeSession(
            batch,
            new IntakeRun(batch.ReceivedOn, calendar, kind.TermIn(pack), vault, new HashSet<string> { code }),
            (NpgsqlConnection)db.Database.GetDbConnection(),
            () => throw new NotSupportedException("Released rows are at hand, not in the file."),
            _ => { });
        var released = await kind.ReleaseAsync(session, [.. rows.Select(row => row.Raw)], cancel);
        if (released.Count == 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        await db.IntakeRows.Where(row => row.BatchId == batchId && released.Contains(row.Row)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Resolution, RowResolution.Released).SetProperty(row => row.ResolvedAt, now), cancel);
        db.Add(pen.Write(
            new RowsReleased(batchId, batch.Kind, released.Count),
            nameof(IntakeBatch),
            batchId,
            Clause.R("3.1.3.c"),
            before: null,
            after: new JsonObject { ["Released"] = new JsonArray([.. released.Order().Select(row => (JsonNode)row)]) }));
        await db.SaveChangesAsync(cancel);
    }
}
