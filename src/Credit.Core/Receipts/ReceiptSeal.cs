using System.Buffers;
using System.Text.Json;
using Credit.Core.Checks;
using Credit.Core.Checks.Batches;
using Credit.Domain.Policy;
using Credit.Domain.Receipts;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Credit.Core.Receipts;

/// <summary>Makes and examines receipts.</summary>
internal sealed class ReceiptSeal(SigningDesk desk, PolicyPacks packs, IOptions<JsonOptions> json)
{
    private const string GroupMember = "group";

    private JsonSerializerOptions Options => json.Value.SerializerOptions;

    /// <summary>Writes an answer with its receipt, ready to be signed.</summary>
    /// <param name="verdict">The answer.</param>
    /// <param name="lookups">Keyed lookups of whom it is about, in the order asked.</param>
    /// <param name="exact">Nothing beyond its position was in the state it was read from.</param>
    /// <param name="code">Code by which anybody verifies it.</param>
    /// <param name="knownAt">Position as known at which it was asked again; null for the register as it is.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<UnsignedAnswer> WriteAsync(
        CheckVerdict verdict, IReadOnlyList<string> lookups, bool exact, string code, long? knownAt, CancellationToken cancel)
    {
        var keyId = await desk.PublishAsync(cancel);
        var text = VerdictText.Write(verdict.Department, verdict.Purpose, verdict.Matter, verdict.ValidAt, verdict.Restricted, verdict.Subjects);
        return VerdictText.Answer(verdict, text, new()
        {
            Number = verdict.Number,
            Code = code,
            Department = verdict.Department,
            AsOf = verdict.AsOf,
            Position = verdict.Position,
            KnownAt = knownAt,
            Exact = exact,
            ValidAt = verdict.ValidAt,
            Subjects = verdict.Subjects.Count,
            Found = verdict.Subjects.Any(subject => subject.Hits.Count > 0),
            Restricted = verdict.Restricted,
            PolicyPack = packs.InForce(verdict.ValidAt).Name,
            QueryHash = QueryHash(text, lookups),
            VerdictHash = desk.Algorithm.HashOf(text.Whole),
            Digest = desk.Algorithm.Digest,
            Root = [],
            KeyId = keyId,
            Algorithm = desk.Algorithm.Name,
        });
    }

    /// <summary>Signs one answer alone.</summary>
    public byte[] Sign(UnsignedAnswer answer) => answer.With(proof: null, desk.Sign(answer.Signed.ToArray()));

    /// <summary>Signs answers together, once: each carries the way to the root that is signed.</summary>
    /// <returns>The answers as they are sent and kept, in the order given.</returns>
    public byte[][] Sign(IReadOnlyList<UnsignedAnswer> answers)
    {
        if (answers is [var alone])
        {
            return [Sign(alone)];
        }

        var tree = new WholeTree(answers.Select(each => MerkleTree.Leaf(each.Signed)));
        var signature = desk.Sign(Unsigned(tree.Root, answers.Count));
        return [.. answers.Select((each, index) => each.With(new(index, answers.Count, [.. tree.Inclusion(index).Select(Convert.ToHexStringLower)]), signature))];
    }

    /// <summary>Signs the answer to a batch, once for all its rows.</summary>
    /// <param name="head">Head of the answer.</param>
    /// <param name="lookups">Keyed lookups of whom it is about.</param>
    /// <param name="exact">Nothing beyond its position was in the state it was read from.</param>
    /// <param name="rows">SHA-256 of each row, one after the other.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<SignedReceipt> SealBatchAsync(BatchVerdict head, IReadOnlyList<string> lookups, bool exact, byte[] rows, CancellationToken cancel)
    {
        await desk.PublishAsync(cancel);
        var tree = new GrowingTree(0, []);
        foreach (var leaf in RowProof.LeavesOf(rows))
        {
            tree.Append(leaf);
        }

        var text = VerdictText.Write(head.Department, head.Purpose, head.Matter, head.ValidAt, head.Restricted, subjects: null);
        var (queryHash, verdictHash) = (QueryHash(text, lookups), desk.Algorithm.HashOf(text.Whole));
        var (code, pack) = (CheckReceipt.NewCode(), packs.InForce(head.ValidAt).Name);
        return await desk.SignAsync(
            by => new SignedReceipt(
                SignedReceipt.Name, head.Number, code, head.Department, head.AsOf, head.Position, exact, head.ValidAt, head.RowCount, head.Hits > 0, head.Restricted, pack,
                Convert.ToHexStringLower(queryHash), Convert.ToHexStringLower(verdictHash), desk.Algorithm.Digest, Convert.ToHexStringLower(tree.Root), by.KeyId, by.Algorithm,
                by.Value),
            Options, IsSigned, cancel);
    }

    /// <summary>
    /// True when the platform signed this receipt, alone or in its group; receipts of the first version verify as they did. False also for
    /// what has another shape than a receipt has.
    /// </summary>
    public async Task<bool> IsGenuineAsync(string signed, CancellationToken cancel)
    {
        try
        {
            using var document = JsonDocument.Parse(signed);
            var receipt = document.RootElement;
            if (!receipt.TryGetProperty(GroupMember, out var group) || group.ValueKind == JsonValueKind.Null)
            {
                return await desk.VerifiesAsync(receipt, IsSigned, cancel);
            }

            return HeadOver(receipt, group) is { } head && await desk.VerifiesAsync(JsonSerializer.SerializeToElement(head, Options), cancel);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or ArgumentException or KeyNotFoundException or InvalidOperationException)
        {
            // A name that comes twice, half a surrogate pair, a group without its path: nothing the platform signed has any of it.
            return false;
        }
    }

    private ReceiptGroupHead? HeadOver(JsonElement receipt, JsonElement group)
    {
        var proof = group.Deserialize<GroupProof>(Options)!;
        var root = MerkleTree.RootAbove(
            MerkleTree.Leaf(CanonicalJson.Bytes(receipt, IsSigned)), proof.Index, proof.Size, [.. proof.Path.Select(Convert.FromHexString)]);
        return root is null ? null : new(
            ReceiptGroupHead.Name, Convert.ToHexStringLower(root), proof.Size, receipt.GetProperty("keyId").GetString()!, receipt.GetProperty("algorithm").GetString()!,
            receipt.GetProperty("signature").GetString()!);
    }

    private static bool IsSigned(string member) => member is not (GroupMember or SigningDesk.SignatureMember);

    private byte[] Unsigned(ReadOnlySpan<byte> root, int size)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var text = new CanonicalText(bytes);
        text.Open();
        text.Text("algorithm"u8, desk.Algorithm.Name);
        text.Text("keyId"u8, desk.KeyId);
        text.Text("kind"u8, ReceiptGroupHead.Name);
        text.Hash("root"u8, root);
        text.Number("size"u8, size);
        text.Close();
        return bytes.WrittenSpan.ToArray();
    }

    private byte[] QueryHash(HashedText text, IReadOnlyList<string> lookups)
    {
        var bytes = new ArrayBufferWriter<byte>();
        bytes.Write(text.Question);
        var list = new CanonicalText(bytes);
        list.OpenList();
        foreach (var lookup in lookups)
        {
            list.Element(lookup);
        }

        list.CloseArray();
        return desk.Algorithm.HashOf(bytes.WrittenSpan);
    }
}
