namespace Credit.Core.Receipts;

/// <summary>
/// What the platform signs of the answer to a check (R-3.1.6.a, I55). It holds no identifier and no name: the question as a hash over keyed
/// lookups, the answer as a hash. What is signed is the canonical JSON of all members but <c>group</c> and <c>signature</c>: by itself, or,
/// where several receipts were kept together, under the root over them.
/// </summary>
/// <param name="Kind"><c>credit-check-receipt.v2</c>; the first version had neither <c>knownAt</c> nor <c>group</c>.</param>
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
/// <param name="Signature">r and s, base64url; over <see cref="ReceiptGroupHead"/> where the receipt is one of a group.</param>
/// <param name="KnownAt">Position as known at which it was asked again: such an answer counts for no decision. Null for a check of the register as it was.</param>
/// <param name="Group">Place of the receipt under the signature of its group; null where the signature is over this receipt alone.</param>
internal sealed record SignedReceipt(
    string Kind, string Number, string Code, string Department, DateTimeOffset AsOf, long Position, bool Exact, DateOnly ValidAt, int Subjects, bool Found,
    bool Restricted, string PolicyPack, string QueryHash, string VerdictHash, string Digest, string? Root, string KeyId, string Algorithm, string Signature,
    long? KnownAt = null, GroupProof? Group = null)
{
    /// <summary>Value of <see cref="Kind"/>.</summary>
    public const string Name = "credit-check-receipt.v2";
}

/// <summary>Where a receipt stands among those that were signed together: an RFC 6962 tree (SHA-256) whose leaves are what each of them would sign alone.</summary>
/// <param name="Index">Place, from 0.</param>
/// <param name="Size">Receipts in the group.</param>
/// <param name="Path">Hashes from the leaf to the root, in hex.</param>
internal sealed record GroupProof(int Index, int Size, IReadOnlyList<string> Path);

/// <summary>What is signed for a group of receipts.</summary>
/// <param name="Kind">Always <c>credit-receipt-group.v1</c>.</param>
/// <param name="Root">Root over the receipts, in hex.</param>
/// <param name="Size">How many there are.</param>
/// <param name="KeyId">Key.</param>
/// <param name="Algorithm">Algorithm of the signature.</param>
/// <param name="Signature">r and s, base64url; not part of what is signed.</param>
internal sealed record ReceiptGroupHead(string Kind, string Root, int Size, string KeyId, string Algorithm, string Signature)
{
    /// <summary>Value of <see cref="Kind"/>.</summary>
    public const string Name = "credit-receipt-group.v1";
}
