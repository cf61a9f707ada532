using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Credit.Core.Modules.DropIn;

/// <summary>The public key that reviewers sign with: ECDSA on P-256 over SHA-256. The signature of <c>X.dll</c> is the DER file <c>X.dll.sig</c>.</summary>
internal sealed class ReviewKey : IDisposable
{
    /// <summary>What is appended to the name of a file for the name of its signature.</summary>
    public const string Extension = ".sig";

    private const string P256 = "1.2.840.10045.3.1.7";

    private readonly ECDsa _key;

    private ReviewKey(ECDsa key) => _key = key;

    /// <summary>The key of <c>Modules:PublicKey</c>, a PEM file; null when none is configured or it is not of the right kind, which the reasons say.</summary>
    public static ReviewKey? Read(IConfiguration configuration, ICollection<string> reasons)
    {
        if (configuration["Modules:PublicKey"] is not { Length: > 0 } path)
        {
            return null;
        }

        if (!File.Exists(path))
        {
            reasons.Add($"Modules:PublicKey: there is no {path}.");
            return null;
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256)
            {
                return new ReviewKey(key);
            }
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            // Said below, like a key of another curve.
        }

        key.Dispose();
        reasons.Add("Modules:PublicKey is not a PEM file with an ECDSA key on the curve P-256.");
        return null;
    }

    /// <summary>True when the signature is by this key over this content.</summary>
    public bool Signed(byte[] content, byte[] signature)
    {
        try
        {
            return _key.VerifyData(content, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
