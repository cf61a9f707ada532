using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Domain.Receipts;

namespace Credit.Core.Receipts;

/// <summary>That a row is in a batch the platform signed once: whoever is shown the row alone verifies it, and learns of no other row.</summary>
/// <param name="Kind">Always <c>credit-row-proof.v1</c>.</param>
/// <param name="Row">The verdict of the row; the SHA-256 of its canonical JSON is what the leaf says.</param>
/// <param name="Index">Place of the row, from 0.</param>
/// <param name="Size">Rows of the batch.</param>
/// <param name="Path">Hashes from the leaf to the root, in hex.</param>
/// <param name="Receipt">Receipt of the batch, with the root.</param>
internal sealed record RowProof(string Kind, JsonElement Row, long Index, long Size, IReadOnlyList<string> Path, SignedReceipt Receipt)
{
    /// <summary>Value of <see cref="Kind"/>.</summary>
    public const string Name = "credit-row-proof.v1";

    /// <summary>The proof of a row.</summary>
    /// <param name="row">The row as it was told.</param>
    /// <param name="index">Its place, from 0.</param>
    /// <param name="rows">SHA-256 of each row, one after the other.</param>
    /// <param name="receipt">Receipt of the batch, as signed.</param>
    /// <param name="options">How receipts are read.</param>
    public static RowProof Of(JsonElement row, int index, byte[] rows, string receipt, JsonSerializerOptions options)
    {
        var tree = new WholeTree(LeavesOf(rows));
        return new(
            Name, row, index, tree.Size, [.. tree.Inclusion(index).Select(Convert.ToHexStringLower)], JsonNode.Parse(receipt).Deserialize<SignedReceipt>(options)!);
    }

    /// <summary>Leaves of the tree over the rows of a batch.</summary>
    public static IEnumerable<byte[]> LeavesOf(byte[] rows) => rows.Chunk(SHA256.HashSizeInBytes).Select(row => MerkleTree.Leaf(row));
}
