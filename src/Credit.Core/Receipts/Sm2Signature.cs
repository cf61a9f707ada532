using System.Text;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;

namespace Credit.Core.Receipts;

/// <summary>SM2 with SM3 (GB/T 32918.2 on the curve of GB/T 32918.5), for platforms under 商用密码应用安全性评估.</summary>
internal sealed class Sm2Signature : ISignatureAlgorithm
{
    /// <summary>The signer's distinguishing identifier that GB/T 35276 sets where none is agreed.</summary>
    internal static readonly byte[] UserId = Encoding.ASCII.GetBytes("1234567812345678");

    private const int Half = 32;

    private static readonly ECDomainParameters Domain = ECNamedDomainParameters.LookupOid(GMObjectIdentifiers.sm2p256v1);

    public string Name => "SM2-SM3";

    public string Digest => "SM3";

    public string Curve => "SM2";

    public byte[] HashOf(ReadOnlySpan<byte> content) => SignatureAlgorithms.Sm3(content);

    public byte[] NewKey()
    {
        var generator = new ECKeyPairGenerator();
        generator.Init(new ECKeyGenerationParameters(Domain, new SecureRandom()));
        return PrivateKeyInfoFactory.CreatePrivateKeyInfo(generator.GenerateKeyPair().Private).GetEncoded();
    }

    public CurvePoint PublicOf(byte[] privateKey)
    {
        var point = Domain.G.Multiply(Read(privateKey).D).Normalize();
        return new(point.AffineXCoord.GetEncoded(), point.AffineYCoord.GetEncoded());
    }

    public Func<byte[], byte[]> SignerOf(byte[] privateKey)
    {
        var key = Read(privateKey);
        return content => Sign(key, content, new SecureRandom());
    }

    public bool Verifies(CurvePoint key, byte[] content, byte[] signature)
    {
        if (signature.Length != 2 * Half)
        {
            return false;
        }

        try
        {
            var point = Domain.Curve.ValidatePoint(new BigInteger(1, key.X), new BigInteger(1, key.Y));
            var signer = Signer();
            signer.Init(forSigning: false, new ParametersWithID(new ECPublicKeyParameters(point, Domain), UserId));
            signer.BlockUpdate(content, 0, content.Length);
            return signer.VerifySignature(signature);
        }
        catch (ArgumentException)
        {
            // A point that is not on the curve signed nothing.
            return false;
        }
    }

    /// <summary>Signs with a source of chance of one's own: the vectors of the standard name theirs.</summary>
    internal static byte[] Sign(ECPrivateKeyParameters key, byte[] content, SecureRandom chance)
    {
        var signer = Signer();
        signer.Init(forSigning: true, new ParametersWithID(new ParametersWithRandom(key, chance), UserId));
        signer.BlockUpdate(content, 0, content.Length);
        return signer.GenerateSignature();
    }

    /// <summary>A private key of the curve.</summary>
    internal static ECPrivateKeyParameters KeyOf(BigInteger d) => new(d, Domain);

    private static SM2Signer Signer() => new(PlainDsaEncoding.Instance, new SM3Digest());

    private static ECPrivateKeyParameters Read(byte[] privateKey) => (ECPrivateKeyParameters)PrivateKeyFactory.CreateKey(privateKey);
}
