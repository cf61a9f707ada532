using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Checks;
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
/// <param name="QueryHash">Hash over department, purpose, matter, day and keyed lookups (of a batch: identities of subjects the register knows), in hex; only the platform can tell whom it is about.</param>
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
    // What is the same whenever the same question is asked about the same state.
    private static readonly string[] VerdictMembers = ["department", "matter", "purpose", "restricted", "subjects", "validAt"];

    private static readonly string[] QueryMembers = ["department", "matter", "purpose", "validAt"];

    private JsonSerializerOptions Options => json.Value.SerializerOptions;

    /// <summary>Signs an answer.</summary>
    /// <param name="verdict">The answer.</param>
    /// <param name="lookups">Keyed lookups of whom it is about, in the order asked.</param>
    /// <param name="exact">Nothing beyond its position was in the state it was read from.</param>
    /// <param name="cancel">Cancels.</param>
    public Task<SignedReceipt> SealAsync(CheckVerdict verdict, IReadOnlyList<string> lookups, bool exact, CancellationToken cancel) => SignAsync(
        JsonSerializer.SerializeToNode(verdict, Options)!.AsObject(), lookups, exact, verdict.Subjects.Count, verdict.Subjects.Any(subject => subject.Hits.Count > 0),
        root: null, cancel);

    /// <summary>Signs the answer to a batch, once for all its rows.</summary>
    /// <param name="head">Head of the answer, with the members of a check but its subjects.</param>
    /// <param name="lookups">Keyed lookups of whom it is about.</param>
    /// <param name="exact">Nothing beyond its position was in the state it was read from.</param>
    /// <param name="hits">Entries found.</param>
    /// <param name="rows">SHA-256 of each row, one after the other.</param>
    /// <param name="cancel">Cancels.</param>
    public Task<SignedReceipt> SealBatchAsync(JsonObject head, IReadOnlyList<string> lookups, bool exact, int hits, byte[] rows, CancellationToken cancel)
    {
        var tree = new GrowingTree(0, []);
        foreach (var leaf in RowProof.LeavesOf(rows))
        {
            tree.Append(leaf);
        }

        return SignAsync(head, lookups, exact, (int)tree.Size, hits > 0, Convert.ToHexStringLower(tree.Root), cancel);
    }

    /// <summary>True when the platform signed this receipt.</summary>
    public Task<bool> IsGenuineAsync(string signed, CancellationToken cancel) => desk.VerifiesAsync(JsonNode.Parse(signed)!.AsObject(), cancel);

    /// <summary>Hash of what an answer says, apart from number, instant and position.</summary>
    public static string VerdictHash(JsonObject answer, ISignatureAlgorithm algorithm) => Convert.ToHexStringLower(algorithm.HashOf(CanonicalJson.Bytes(
        new JsonObject(VerdictMembers.Select(name => KeyValuePair.Create(name, answer[name]?.DeepClone()))), JsonSerializerOptions.Default)));

    private async Task<SignedReceipt> SignAsync(
        JsonObject answer, IReadOnlyList<string> lookups, bool exact, int subjects, bool found, string? root, CancellationToken cancel)
    {
        T Of<T>(string name) => answer[name].Deserialize<T>(Options)!;
        var query = new JsonObject(QueryMembers.Select(name => KeyValuePair.Create(name, answer[name]?.DeepClone())))
        {
            ["lookups"] = new JsonArray([.. lookups.Select(lookup => (JsonNode)lookup)]),
        };
        var statement = new SignedReceipt(
            SignedReceipt.Name, Of<string>("number"), CheckReceipt.NewCode(), Of<string>("department"), Of<DateTimeOffset>("asOf"), Of<long>("position"), exact,
            Of<DateOnly>("validAt"), subjects, found, Of<bool>("restricted"), packs.InForce(Of<DateOnly>("validAt")).Name,
            Convert.ToHexStringLower(desk.Algorithm.HashOf(CanonicalJson.Bytes(query, JsonSerializerOptions.Default))), VerdictHash(answer, desk.Algorithm),
            desk.Algorithm.Digest, root, "", "", "");
        return (await desk.SignAsync(statement, Options, cancel)).Deserialize<SignedReceipt>(Options)!;
    }
}
