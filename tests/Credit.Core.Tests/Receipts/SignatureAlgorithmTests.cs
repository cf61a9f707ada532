using System.Security.Cryptography;
using System.Text;
using Credit.Core.Receipts;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;

namespace Credit.Core.Tests.Receipts;

/// <summary>Both algorithms behind the one interface, against the vectors of the standards.</summary>
[Trait("Invariant", "I55")]
public sealed class SignatureAlgorithmTests
{
    private const string X = "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020";
    private const string Y = "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
    private const string Signature = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";

    private static readonly CurvePoint Known = new(Convert.FromHexString(X), Convert.FromHexString(Y));

    public static TheoryData<string> Algorithms => [.. SignatureAlgorithms.All.Select(each => each.Name)];

    // GB/T 32905-2016, annex A.
    [Theory]
    [InlineData("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")]
    [InlineData("abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd", "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732")]
    public void SM3_has_the_hashes_of_its_standard(string content, string hash) =>
        Convert.ToHexStringLower(SignatureAlgorithms.Named("SM2-SM3").HashOf(Encoding.ASCII.GetBytes(content))).ShouldBe(hash);

    // GB/T 32918.5-2017, annex A.2: message digest, the identifier 1234567812345678, the curve of the standard.
    [Fact]
    public void SM2_verifies_and_makes_the_signature_of_its_standard()
    {
        var message = "message digest"u8.ToArray();
        var d = new BigInteger("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8", 16);
        var k = Convert.FromHexString("59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21");

        SignatureAlgorithms.Named("SM2-SM3").Verifies(Known, message, Convert.FromHexString(Signature)).ShouldBeTrue();
        Convert.ToHexStringLower(Sm2Signature.Sign(Sm2Signature.KeyOf(d), message, new Chosen(k))).ShouldBe(Signature);
        SignatureAlgorithms.Named("SM2-SM3").Verifies(Known, "message digesT"u8.ToArray(), Convert.FromHexString(Signature)).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void What_one_key_signed_no_other_content_signature_or_key_passes_for(string name)
    {
        var algorithm = SignatureAlgorithms.Named(name);
        var (key, other) = (algorithm.NewKey(), algorithm.NewKey());
        var content = RandomNumberGenerator.GetBytes(200);

        var signature = algorithm.SignerOf(key)(content);

        signature.Length.ShouldBe(64);
        algorithm.Verifies(algorithm.PublicOf(key), content, signature).ShouldBeTrue();
        algorithm.Verifies(algorithm.PublicOf(other), content, signature).ShouldBeFalse();
        algorithm.Verifies(algorithm.PublicOf(key), [.. content, 0], signature).ShouldBeFalse();
        algorithm.Verifies(algorithm.PublicOf(key), content, [.. signature.Select((each, i) => i == 7 ? (byte)(each ^ 1) : each)]).ShouldBeFalse();
        algorithm.Verifies(algorithm.PublicOf(key), content, signature[..63]).ShouldBeFalse();
        algorithm.Verifies(new CurvePoint(new byte[32], new byte[32]), content, signature).ShouldBeFalse();
    }

    [Fact]
    public void One_algorithm_does_not_take_the_signature_of_another()
    {
        var (one, two) = (SignatureAlgorithms.All[0], SignatureAlgorithms.All[1]);
        var key = one.NewKey();
        two.Verifies(one.PublicOf(key), [1], one.SignerOf(key)([1])).ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => SignatureAlgorithms.Named("RS256")).Message.ShouldContain("ES256, SM2-SM3");
        SignatureAlgorithms.Named(null).Name.ShouldBe("ES256");
    }

    // Gives the number that the standard's example draws.
    private sealed class Chosen(byte[] number) : SecureRandom
    {
        public override void NextBytes(byte[] buf) => number.CopyTo(buf, 0);

        public override void NextBytes(byte[] buf, int off, int len) => number.AsSpan(0, len).CopyTo(buf.AsSpan(off));

        public override void NextBytes(Span<byte> buffer) => number.AsSpan(0, buffer.Length).CopyTo(buffer);
    }
}
