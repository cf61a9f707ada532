using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Credit.Core.Feeds;

/// <summary>Where a copy stands.</summary>
/// <param name="From">Place of the copy.</param>
/// <param name="To">Place the pages lead to; 0 for the newest.</param>
/// <param name="After">Last version of the ledger that was given; only between pages.</param>
internal sealed record DeltaPlace(long From, long To, long After);

/// <summary>
/// Seals places for whoever has to bring them back: nobody else can read or make one (X12), and a place is good only for what it was given to. The same place
/// sealed for the same use is the same text, so that a token changes only when what it says does.
/// </summary>
/// <remarks>AES-256-GCM; the nonce is a keyed hash of use and place, so none comes twice with different contents.</remarks>
/// <param name="key">32 bytes that stay on the host.</param>
internal sealed class FeedSeal(byte[] key)
{
    /// <summary>Bytes of a nonce.</summary>
    public const int Nonce = 12;

    /// <summary>Bytes of a tag.</summary>
    public const int Tag = 16;

    private readonly byte[] _sealing = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: "credit/feed/seal"u8.ToArray());

    private readonly byte[] _choosing = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: "credit/feed/nonce"u8.ToArray());

    /// <summary>Seals a text.</summary>
    /// <param name="use">What it is good for, in words.</param>
    /// <param name="text">The text.</param>
    public string Seal(string use, string text) => Seal(use, Encoding.UTF8.GetBytes(text));

    /// <summary>Seals numbers.</summary>
    /// <param name="use">What they are good for, in words.</param>
    /// <param name="place">The numbers.</param>
    public string Seal(string use, params ReadOnlySpan<long> place)
    {
        using var sealer = For(use);
        return sealer.Seal(place);
    }

    /// <summary>The text; null when it was not sealed here, or for another use.</summary>
    public string? OpenText(string use, string token) => Open(use, token) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>The numbers; null when they were not sealed here, or for another use.</summary>
    public long[]? OpenNumbers(string use, string token) => Open(use, token) is { } bytes && bytes.Length % sizeof(long) == 0
        ? [.. bytes.Chunk(sizeof(long)).Select(each => BinaryPrimitives.ReadInt64BigEndian(each))]
        : null;

    /// <summary>Seals many places for one use.</summary>
    /// <param name="use">What they are good for, in words.</param>
    public PlaceSealer For(string use) => new(_sealing, _choosing, use);

    private string Seal(string use, byte[] place)
    {
        using var sealer = For(use);
        return sealer.Seal(place);
    }

    private byte[]? Open(string use, string token)
    {
        // Base64 has several spellings of the same bytes; only ours is a token.
        if (!Base64Url.IsValid(token) || Base64Url.DecodeFromChars(token) is not { Length: >= Nonce + Tag } bytes || Base64Url.EncodeToString(bytes) != token)
        {
            return null;
        }

        var place = new byte[bytes.Length - Nonce - Tag];
        using var cipher = new AesGcm(_sealing, Tag);
        try
        {
            cipher.Decrypt(bytes.AsSpan(0, Nonce), bytes.AsSpan(Nonce, place.Length), bytes.AsSpan(Nonce + place.Length), place, Encoding.UTF8.GetBytes(use));
            return place;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
