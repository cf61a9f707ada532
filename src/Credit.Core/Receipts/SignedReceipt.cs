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
/// <param name="Subjects">Subjects asked about.</param>
/// <param name="Found">True when an entry was found.</param>
/// <param name="Restricted">True when an entry restricts one of them.</param>
/// <param name="PolicyPack">Policy pack in force.</param>
/// <param name="QueryHash">Hash over purpose, matter and keyed lookups, in hex; only the platform can tell whom it is about.</param>
/// <param name="VerdictHash">Hash over the canonical JSON of the answer's <c>department</c>, <c>matter</c>, <c>purpose</c>, <c>restricted</c>, <c>subjects</c> and <c>validAt</c>, in hex.</param>
/// <param name="Digest">Digest of both.</param>
/// <param name="KeyId">Key, as in <c>/.well-known/credit-keys</c>.</param>
/// <param name="Algorithm">Algorithm of the signature.</param>
/// <param name="Signature">r and s, base64url.</param>
internal sealed record SignedReceipt(
    string Kind, string Number, string Code, string Department, DateTimeOffset AsOf, long Position, bool Exact, DateOnly ValidAt, int Subjects, bool Found,
    bool Restricted, string PolicyPack, string QueryHash, string VerdictHash, string Digest, string KeyId, string Algorithm, string Signature)
{
    /// <summary>Value of <see cref="Kind"/>.</summary>
    public const string Name = "credit-check-receipt.v1";
}

/// <summary>Makes and examines receipts.</summary>
internal sealed class ReceiptSeal(SigningDesk desk, PolicyPacks packs, IOptions<JsonOptions> json)
{
    // What is the same whenever the same question is asked about the same state.
    private static readonly string[] VerdictMembers = ["department", "matter", "purpose", "restricted", "subjects", "validAt"];

    private JsonSerializerOptions Options => json.Value.SerializerOptions;

    /// <summary>Signs an answer.</summary>
    /// <param name="verdict">The answer.</param>
    /// <param name="lookups">Keyed lookups of whom it is about, in the order asked.</param>
    /// <param name="exact">Nothing beyond its position was in the state it was read from.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<SignedReceipt> SealAsync(CheckVerdict verdict, IReadOnlyList<string> lookups, bool exact, CancellationToken cancel)
    {
        var statement = JsonSerializer.SerializeToNode(
            new SignedReceipt(
                SignedReceipt.Name, verdict.Number, CheckReceipt.NewCode(), verdict.Department, verdict.AsOf, verdict.Position, exact, verdict.ValidAt,
                verdict.Subjects.Count, verdict.Subjects.Any(subject => subject.Hits.Count > 0), verdict.Restricted, packs.InForce(verdict.ValidAt).Name,
                QueryHash(verdict, lookups), VerdictHash(JsonSerializer.SerializeToNode(verdict, Options)!.AsObject(), desk.Algorithm), desk.Algorithm.Digest, "", "", ""),
            Options)!.AsObject();
        return (await desk.SignAsync(statement, Options, cancel)).Deserialize<SignedReceipt>(Options)!;
    }

    /// <summary>True when the platform signed this receipt.</summary>
    public Task<bool> IsGenuineAsync(string signed, CancellationToken cancel) => desk.VerifiesAsync(JsonNode.Parse(signed)!.AsObject(), cancel);

    /// <summary>Hash of what an answer says, apart from number, instant and position.</summary>
    public static string VerdictHash(JsonObject answer, ISignatureAlgorithm algorithm) => Convert.ToHexStringLower(algorithm.HashOf(CanonicalJson.Bytes(
        new JsonObject(VerdictMembers.Select(name => KeyValuePair.Create(name, answer[name]?.DeepClone()))), JsonSerializerOptions.Default)));

    private string QueryHash(CheckVerdict verdict, IReadOnlyList<string> lookups) => Convert.ToHexStringLower(desk.Algorithm.HashOf(CanonicalJson.Bytes(
        new { verdict.Department, verdict.Purpose, verdict.Matter, verdict.ValidAt, Lookups = lookups }, Options)));
}
