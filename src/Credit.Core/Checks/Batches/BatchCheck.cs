using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Credit.Core.Checks.Index;
using Credit.Core.Http;
using Credit.Core.Receipts;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Credit.Core.Checks.Batches;

/// <summary>
/// Checks many subjects for one matter (R-3.1.6.a): all rows are read in one state of the register, and the batch has one query number. What
/// was told is kept before it is sent: the head as the receipt, a hash of each row, and the rows.
/// </summary>
internal sealed class BatchCheck(
    CreditDbContext db, Caller caller, TimeProvider clock, SubjectIdentities identities, CheckIndex index, CheckIndexSignal behind, RegisterReading register,
    CheckMeters meters, ErrorCatalogue catalogue, ReceiptSeal seal, IOptions<JsonOptions> json)
{
    // Rows looked up at once.
    private const int Chunk = 5_000;

    // Bytes packed at once: packing row by row costs more than the rows.
    private const int Packed = 60 * 1024;

    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    /// <summary>Answers and keeps.</summary>
    /// <param name="question">What is asked; its purpose and matter are there.</param>
    /// <param name="rows">Whom it is asked about.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<KeptBatch> AskAsync(BatchQuestion question, AskedRows rows, CancellationToken cancel)
    {
        var today = clock.Today();
        var asked = new HitQuestion(question.Matter!, caller.Department!, question.ValidAt ?? today, today);
        var kept = await FromIndexAsync(question, asked, rows, cancel) ?? await FromRegisterAsync(question, asked, rows, cancel);
        meters.Answered(kept.Source, rows.Count);
        return kept;
    }

    // Nothing was committed since the state in memory when the answer began: of that instant it is the answer, however long it takes.
    private async Task<KeptBatch?> FromIndexAsync(BatchQuestion question, HitQuestion asked, AskedRows rows, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        Told told;
        DateTimeOffset asOf;
        if (index.TryRead(asked.Today, asked.ValidAt) is not { } reading)
        {
            return null;
        }

        using (reading)
        {
            asOf = clock.GetUtcNow();
            if (!await KeptReceipts.IsFreshAsync(db, reading.Stamp.Snapshot, cancel))
            {
                behind.Wake();
                return null;
            }

            told = await TellAsync(reading, asked, rows, cancel);
        }

        var kept = await KeepAsync(question, asked, rows, told, asOf, exact: true, CheckSource.Index, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return kept;
    }

    private async Task<KeptBatch> FromRegisterAsync(BatchQuestion question, HitQuestion asked, AskedRows rows, CancellationToken cancel)
    {
        await using var snapshot = await register.OpenAsync(cancel);
        var asOf = clock.GetUtcNow();
        var told = await TellAsync(snapshot.Source, asked, rows, cancel);
        var kept = await KeepAsync(question, asked, rows, told, asOf, await snapshot.Source.IsExactAsync(told.Subjects, cancel), CheckSource.Sql, cancel);
        await db.SaveChangesAsync(cancel);
        await snapshot.Transaction.CommitAsync(cancel);
        return kept;
    }

    private async Task<Told> TellAsync(IHitSource source, HitQuestion asked, AskedRows rows, CancellationToken cancel)
    {
        var told = new Told(source.Position, rows.Named.Count);
        var text = new ArrayBufferWriter<byte>(Packed + 4096);
        using (var packed = new GZipStream(told.Answer, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var first = 0; first < rows.Named.Count; first += Chunk)
            {
                SubjectIdentifier?[] chunk = [.. rows.Named.Skip(first).Take(Chunk)];
                var found = new Queue<Guid?>(await source.ResolveAsync([.. chunk.OfType<SubjectIdentifier>()], cancel));
                Guid[] known = [.. found.OfType<Guid>().Distinct()];
                var hits = await source.FindAsync(known, asked, cancel);
                var standing = await source.StandAsync(known, asked, cancel);
                for (var row = first; row < first + chunk.Length; row++)
                {
                    if (chunk[row - first] is { } named)
                    {
                        var id = found.Dequeue();
                        TellRow(told, text, named, id is { } one
                            ? new(row, id, hits[one].Any(hit => hit.Restricts), [.. hits[one]], standing[one])
                            : new(row, null, Restricted: false, [], Standing: null));
                    }
                    else
                    {
                        TellFault(told, text, row, rows.FaultsOf(row));
                    }

                    if (text.WrittenCount >= Packed)
                    {
                        packed.Write(text.WrittenSpan);
                        text.ResetWrittenCount();
                    }
                }
            }

            packed.Write(text.WrittenSpan);
        }

        return told;
    }

    private void TellRow(Told told, ArrayBufferWriter<byte> text, SubjectIdentifier named, SubjectVerdict verdict)
    {
        var begins = text.WrittenCount;
        CheckRowText.Write(text, verdict);
        told.Count(verdict, verdict.SubjectId is null ? identities.KeyedLookup(named) : null);
        EndRow(told, text, verdict.Index, begins);
    }

    private void TellFault(Told told, ArrayBufferWriter<byte> text, int row, IReadOnlyList<Refusal> faults)
    {
        var begins = text.WrittenCount;
        CheckRowText.Write(text, row, faults, catalogue);
        EndRow(told, text, row, begins);
    }

    private static void EndRow(Told told, ArrayBufferWriter<byte> text, int row, int begins)
    {
        SHA256.HashData(text.WrittenSpan[begins..], told.HashOf(row));
        text.Write(LineEnd);
    }

    // Added to the open transaction, and saved by the caller.
    private async Task<KeptBatch> KeepAsync(
        BatchQuestion question, HitQuestion asked, AskedRows rows, Told told, DateTimeOffset asOf, bool exact, CheckSource source, CancellationToken cancel)
    {
        var head = new BatchVerdict(
            CheckReceipt.NewNumber(asked.Today), asOf, told.Position, asked.ValidAt, asked.Department, question.Purpose!.Value, asked.Matter,
            told.Restricted > 0, rows.Named.Count, rows.Faulty, told.Unknown, told.Restricted, told.Hits, CheckBatch.SealOf(told.Hashes));
        var options = json.Value.SerializerOptions;
        var signed = await seal.SealBatchAsync(head, [.. told.Subjects.Select(id => $"{id}"), .. told.Lookups], exact, told.Hashes, cancel);
        var text = JsonSerializer.SerializeToUtf8Bytes(head with { Receipt = signed }, options);
        var receipt = new CheckReceipt
        {
            Code = signed.Code,
            Number = head.Number,
            Department = head.Department,
            Account = caller.User,
            Purpose = head.Purpose,
            Kind = head.Matter.Kind,
            Reference = head.Matter.Reference,
            Procedure = head.Matter.Procedure,
            AskedAt = head.AsOf,
            Position = head.Position,
            Rows = rows.Named.Count,
            SubjectIds = [.. told.Subjects],
            Lookups = [.. told.Lookups],
            Hits = told.Hits,
            Restricted = head.Restricted,
            MeasureKeys = [.. told.Measures],
        };
        receipt.Take(text);
        var batch = new CheckBatch { ReceiptId = receipt.Id, RowHashes = told.Hashes, Answer = told.Answer.ToArray() };
        db.AddRange(receipt, batch);
        return new(receipt.Verdict, batch, source);
    }

    // What is told of all rows, while they are told.
    private sealed class Told(long position, int rows)
    {
        public long Position => position;

        public byte[] Hashes { get; } = new byte[rows * SHA256.HashSizeInBytes];

        public MemoryStream Answer { get; } = new();

        public HashSet<Guid> Subjects { get; } = new(rows);

        public HashSet<string> Lookups { get; } = [];

        public HashSet<string> Measures { get; } = [];

        public int Hits { get; private set; }

        public int Restricted { get; private set; }

        public int Unknown { get; private set; }

        public Span<byte> HashOf(int row) => Hashes.AsSpan(row * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes);

        public void Count(SubjectVerdict verdict, string? unknown)
        {
            if (verdict.SubjectId is { } known)
            {
                Subjects.Add(known);
            }
            else
            {
                Lookups.Add(unknown!);
                Unknown++;
            }

            Hits += verdict.Hits.Count;
            Restricted += verdict.Restricted ? 1 : 0;
            Measures.UnionWith(verdict.Hits.SelectMany(hit => hit.Measures).Select(measure => measure.MeasureKey));
        }
    }
}

/// <summary>A batch that was answered and kept.</summary>
/// <param name="Head">Head of the answer as JSON, byte for byte as kept.</param>
/// <param name="Batch">The rows.</param>
/// <param name="Source">Where the answer came from.</param>
internal sealed record KeptBatch(string Head, CheckBatch Batch, CheckSource Source);
