using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Reading;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Credit.Core.Intake;

/// <summary>
/// Takes in stored batches, oldest first, each in one transaction: a host killed in the middle leaves nothing behind, and the
/// batch is taken up again. One batch is merged at a time in the whole district, because the order of batches decides which
/// row is the first and which the repeat.
/// </summary>
internal sealed partial class TakeInBatches(
    StoreSources sources, IServiceScopeFactory scopes, PersonVault vault, IWorkingCalendar calendar, PolicyPack pack, TimeProvider clock, RegisterSignal signal,
    ILogger<TakeInBatches> log)
{
    /// <summary>Faults of ours after which a batch is given up, visibly.</summary>
    public const int Tries = 3;

    /// <summary>Takes in everything that waits. Returns how many batches were finished; 0 also when another host is at it.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancel)
    {
        var done = 0;
        while (await NextAsync(cancel))
        {
            done++;
        }

        return done;
    }

    private async Task<bool> NextAsync(CancellationToken cancel)
    {
        await using var turn = await sources.Application.OpenConnectionAsync(cancel);
        await using (var take = new NpgsqlCommand("SELECT pg_try_advisory_lock(hashtext('credit/intake'))", turn))
        {
            if (await take.ExecuteScalarAsync(cancel) is not true)
            {
                return false;
            }
        }

        try
        {
            await using var oldest = new NpgsqlCommand("SELECT id FROM core.intake_batch WHERE state IN ('Received', 'Reading') ORDER BY id LIMIT 1", turn);
            if (await oldest.ExecuteScalarAsync(cancel) is not Guid id)
            {
                return false;
            }

            await TakeInAsync(id, turn, cancel);
            return true;
        }
        finally
        {
            await using var give = new NpgsqlCommand("SELECT pg_advisory_unlock(hashtext('credit/intake'))", turn);
            await give.ExecuteScalarAsync(CancellationToken.None);
        }
    }

    private async Task TakeInAsync(Guid id, NpgsqlConnection turn, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        var batch = await db.Batches.AsNoTracking().SingleAsync(each => each.Id == id, cancel);
        try
        {
            await MergeAsync(scope.ServiceProvider, db, batch, turn, cancel);
        }
        catch (SheetUnreadableException unreadable)
        {
            await RefuseAsync(id, unreadable.Code, cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested && fault is not NpgsqlException { IsTransient: true })
        {
            Failed(log, id, fault.GetType().Name);
            if (batch.Faults + 1 < Tries)
            {
                await ExecuteAsync(turn, "UPDATE core.intake_batch SET faults = faults + 1 WHERE id = $1", [new NpgsqlParameter<Guid> { TypedValue = id }], cancel);
                throw;
            }

            await RefuseAsync(id, FileCodes.IntakeFailed, cancel);
        }
    }

    private async Task MergeAsync(IServiceProvider services, CreditDbContext db, IntakeBatch batch, NpgsqlConnection turn, CancellationToken cancel)
    {
        var kind = services.GetServices<IIntakeKind>().Single(each => each.Layout.Name == batch.Kind);
        services.GetRequiredService<Actor>().ActFor(batch.SubmittedBy, batch.Department);
        var confirmed = await db.Subjects.Where(subject => subject.CodeStanding == CodeStanding.Confirmed).Select(subject => subject.Code!).ToListAsync(cancel);
        await using var file = new SealedFile(sources.Application, vault, batch.Id, batch.Size);
        using var first = SheetReader.Open(file, batch.FileName, kind.Layout);
        await ShowAsync(turn, batch.Id, first.Findings, cancel);
        if (first.Refused)
        {
            await RefuseAsync(batch.Id, first.Findings.First(finding => finding.Refuses).Code, cancel);
            return;
        }

        // Opening reads the whole file once to tell its encoding; only who reads it twice opens it again.
        SheetReader? unread = first;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var session = new IntakeSession(
            batch,
            new IntakeRun(batch.ReceivedOn, calendar, kind.TermIn(pack), vault, confirmed.ToHashSet(StringComparer.Ordinal)),
            (NpgsqlConnection)db.Database.GetDbConnection(),
            () => Interlocked.Exchange(ref unread, null) ?? SheetReader.Open(file, batch.FileName, kind.Layout),
            new ShownProgress(turn, batch.Id, clock).Show);
        var totals = await kind.TakeInAsync(session, cancel);
        await FinishAsync(services, db, batch.Id, totals, cancel);
        await transaction.CommitAsync(cancel);
        signal.Wake();
    }

    private async Task FinishAsync(IServiceProvider services, CreditDbContext db, Guid id, IntakeTotals totals, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var batch = await db.Batches.SingleAsync(each => each.Id == id, cancel);
        (batch.Accepted, batch.AcceptedWithWarning, batch.Unchanged) = (totals.Accepted, totals.AcceptedWithWarning, totals.Unchanged);
        (batch.Conflicts, batch.Quarantined, batch.Rejected) = (totals.Conflicts, totals.Quarantined, totals.Rejected);
        (batch.RowsRead, batch.BlankRows, batch.Late) = (totals.Rows, totals.BlankRows, totals.Late);
        (batch.State, batch.CompletedAt) = (BatchState.Completed, clock.GetUtcNow());
        if (totals.Findings.Count > 0)
        {
            batch.Findings = FindingsOf([.. JsonSerializer.Deserialize<FileFinding[]>(batch.Findings, RegisterInterceptor.Json)!, .. totals.Findings]);
        }

        var sums = new JsonObject
        {
            [nameof(IntakeBatch.Accepted)] = batch.Accepted,
            [nameof(IntakeBatch.AcceptedWithWarning)] = batch.AcceptedWithWarning,
            [nameof(IntakeBatch.Conflicts)] = batch.Conflicts,
            [nameof(IntakeBatch.Late)] = batch.Late,
            [nameof(IntakeBatch.Quarantined)] = batch.Quarantined,
            [nameof(IntakeBatch.Rejected)] = batch.Rejected,
            [nameof(IntakeBatch.RowsRead)] = batch.RowsRead,
            [nameof(IntakeBatch.Unchanged)] = batch.Unchanged,
        };
        db.Add(services.GetRequiredService<RegisterPen>().Write(
            new BatchCompleted(batch.Id, batch.Kind, batch.Department, totals.Rows, totals.Stored, totals.RecordsHash),
            nameof(IntakeBatch),
            batch.Id,
            Clause.R("3.1.1.b"),
            before: null,
            sums));
        await db.SaveChangesAsync(cancel);
    }

    // Progress is written outside the transaction, so that it is seen while the file is read.
    private static Task ShowAsync(NpgsqlConnection turn, Guid id, IReadOnlyList<FileFinding> findings, CancellationToken cancel) => ExecuteAsync(
        turn,
        "UPDATE core.intake_batch SET state = 'Reading', rows_read = 0, findings = $2::jsonb WHERE id = $1",
        [new NpgsqlParameter<Guid> { TypedValue = id }, new NpgsqlParameter<string> { TypedValue = FindingsOf(findings) }],
        cancel);

    private async Task RefuseAsync(Guid id, string code, CancellationToken cancel)
    {
        // A scope of its own: what the broken one was about to save is not saved with this.
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        var batch = await db.Batches.SingleAsync(each => each.Id == id, cancel);
        scope.ServiceProvider.GetRequiredService<Actor>().ActFor(batch.SubmittedBy, batch.Department);
        (batch.State, batch.RefusedBecause, batch.RowsRead, batch.CompletedAt) = (BatchState.Refused, code, 0, clock.GetUtcNow());
        db.Add(scope.ServiceProvider.GetRequiredService<RegisterPen>().Write(
            new BatchRefused(batch.Id, batch.Kind, batch.Department, code),
            nameof(IntakeBatch),
            batch.Id,
            Clause.R("3.1.1.b"),
            before: null,
            after: new JsonObject { [nameof(IntakeBatch.RefusedBecause)] = code }));
        await db.SaveChangesAsync(cancel);
        signal.Wake();
    }

    private static string FindingsOf(IReadOnlyList<FileFinding> findings) => JsonSerializer.Serialize(findings, RegisterInterceptor.Json);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancel);
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Error, Message = "Batch {Batch} could not be taken in: {Failure}")]
    private static partial void Failed(ILogger logger, Guid batch, string failure);
}
