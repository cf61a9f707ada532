using Org.BouncyCastle.Crypto.Digests;

namespace Credit.Core.Receipts;

/// <summary>
/// A way to hash and to sign. Its name is kept beside every signature and hash it made, so that what was signed in one way verifies
/// after the platform has gone over to another.
/// </summary>
internal interface ISignatureAlgorithm
{
    /// <summary>Name beside each signature.</summary>
    string Name { get; }

    /// <summary>Name of its digest, beside each hash.</summary>
    string Digest { get; }

    /// <summary>Curve, as the published key names it.</summary>
    string Curve { get; }

    /// <summary>Hash of a content, 32 bytes.</summary>
    byte[] HashOf(ReadOnlySpan<byte> content);

    /// <summary>A new private key (PKCS #8).</summary>
    byte[] NewKey();

    /// <summary>The public half of a private key.</summary>
    CurvePoint PublicOf(byte[] privateKey);

    /// <summary>Reads a private key in.</summary>
    /// <returns>Signs a content, from any thread: r and s, 32 bytes each, one after the other.</returns>
    Func<byte[], byte[]> SignerOf(byte[] privateKey);

    /// <summary>True when the holder of the private key signed this content.</summary>
    bool Verifies(CurvePoint key, byte[] content, byte[] signature);
}

/// <summary>A public key: a point on the curve, 32 bytes each.</summary>
internal sealed record CurvePoint(byte[] X, byte[] Y);

/// <summary>The algorithms the platform speaks. The first is the default.</summary>
internal static class SignatureAlgorithms
{
    /// <summary>All of them; receipts of each verify whichever of them signs now.</summary>
    public static IReadOnlyList<ISignatureAlgorithm> All { get; } = [new EcdsaSignature(), new Sm2Signature()];

    /// <summary>The algorithm of this name; null when there is none.</summary>
    public static ISignatureAlgorithm? Find(string? name) => All.FirstOrDefault(each => each.Name == name);

    /// <summary>The algorithm that a setting names.</summary>
    /// <exception cref="InvalidOperationException">There is none of this name.</exception>
    public static ISignatureAlgorithm Named(string? setting) => setting is null ? All[0] : Find(setting) ?? throw new InvalidOperationException(
        $"Receipts:Algorithm 只能是 {string.Join(" 或 ", All.Select(each => each.Name))}。 Receipts:Algorithm is one of {string.Join(", ", All.Select(each => each.Name))}.");

    /// <summary>SM3 of a content (GB/T 32905).</summary>
    public static byte[] Sm3(ReadOnlySpan<byte> content)
    {
        var digest = new SM3Digest();
        digest.BlockUpdate(content);
        var hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash, 0);
        return hash;
    }
}
