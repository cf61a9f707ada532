using System.Globalization;
using System.Text;
using System.Text.Json;
using Credit.Domain.Receipts;
using CsCheck;

namespace Credit.Domain.Tests.Receipts;

/// <summary>The examples and vectors of RFC 8785.</summary>
[Trait("Invariant", "I55")]
public sealed class CanonicalJsonTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    // RFC 8785 appendix B: IEEE 754 bits and what ECMAScript writes for them.
    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Numbers_are_written_as_ECMAScript_writes_them(string bits, string written) =>
        CanonicalForm.Number(BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture))).ShouldBe(written);

    [Theory]
    [InlineData("7fffffffffffffff")]
    [InlineData("7ff0000000000000")]
    public void What_is_no_number_is_refused(string bits) =>
        Should.Throw<FormatException>(() => CanonicalForm.Number(BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));

    [Fact]
    public void The_example_of_the_standard_has_its_bytes()
    {
        // RFC 8785 §3.2.2 to §3.2.4.
        const string Input = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        const string Bytes =
            "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333332e333333333333332c31652b33302c"
            + "342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d";

        Convert.ToHexStringLower(Canonical(Input)).ShouldBe(Bytes);
    }

    [Fact]
    public void Members_are_ordered_by_UTF_16_code_units()
    {
        // RFC 8785 §3.2.3.
        const string Input = """
            {"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
             "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}
            """;

        JsonDocument.Parse(Canonical(Input)).RootElement.EnumerateObject().Select(member => member.Value.GetString()).ShouldBe(
            ["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"]);
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""["\ud83d"]""")]
    [InlineData("""["\ude00x"]""")]
    [InlineData("1e400")]
    public void What_has_no_one_meaning_is_refused(string input) => Should.Throw<Exception>(() => Canonical(input)).ShouldBeOfType(
        input.Contains("ud", StringComparison.Ordinal) ? typeof(InvalidOperationException) : typeof(FormatException));

    [Fact]
    public void Any_number_reads_back_as_itself_and_any_layout_has_the_same_bytes()
    {
        Gen.Double.Where(double.IsFinite).Sample(number =>
            double.Parse(CanonicalForm.Number(number), CultureInfo.InvariantCulture).ShouldBe(number == 0 ? 0 : number));
        Gen.Dictionary(Gen.String[Gen.Char['!', '\u0800'], 0, 6], Gen.Int)[0, 6].Sample(members =>
        {
            var forwards = JsonSerializer.Serialize(members, Indented);
            var backwards = JsonSerializer.Serialize(members.Reverse().ToDictionary());
            Canonical(forwards).ShouldBe(Canonical(backwards));
        });
    }

    private static byte[] Canonical(string text)
    {
        using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
        return CanonicalJson.Bytes(document.RootElement);
    }
}
