using Credit.Domain.Subjects;
using CsCheck;

namespace Credit.Domain.Tests.Subjects;

[Trait("Invariant", "I18")]
public sealed class PersonIdentifierTests
{
    [Theory]
    [InlineData("身份证", "370811199001010014", CodeFault.None)]
    [InlineData("身份证", "37080219850615002X", CodeFault.None)]
    [InlineData("身份证", "37080219850615002x", CodeFault.None)]
    [InlineData("身份证", "370802670305000", CodeFault.None)]
    [InlineData("身份证", "370811199001010015", CodeFault.CheckDigit)]
    [InlineData("身份证", "990811199001010014", CodeFault.AreaUnknown)]
    [InlineData("身份证", "370811199002300014", CodeFault.BirthDate)]
    [InlineData("身份证", "37081118001010014X", CodeFault.BirthDate)]
    [InlineData("身份证", "370802671305000", CodeFault.BirthDate)]
    [InlineData("身份证", "37081119900101001", CodeFault.Length)]
    [InlineData("身份证", "37081119900101001A", CodeFault.Format)]
    [InlineData("身份证", "", CodeFault.Empty)]
    [InlineData("港澳台居民居住证", "810000198808080013", CodeFault.None)]
    [InlineData("港澳台居民居住证", "820000198808080023", CodeFault.None)]
    [InlineData("港澳台居民居住证", "830000198808080033", CodeFault.None)]
    [InlineData("港澳台居民居住证", "830000198808080034", CodeFault.CheckDigit)]
    [InlineData("港澳台居民居住证", "370811199001010014", CodeFault.Format)]
    [InlineData("外国人永久居留身份证", "901371198501010015", CodeFault.None)]
    [InlineData("外国人永久居留身份证", "901371198501010016", CodeFault.CheckDigit)]
    [InlineData("外国人永久居留身份证", "USA370085010112", CodeFault.None)]
    [InlineData("外国人永久居留身份证", "USA37008501011", CodeFault.Format)]
    [InlineData("港澳居民来往内地通行证", "H12345678", CodeFault.None)]
    [InlineData("港澳居民来往内地通行证", "M1234567801", CodeFault.None)]
    [InlineData("港澳居民来往内地通行证", "A12345678", CodeFault.Format)]
    [InlineData("台湾居民来往大陆通行证", "12345678", CodeFault.None)]
    [InlineData("台湾居民来往大陆通行证", "1234567890B", CodeFault.None)]
    [InlineData("台湾居民来往大陆通行证", "123456789", CodeFault.Format)]
    [InlineData("护照号", "E12345678", CodeFault.None)]
    [InlineData("护照号", "E123", CodeFault.Format)]
    public void A_certificate_number_is_checked_by_its_type(string title, string value, CodeFault fault) =>
        PersonIdentifiers.Check(Type(title), value).ShouldBe(fault);

    [Theory]
    [InlineData("身份证", "370802670305000", "370802196703050002")]
    [InlineData("身份证", "37081119640812997x", "37081119640812997X")]
    [InlineData("身份证", "３７０８１１ 19900101 0014", "370811199001010014")]
    [InlineData("港澳居民来往内地通行证", "h1234 5678", "H12345678")]
    public void A_number_is_stored_in_one_spelling(string title, string value, string stored) =>
        PersonIdentifiers.Normalise(Type(title), value).ShouldBe(stored);

    [Theory]
    [InlineData("身份证", "370811199001010014", "1990-01-01")]
    [InlineData("身份证", "370802670305000", "1967-03-05")]
    [InlineData("外国人永久居留身份证", "901371198501010015", "1985-01-01")]
    [InlineData("港澳台居民居住证", "810000198808080013", "1988-08-08")]
    [InlineData("护照号", "E12345678", null)]
    public void The_birth_date_is_read_where_the_number_holds_one(string title, string value, string? birth) =>
        PersonIdentifiers.BirthDate(Type(title), value).ShouldBe(birth is null ? null : DateOnly.ParseExact(birth, "yyyy-MM-dd"));

    [Theory]
    [InlineData("身份证", "resident-identity-card")]
    [InlineData("居民身份证", "resident-identity-card")]
    [InlineData("护照", "passport")]
    [InlineData("taiwan-permit", "taiwan-permit")]
    public void A_type_is_found_by_title_synonym_and_key(string name, string key) => Type(name).Key.ShouldBe(key);

    [Fact]
    public void An_unknown_type_is_not_guessed() => PersonIdentifiers.TryFind("军官证", out _).ShouldBeFalse();

    [Fact]
    public void All_six_types_of_the_code_list_are_known() => PersonIdentifiers.All.Select(type => type.Title).ShouldBe(
        ["身份证", "护照号", "港澳居民来往内地通行证", "台湾居民来往大陆通行证", "外国人永久居留身份证", "港澳台居民居住证"]);

    [Fact]
    public void Every_15_digit_number_widens_to_a_good_one_that_widens_no_further() =>
        (from birth in Gen.Date[new DateTime(1900, 1, 1), new DateTime(1999, 12, 31)]
         from order in Gen.Int[0, 999]
         select $"370802{birth:yyMMdd}{order:000}")
        .Sample(old =>
        {
            var card = PersonIdentifiers.ResidentIdentityCard;
            var wide = PersonIdentifiers.Normalise(card, old);
            return PersonIdentifiers.Check(card, wide) == CodeFault.None && PersonIdentifiers.Normalise(card, wide) == wide;
        });

    private static PersonIdentifierType Type(string title)
    {
        PersonIdentifiers.TryFind(title, out var type).ShouldBeTrue();
        return type!;
    }
}
