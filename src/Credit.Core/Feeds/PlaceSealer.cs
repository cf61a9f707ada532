using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Credit.Core.Feeds;

/// <summary>Seals places for one use, one after the other: making keys ready costs more than sealing with them. From <see cref="FeedSeal.For"/>.</summary>
internal sealed class PlaceSealer : IDisposable
{
    private readonly AesGcm _cipher;
    private readonly IncrementalHash _chooser;
    private readonly byte[] _about;
    private readonly byte[] _measured;

    /// <summary>Makes the keys ready.</summary>
    /// <param name="sealing">Key of the seal.</param>
    /// <param name="choosing">Key that nonces are chosen with.</param>
    /// <param name="use">What places are good for, in words.</param>
    public PlaceSealer(byte[] sealing, byte[] choosing, string use)
    {
        _cipher = new(sealing, FeedSeal.Tag);
        _chooser = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, choosing);
        Use = use;
        _about = Encoding.UTF8.GetBytes(use);
        _measured = [.. BitConverter.GetBytes(_about.Length), .. _about];
    }

    /// <summary>What places are good for.</summary>
    public string Use { get; }

    /// <summary>Seals numbers.</summary>
    public string Seal(params ReadOnlySpan<long> place)
    {
        Span<byte> bytes = stackalloc byte[place.Length * sizeof(long)];
        for (var i = 0; i < place.Length; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes[(i * sizeof(long))..], place[i]);
        }

        return Seal(bytes);
    }

    /// <summary>Seals bytes.</summary>
    public string Seal(ReadOnlySpan<byte> place)
    {
        Span<byte> token = new byte[FeedSeal.Nonce + place.Length + FeedSeal.Tag];
        Span<byte> chosen = stackalloc byte[SHA256.HashSizeInBytes];
        _chooser.AppendData(_measured);
        _chooser.AppendData(place);
        _chooser.GetHashAndReset(chosen);
        chosen[..FeedSeal.Nonce].CopyTo(token);
        _cipher.Encrypt(token[..FeedSeal.Nonce], place, token[FeedSeal.Nonce..^FeedSeal.Tag], token[^FeedSeal.Tag..], _about);
        return Base64Url.EncodeToString(token);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cipher.Dispose();
        _chooser.Dispose();
    }
}
