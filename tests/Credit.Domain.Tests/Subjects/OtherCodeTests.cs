using Credit.Domain.Subjects;
using CsCheck;

namespace Credit.Domain.Tests.Subjects;

[Trait("Invariant", "I18")]
public sealed class OtherCodeTests
{
    [Theory]
    [InlineData("MA3TEXT0X", CodeFault.None)]
    [InlineData("004330007", CodeFault.None)]
    [InlineData("720000009", CodeFault.None)]
    [InlineData("720000008", CodeFault.CheckDigit)]
    [InlineData("", CodeFault.Empty)]
    [InlineData("72000000", CodeFault.Length)]
    [InlineData("72000000A", CodeFault.Alphabet)]
    [InlineData("7200-0009", CodeFault.Alphabet)]
    public void Organisation_codes_are_checked_by_GB_11714(string code, CodeFault fault) => OrganizationCode.Check(code).ShouldBe(fault);

    [Fact]
    public void The_hyphen_before_the_check_character_is_not_part_of_the_code() =>
        OrganizationCode.Normalise("72000000-9").ShouldBe("720000009");

    [Theory]
    [InlineData("5493002ERZU2K9PZDL40", CodeFault.None)]
    [InlineData("HWUPKR0MPOU8FGXBT394", CodeFault.None)]
    [InlineData("529900T8BM49AURSDO55", CodeFault.None)]
    [InlineData("300300A1B2C3D4E5F666", CodeFault.None)]
    [InlineData("300300A1B2C3D4E5F667", CodeFault.CheckDigit)]
    [InlineData("300300A1B2C3D4E5F6", CodeFault.Length)]
    [InlineData("300300A1B2C3D4E5F6AB", CodeFault.Alphabet)]
    [InlineData("", CodeFault.Empty)]
    public void Legal_entity_identifiers_are_checked_by_ISO_17442(string code, CodeFault fault) =>
        LegalEntityIdentifier.Check(code).ShouldBe(fault);

    [Theory]
    [InlineData("370811", true)]
    [InlineData("370802", true)]
    [InlineData("370871", true)]
    [InlineData("110000", true)]
    [InlineData("110221", true)]
    [InlineData("810000", true)]
    [InlineData("820000", true)]
    [InlineData("830000", true)]
    [InlineData("990811", false)]
    [InlineData("000000", false)]
    [InlineData("37081", false)]
    [InlineData("37081A", false)]
    public void Areas_that_were_abolished_still_existed(string six, bool existed) => AreaCodes.EverExisted(six).ShouldBe(existed);

    [Theory]
    [InlineData("370811199001010014", "370*************14")]
    [InlineData("370811900101001", "370**********01")]
    [InlineData("H12345678", "H*******8")]
    [InlineData("A1234", "*****")]
    [InlineData("", "")]
    public void A_mask_shows_at_most_three_and_two(string identifier, string mask)
    {
        MaskedIdentifier.Of(identifier).ToString().ShouldBe(mask);
        $"{MaskedIdentifier.Of(identifier)}".ShouldBe(mask);
        MaskedIdentifier.FromMask(mask).ShouldBe(MaskedIdentifier.Of(identifier));
    }

    [Theory]
    [InlineData("370811199001010014")]
    [InlineData("3708*************14")]
    [InlineData("370****0101***14")]
    [InlineData("370**14")]
    [InlineData("H12345678")]
    public void What_shows_more_is_not_a_mask(string text) => Should.Throw<ArgumentException>(() => MaskedIdentifier.FromMask(text));

    [Fact]
    public void No_mask_holds_a_birth_date() =>
        Gen.Date[new DateTime(1900, 1, 1), new DateTime(2026, 1, 1)].Sample(birth =>
        {
            var digits = DateOnly.FromDateTime(birth).ToString("yyyyMMdd");
            return MaskedIdentifier.Of("370811" + digits + "0014").ToString()[3..16].All(character => character == '*');
        });

    [Fact]
    public void An_unset_mask_shows_nothing() => default(MaskedIdentifier).ToString().ShouldBe("");
}
