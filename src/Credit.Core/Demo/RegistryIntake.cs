using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Credit.Core.Http;
using Credit.Core.Intake;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Demo;

/// <summary>Takes in the registry and the weekly files: set-based, each lot in one transaction, every batch with its row and its log entry (I88, I90).</summary>
internal sealed class RegistryIntake(IServiceProvider services, DemoDistrict district)
{
    private const int Lot = 5000;

    private readonly PersonVault _vault = services.GetRequiredService<PersonVault>();
    private readonly PolicyPack _pack = services.GetRequiredService<PolicyPack>();
    private readonly TimeProvider _clock = services.GetRequiredService<TimeProvider>();
    private readonly RegisterSignal _signal = services.GetRequiredService<RegisterSignal>();
    private readonly NpgsqlDataSource _source = services.GetRequiredService<NpgsqlDataSource>();
    private readonly DecisionRows _rows = new(
        services.GetRequiredService<Reference.DepartmentDirectory>(),
        services.GetRequiredService<IWorkingCalendar>(),
        services.GetRequiredService<PolicyPack>(),
        services.GetRequiredService<PersonVault>());

    /// <summary>The registry: one batch for each registrar, all in one transaction, so that half a registry is never seen.</summary>
    public async Task TakeSubjectsAsync(CancellationToken cancel)
    {
        await using var connection = await _source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var sent in district.Subjects.GroupBy(subject => subject.Registrar))
        {
            foreach (var lot in sent.Chunk(Lot))
            {
                await CopyAsync(transaction, sent.Key, db => db.AddRange(lot.Select(SubjectOf)), cancel);
            }

            var batch = _rows.BatchOf("subjects", sent.Key, _clock.GetUtcNow(), [.. sent.Select(_rows.LineOf)], late: 0, Guid.CreateVersion7(_clock.GetUtcNow()));
            await CopyAsync(transaction, sent.Key, db => AddBatch(db, batch, recordsHash: null), cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    /// <summary>The files of one Friday: one batch for each department and kind.</summary>
    public async Task TakeFilesAsync(IReadOnlyCollection<DemoDecision> received, CancellationToken cancel)
    {
        await using var connection = await _source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await CopyAsync(
            transaction,
            received.First().Department,
            db =>
            {
                foreach (var file in received.GroupBy(decision => (decision.Department, Kind: decision is DemoPenalty ? "penalties" : "licences")))
                {
                    AddFile(db, file.Key.Kind, file.Key.Department, [.. file]);
                }
            },
            cancel);
        await transaction.CommitAsync(cancel);
    }

    private void AddFile(CreditDbContext db, string kind, string department, IReadOnlyCollection<DemoDecision> file)
    {
        var batch = Guid.CreateVersion7(_clock.GetUtcNow());
        var records = file.Select((decision, index) => _rows.RecordOf(decision, batch, row: index + 2)).ToArray();
        var late = records.Where(record => record.Late).ToArray();
        AddBatch(
            db,
            _rows.BatchOf(kind, department, _clock.GetUtcNow(), [.. file.Select(_rows.LineOf)], late.Length, batch),
            Convert.ToHexStringLower(SHA256.HashData([.. records.SelectMany(record => record.ContentHash)])));
        db.AddRange(records);
        db.AddRange(late.Select(record => new IntakeRow
        {
            BatchId = batch,
            Row = record.Row,
            Verdict = RowVerdict.Accepted,
            RecordId = record.Id,
            Due = record.Due,
            OnTime = false,
        }));
    }

    // Subjects announce themselves; records of the double publicity are vouched for by one hash over the batch.
    private void AddBatch(CreditDbContext db, IntakeBatch batch, string? recordsHash)
    {
        var pen = new RegisterPen(new Actor(new Caller(DemoCaller.System(batch.Department))), _pack, _clock);
        db.Add(batch);
        db.Add(pen.Write(
            new BatchCompleted(batch.Id, batch.Kind, batch.Department, batch.RowsRead, batch.Accepted, recordsHash),
            nameof(IntakeBatch),
            batch.Id,
            Clause.R("3.1.1.b"),
            before: null,
            new JsonObject
            {
                [nameof(IntakeBatch.Accepted)] = batch.Accepted,
                [nameof(IntakeBatch.AcceptedWithWarning)] = batch.AcceptedWithWarning,
                [nameof(IntakeBatch.Conflicts)] = batch.Conflicts,
                [nameof(IntakeBatch.Late)] = batch.Late,
                [nameof(IntakeBatch.Quarantined)] = batch.Quarantined,
                [nameof(IntakeBatch.Rejected)] = batch.Rejected,
                [nameof(IntakeBatch.RowsRead)] = batch.RowsRead,
                [nameof(IntakeBatch.Unchanged)] = batch.Unchanged,
            }));
    }

    private async Task CopyAsync(NpgsqlTransaction transaction, string department, Action<CreditDbContext> add, CancellationToken cancel)
    {
        var actor = new Actor(new Caller(DemoCaller.System(department)));
        var options = new DbContextOptionsBuilder<CreditDbContext>()
            .UseNpgsql(transaction.Connection!)
            .UseSnakeCaseNamingConvention()
            .AddInterceptors(new RegisterInterceptor(actor, _pack, _clock, _signal), new CopyInsteadOfInsert())
            .Options;
        await using var db = new CreditDbContext(options);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await db.Database.UseTransactionAsync(transaction, cancel);
        add(db);
        await db.SaveChangesAsync(cancel);
    }

    private Subject SubjectOf(DemoSubject made)
    {
        var since = made.EstablishedOn ?? district.Plan.Start;
        var identifier = made.IdentityNumber is { } number ? Sealed(number, since) : SubjectIdentifier.Plain(SubjectIdentifier.Uscc, made.Code!, since);
        return Subject.Register(
            made.Kind,
            made.Name,
            new SubjectParticulars
            {
                Id = made.Id,
                LegalRepresentative = made.LegalRepresentative,
                Registrar = _rows.NameOf(made.Registrar),
                Area = "370811",
                Town = made.Town,
                Industry = made.Trade?.Industry,
                EstablishedOn = made.EstablishedOn,
                Status = made.Status,
            },
            Clause.R("3.1.1.a"),
            identifier);
    }

    private SubjectIdentifier Sealed(string number, DateOnly since)
    {
        var scheme = PersonIdentifiers.ResidentIdentityCard.Key;
        return SubjectIdentifier.Sealed(scheme, _vault.Lookup(scheme, number), _vault.Seal(number), MaskedIdentifier.Of(number).ToString(), since);
    }
}
