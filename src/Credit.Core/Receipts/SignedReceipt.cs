using System.Collections.Frozen;
using System.Text.Json;
using Credit.Core.Checks;
using Credit.Core.Checks.Batches;
using Credit.Domain.Policy;
using Credit.Domain.Receipts;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Credit.Core.Receipts;

/// <summary>
/// What the platform signs of the answer to a check (R-3.1.6.a, I55). It holds no identifier and no name: the question as a hash over keyed
/// lookups, the answer as a hash. The signature is over the canonical JSON of the other members.
/// </summary>
/// <param name="Kind">Always <c>credit-check-receipt.v1</c>.</param>
/// <param name="Number">查询编号.</param>
/// <param name="Code">Code by which anybody verifies the receipt at <c>/verify/{code}</c>.</param>
/// <param name="Department">Department that asked.</param>
/// <param name="AsOf">Instant of the answer, UTC.</param>
/// <param name="Position">Position of the log it was read at.</param>
/// <param name="Exact">True when nothing beyond the position was in it: asked again as known there, the verdict is the same.</param>
/// <param name="ValidAt">Day on which it says what holds.</param>
/// <param name="Subjects">Subjects asked about; rows of a batch.</param>
/// <param name="Found">True when an entry was found.</param>
/// <param name="Restricted">True when an entry restricts one of them.</param>
/// <param name="PolicyPack">Policy pack in force.</param>
/// <param name="QueryHash">Hash over the canonical JSON of department, matter, purpose and day, and that of the keyed lookups (of a batch: identities of subjects the register knows), in hex; only the platform can tell whom it is about.</param>
/// <param name="VerdictHash">Hash over the canonical JSON of the answer's <c>department</c>, <c>matter</c>, <c>purpose</c>, <c>restricted</c>, <c>subjects</c> and <c>validAt</c>, in hex.</param>
/// <param name="Digest">Digest of both.</param>
/// <param name="Root">Of a batch: root of the Merkle tree (RFC 6962, SHA-256) whose leaves are the SHA-256 of each row's canonical JSON, in hex; null otherwise.</param>
/// <param name="KeyId">Key, as in <c>/.well-known/credit-keys</c>.</param>
/// <param name="Algorithm">Algorithm of the signature.</param>
/// <param name="Signature">r and s, base64url.</param>
internal sealed record SignedReceipt(
    string Kind, string Number, string Code, string Department, DateTimeOffset AsOf, long Position, bool Exact, DateOnly ValidAt, int Subjects, bool Found,
    bool Restricted, string PolicyPack, string QueryHash, string VerdictHash, string Digest, string? Root, string KeyId, string Algorithm, string Signature)
{
    /// <summary>Value of <see cref="Kind"/>.</summary>
    public const string Name = "credit-check-receipt.v1";
}

/// <summary>Makes and examines receipts.</summary>
internal sealed class ReceiptSeal(SigningDesk desk, PolicyPacks packs, IOptions<JsonOptions> json)
{
    // What is the same whenever the same question is asked about the same state. A batch has its rows instead of subjects.
    private static readonly FrozenSet<string> VerdictMembers = FrozenSet.Create("department", "matter", "purpose", "restricted", "subjects", "validAt");

    private static readonly FrozenSet<string> QueryMembers = FrozenSet.Create("department", "matter", "purpose", "validAt");

    private JsonSerializerOptions Options => json.Value.SerializerOptions;

    /// <summary>Signs an answer.</summary>
    /// <param name="verdict">The answer.</param>
    /// <param name="lookups">Keyed lookups of whom it is about, in the order asked.</param>
    /// <param name="exact">Nothing beyond its position was in the state it was read from.</param>
    /// <param name="cancel">Cancels.</param>
    public Task<SignedReceipt> SealAsync(CheckVerdict verdict, IReadOnlyList<string> lookups, bool exact, CancellationToken cancel) => SignAsync(
        new(verdict.Number, verdict.Department, verdict.AsOf, verdict.Position, verdict.ValidAt, verdict.Restricted, verdict.Subjects.Count,
            verdict.Subjects.Any(subject => subject.Hits.Count > 0)),
        JsonSerializer.SerializeToElement(verdict, Options), lookups, exact, root: null, cancel);

    /// <summary>Signs the answer to a batch, once for all its rows.</summary>
    /// <param name="head">Head of the answer.</param>
    /// <param name="lookups">Keyed lookups of whom it is about.</param>
    /// <param name="exact">Nothing beyond its position was in the state it was read from.</param>
    /// <param name="rows">SHA-256 of each row, one after the other.</param>
    /// <param name="cancel">Cancels.</param>
    public Task<SignedReceipt> SealBatchAsync(BatchVerdict head, IReadOnlyList<string> lookups, bool exact, byte[] rows, CancellationToken cancel)
    {
        var tree = new GrowingTree(0, []);
        foreach (var leaf in RowProof.LeavesOf(rows))
        {
            tree.Append(leaf);
        }

        return SignAsync(
            new(head.Number, head.Department, head.AsOf, head.Position, head.ValidAt, head.Restricted, head.RowCount, head.Hits > 0),
            JsonSerializer.SerializeToElement(head, Options), lookups, exact, Convert.ToHexStringLower(tree.Root), cancel);
    }

    /// <summary>True when the platform signed this receipt.</summary>
    public async Task<bool> IsGenuineAsync(string signed, CancellationToken cancel)
    {
        using var document = JsonDocument.Parse(signed);
        return await desk.VerifiesAsync(document.RootElement, cancel);
    }

    private Task<SignedReceipt> SignAsync(
        Sealed told, JsonElement answer, IReadOnlyList<string> lookups, bool exact, string? root, CancellationToken cancel)
    {
        var asked = CanonicalJson.Bytes(answer, QueryMembers.Contains);
        byte[] query = [.. asked, .. CanonicalJson.Bytes(lookups, Options)];
        var (code, pack) = (CheckReceipt.NewCode(), packs.InForce(told.ValidAt).Name);
        var (queryHash, verdictHash) = (Hash(query), Hash(CanonicalJson.Bytes(answer, VerdictMembers.Contains)));
        return desk.SignAsync(
            by => new SignedReceipt(
                SignedReceipt.Name, told.Number, code, told.Department, told.AsOf, told.Position, exact, told.ValidAt, told.Subjects, told.Found, told.Restricted, pack,
                queryHash, verdictHash, desk.Algorithm.Digest, root, by.KeyId, by.Algorithm, by.Value),
            Options, cancel);
    }

    private string Hash(byte[] content) => Convert.ToHexStringLower(desk.Algorithm.HashOf(content));

    private readonly record struct Sealed(
        string Number, string Department, DateTimeOffset AsOf, long Position, DateOnly ValidAt, bool Restricted, int Subjects, bool Found);
}
