using System.Text.Json.Nodes;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Merging;
using Credit.Core.Intake.Reading;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Credit.Core.Intake;

/// <summary>A second person decides about a row that contradicts a stored record: a new version, or nothing (I84, I86).</summary>
internal sealed class ResolveConflict : IUseCase
{
    private static readonly Refusal NotOpen = new(
        "row-not-open", "该行没有待处理的事项。", "The row waits for no decision.", Clause.Standard("I86"));

    private static readonly Refusal NotCorrectable = new(
        "row-not-correctable", "该行不能作为更正处理。", "The row cannot be taken as a correction.", Clause.Standard("I86"));

    private static readonly Refusal Busy = new(
        "intake-at-work", "正在处理文件，请稍后再试。", "A file is being taken in; try again shortly.", Clause.Standard("I86"));

    private static readonly Refusal FourEyes = new(
        "four-eyes", "报送人不得确认自己报送的更正。", "Who sent the file does not confirm its corrections.", Clause.Standard("I84"));

    private static readonly Refusal Overtaken = new(
        "stale-version", "该记录已另行更正，请重新核对。", "Another correction of the record came in between: compare it again.", Clause.Standard("I89"));

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/intake/batches/{id:guid}/rows/{row:int}/resolution", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithoutVersionBecause("A row never changes and is decided once; it names the record it contradicts, and another one in force refuses the correction.")
            .WithName(nameof(ResolveConflict))
            .WithSummary("Confirm or dismiss the correction a contradicting row asks for")
            .Produces<RowView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { decision = "Corrected" });

    private static async Task<IResult> HandleAsync(
        Guid id, int row, ResolutionBody body, CreditDbContext db, Caller caller, IEnumerable<IIntakeKind> kinds, PersonVault vault, RegisterPen pen,
        IWorkingCalendar calendar, PolicyPack pack, TimeProvider clock, RegisterSignal signal, CancellationToken cancel)
    {
        if (await db.FindBatchAsync(id, caller, cancel) is not { } batch || batch.Department != caller.Department)
        {
            return TypedResults.NotFound();
        }

        if (batch.SubmittedBy == caller.User)
        {
            return FourEyes.ToProblem();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);

        // Corrections and merges take turns: both look for the version in force.
        if (!await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtext('credit/intake')) AS \"Value\"").SingleAsync(cancel))
        {
            return Busy.ToProblem();
        }

        var stored = await db.IntakeRows.SingleOrDefaultAsync(each => each.BatchId == id && each.Row == row, cancel);
        if (stored is null)
        {
            return TypedResults.NotFound();
        }

        if (stored is not { Verdict: RowVerdict.Conflict, Resolution: null, Cells: { } cells })
        {
            return NotOpen.ToProblem();
        }

        if (body.Decision == Decision.Corrected)
        {
            var kind = kinds.Single(each => each.Layout.Name == batch.Kind);
            var session = new IntakeSession(
                batch,
                new IntakeRun(batch.ReceivedOn, calendar, kind.TermIn(pack), vault),
                (NpgsqlConnection)db.Database.GetDbConnection(),
                () => throw new NotSupportedException("A correction reads one row, not the file."),
                _ => { });
            if (kind is not ICorrectableKind correctable
                || await correctable.CorrectAsync(session, RowFates.Open(row, cells, vault), cancel) is not var (record, replaced))
            {
                return NotCorrectable.ToProblem();
            }

            // What the officer saw beside the row is the record it contradicted; another one in force is not overwritten unseen (I89).
            if (stored.RecordId is { } contradicted && contradicted != replaced)
            {
                return Overtaken.ToProblem();
            }

            if (!correctable.AnnouncesCorrections)
            {
                db.Add(pen.Write(
                    new PublicityRecordCorrected(record, replaced, batch.Kind, batch.Id, row),
                    nameof(PublicityRecord),
                    record,
                    Clause.Standard("I86"),
                    before: new JsonObject { ["Current"] = replaced.ToString() },
                    after: new JsonObject { ["Current"] = record.ToString() }));
            }
        }
        else
        {
            db.Add(pen.Write(
                new CorrectionDismissed(batch.Id, batch.Kind, row),
                nameof(IntakeRow),
                batch.Id,
                Clause.Standard("I86"),
                before: null,
                after: new JsonObject { [nameof(IntakeRow.Row)] = row, [nameof(IntakeRow.Resolution)] = nameof(RowResolution.Dismissed) }));
        }

        stored.Resolution = body.Decision == Decision.Corrected ? RowResolution.Corrected : RowResolution.Dismissed;
        (stored.ResolvedBy, stored.ResolvedAt) = (caller.User, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        signal.Wake();
        return TypedResults.Ok(RowView.Of(stored));
    }

    /// <summary>What is decided.</summary>
    internal enum Decision
    {
        /// <summary>The row is right: a new version is put in force.</summary>
        Corrected,

        /// <summary>The stored record is right.</summary>
        Dismissed,
    }

    /// <summary>A decision.</summary>
    /// <param name="Decision">What is decided.</param>
    internal sealed record ResolutionBody(Decision Decision);
}
