using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Credit.Domain.Receipts;

namespace Credit.Core.Receipts;

/// <summary>A public key the platform signed with. It stays for as long as there are receipts: what it signed must still verify.</summary>
internal sealed class SigningKey
{
    /// <summary>Thumbprint of the key (RFC 7638), which is its name wherever a signature stands.</summary>
    public required string KeyId { get; init; }

    /// <summary>Name of the algorithm.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Point on the curve, first coordinate.</summary>
    public required byte[] X { get; init; }

    /// <summary>Second coordinate.</summary>
    public required byte[] Y { get; init; }

    /// <summary>Instant from which it signs, UTC.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The key.</summary>
    [JsonIgnore]
    public CurvePoint Point => new(X, Y);

    /// <summary>The public half of a key of one's own.</summary>
    public static SigningKey Of(ISignatureAlgorithm algorithm, CurvePoint point, DateTimeOffset since) =>
        new() { KeyId = ThumbprintOf(algorithm, point), Algorithm = algorithm.Name, X = point.X, Y = point.Y, Since = since };

    private static string ThumbprintOf(ISignatureAlgorithm algorithm, CurvePoint point) => Base64Url.EncodeToString(SHA256.HashData(CanonicalJson.Bytes(
        new { crv = algorithm.Curve, kty = "EC", x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y) }, JsonSerializerOptions.Default)));
}

/// <summary>A published key, after RFC 7517.</summary>
/// <param name="Kid">Thumbprint, as signatures name it.</param>
/// <param name="Kty">Always <c>EC</c>.</param>
/// <param name="Crv">Curve: <c>P-256</c>, or <c>SM2</c> for the curve of GB/T 32918.5.</param>
/// <param name="Alg">Algorithm.</param>
/// <param name="Use">Always <c>sig</c>.</param>
/// <param name="X">First coordinate, base64url.</param>
/// <param name="Y">Second coordinate, base64url.</param>
/// <param name="Since">Instant from which it signs, UTC.</param>
/// <param name="Current">True for the key this host signs with now; the others only verify.</param>
internal sealed record PublishedKey(string Kid, string Kty, string Crv, string Alg, string Use, string X, string Y, DateTimeOffset Since, bool Current)
{
    public static PublishedKey Of(SigningKey key, string? current) => new(
        key.KeyId, "EC", SignatureAlgorithms.Named(key.Algorithm).Curve, key.Algorithm, "sig", Base64Url.EncodeToString(key.X), Base64Url.EncodeToString(key.Y), key.Since,
        key.KeyId == current);
}

/// <summary>The keys that verify what the platform signed.</summary>
/// <param name="Keys">All of them, the latest first.</param>
internal sealed record PublishedKeys(IReadOnlyList<PublishedKey> Keys);

/// <summary>A signature and how it was made.</summary>
/// <param name="KeyId">Thumbprint of the key.</param>
/// <param name="Algorithm">Name of the algorithm.</param>
/// <param name="Value">r and s, base64url.</param>
internal sealed record Signed(string KeyId, string Algorithm, string Value);
