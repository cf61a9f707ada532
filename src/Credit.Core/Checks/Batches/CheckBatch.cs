using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Credit.Core.Checks.Batches;

/// <summary>The rows that a batch was told, kept beside its receipt and never changed. They hold no identifier.</summary>
internal sealed class CheckBatch
{
    /// <summary>The receipt.</summary>
    public Guid ReceiptId { get; init; }

    /// <summary>SHA-256 of each row's canonical text (<see cref="CheckRowText"/>) in the order asked, 32 bytes a row: the leaves of the batch's proof.</summary>
    public required byte[] RowHashes { get; init; }

    /// <summary>The rows, each with a line end after it, compressed with gzip.</summary>
    public required byte[] Answer { get; init; }

    /// <summary>Number of rows.</summary>
    public int Rows => RowHashes.Length / SHA256.HashSizeInBytes;

    /// <summary>The leaf of a row.</summary>
    public ReadOnlySpan<byte> HashOf(int row) => RowHashes.AsSpan(row * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes);

    /// <summary>One hash over all leaves, in hex: the head of the answer states it, and with it holds the rows.</summary>
    public string Seal => SealOf(RowHashes);

    /// <summary>True while the rows are those of which the head of the answer has the hash.</summary>
    /// <param name="head">Head of the answer, as JSON.</param>
    public bool IsWhole(string head)
    {
        using var told = JsonDocument.Parse(head);
        return told.RootElement.GetProperty("rowsHash").GetString() == Seal && RowsMatch();
    }

    /// <summary>The text of a row, as it was told.</summary>
    public string TextOf(int row)
    {
        using var lines = new StreamReader(new GZipStream(new MemoryStream(Answer, writable: false), CompressionMode.Decompress), Encoding.UTF8);
        for (var passed = 0; passed < row; passed++)
        {
            lines.ReadLine();
        }

        return lines.ReadLine()!;
    }

    // Row by row: a line is the text its hash was taken of.
    private bool RowsMatch()
    {
        using var lines = new StreamReader(new GZipStream(new MemoryStream(Answer, writable: false), CompressionMode.Decompress), Encoding.UTF8);
        for (var row = 0; row < Rows; row++)
        {
            if (lines.ReadLine() is not { } line || !SHA256.HashData(Encoding.UTF8.GetBytes(line)).AsSpan().SequenceEqual(HashOf(row)))
            {
                return false;
            }
        }

        return lines.ReadLine() is null;
    }

    /// <summary>One hash over leaves, in hex.</summary>
    public static string SealOf(ReadOnlySpan<byte> hashes) => Convert.ToHexStringLower(SHA256.HashData(hashes));
}
