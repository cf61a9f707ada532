using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Credit.Domain.Feeds;

/// <summary>
/// Digest of a set of rows that does not depend on their order, so that a replica can prove itself and a change costs one step.
/// A row stands for the 2048-bit number <c>SHA-256(0‖m) ‖ … ‖ SHA-256(7‖m)</c> with m = key ‖ 0 ‖ content hash; the state is the sum of
/// the numbers modulo 2^2048, the digest the SHA-256 of the sum. A plain 256-bit sum would fall to the generalised birthday attack in
/// about 2^32 steps; at 2048 bits the best known one needs about 2^90.
/// </summary>
public sealed class StateDigest
{
    /// <summary>Bytes of the sum.</summary>
    public const int Size = 256;

    private const int Words = Size / sizeof(ulong);

    // Least significant word first.
    private readonly ulong[] _sum = new ulong[Words];

    /// <summary>The digest of no rows.</summary>
    public StateDigest()
    {
    }

    /// <summary>Goes on from a sum kept before.</summary>
    /// <param name="sum">What <see cref="Sum"/> gave: 256 bytes, most significant first.</param>
    /// <param name="rows">Rows in it.</param>
    public StateDigest(ReadOnlySpan<byte> sum, long rows)
    {
        for (var i = 0; i < Words; i++)
        {
            _sum[i] = BinaryPrimitives.ReadUInt64BigEndian(sum[((Words - 1 - i) * sizeof(ulong))..]);
        }

        Rows = rows;
    }

    /// <summary>Rows in the state.</summary>
    public long Rows { get; private set; }

    /// <summary>The sum, 256 bytes, most significant first.</summary>
    public byte[] Sum
    {
        get
        {
            var bytes = new byte[Size];
            for (var i = 0; i < Words; i++)
            {
                BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan((Words - 1 - i) * sizeof(ulong)), _sum[i]);
            }

            return bytes;
        }
    }

    /// <summary>The digest: SHA-256 of the sum, in hex.</summary>
    public string Value => Convert.ToHexStringLower(SHA256.HashData(Sum));

    /// <summary>A row came.</summary>
    public void Add(Guid key, ReadOnlySpan<byte> contentHash)
    {
        Span<ulong> number = stackalloc ulong[Words];
        NumberOf(key, contentHash, number);
        var carry = 0UL;
        for (var i = 0; i < Words; i++)
        {
            var sum = (UInt128)_sum[i] + number[i] + carry;
            (_sum[i], carry) = ((ulong)sum, (ulong)(sum >> 64));
        }

        Rows++;
    }

    /// <summary>A row went.</summary>
    public void Remove(Guid key, ReadOnlySpan<byte> contentHash)
    {
        Span<ulong> number = stackalloc ulong[Words];
        NumberOf(key, contentHash, number);
        var borrow = 0UL;
        for (var i = 0; i < Words; i++)
        {
            var less = (UInt128)number[i] + borrow;
            borrow = _sum[i] < less ? 1UL : 0UL;
            _sum[i] = unchecked(_sum[i] - (ulong)less);
        }

        Rows--;
    }

    private static void NumberOf(Guid key, ReadOnlySpan<byte> contentHash, Span<ulong> number)
    {
        Span<byte> message = stackalloc byte[1 + 36 + 1 + 32];
        Encoding.ASCII.GetBytes(key.ToString("D"), message[1..]);
        message[37] = 0;
        contentHash.CopyTo(message[38..]);
        Span<byte> block = stackalloc byte[32];
        for (byte part = 0; part < 8; part++)
        {
            message[0] = part;
            SHA256.HashData(message, block);
            for (var word = 0; word < 4; word++)
            {
                number[Words - 1 - (part * 4) - word] = BinaryPrimitives.ReadUInt64BigEndian(block[(word * sizeof(ulong))..]);
            }
        }
    }
}
