using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Credit.Core.Feeds;

/// <summary>Where a copy stands, and what it is a copy of.</summary>
/// <param name="From">Position of the copy.</param>
/// <param name="To">Position the pages lead to; 0 for the newest.</param>
/// <param name="After">Last version of the ledger that was given; only between pages.</param>
internal sealed record DeltaPlace(long From, long To, long After);

/// <summary>Seals the places in delta links with a key that stays on the host: a place is good for the query and the caller it was given to.</summary>
internal sealed class FeedSeal(byte[] key)
{
    private const int Places = 1 + (3 * sizeof(long));
    private const int Mac = 16;

    /// <summary>The sealed place.</summary>
    /// <param name="place">The place.</param>
    /// <param name="query">Set, options and scope of the caller, in words.</param>
    public string Seal(DeltaPlace place, string query)
    {
        var bytes = new byte[Places + Mac];
        bytes[0] = 1;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), place.From);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(9), place.To);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(17), place.After);
        MacOf(bytes.AsSpan(0, Places), query).CopyTo(bytes.AsSpan(Places));
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>The place; null when it was not sealed here, or for another query or caller.</summary>
    public DeltaPlace? Open(string token, string query)
    {
        if (token.Length != (Places + Mac) * 2 || !token.All(char.IsAsciiHexDigitLower))
        {
            return null;
        }

        var bytes = Convert.FromHexString(token);
        return bytes[0] == 1 && CryptographicOperations.FixedTimeEquals(bytes.AsSpan(Places), MacOf(bytes.AsSpan(0, Places), query))
            ? new(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1)), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(9)), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(17)))
            : null;
    }

    private byte[] MacOf(ReadOnlySpan<byte> place, string query)
    {
        byte[] sealedOver = [.. place, .. Encoding.UTF8.GetBytes(query)];
        return HMACSHA256.HashData(key, sealedOver)[..Mac];
    }
}
