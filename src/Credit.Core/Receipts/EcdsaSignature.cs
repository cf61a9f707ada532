using System.Security.Cryptography;

namespace Credit.Core.Receipts;

/// <summary>ECDSA on P-256 with SHA-256 (FIPS 186-5; <c>ES256</c> of RFC 7518).</summary>
internal sealed class EcdsaSignature : ISignatureAlgorithm
{
    public string Name => "ES256";

    public string Digest => "SHA-256";

    public string Curve => "P-256";

    public byte[] HashOf(ReadOnlySpan<byte> content) => SHA256.HashData(content);

    public byte[] NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }

    public CurvePoint PublicOf(byte[] privateKey)
    {
        using var key = Read(privateKey);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new(point.X!, point.Y!);
    }

    public Func<byte[], byte[]> SignerOf(byte[] privateKey)
    {
        // Reading a key in costs as much as several signatures; what is read in serves one thread at a time.
        var keys = new ThreadLocal<ECDsa>(() => Read(privateKey));
        return content => keys.Value!.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public bool Verifies(CurvePoint key, byte[] content, byte[] signature)
    {
        try
        {
            using var known = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = key.X, Y = key.Y } });
            return known.VerifyData(content, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            // A point that is not on the curve signed nothing.
            return false;
        }
    }

    private static ECDsa Read(byte[] privateKey)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(privateKey, out var _);
        return key;
    }
}
