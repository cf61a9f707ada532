using Credit.Domain.Subjects;
using CsCheck;

namespace Credit.Domain.Tests.Subjects;

[Trait("Invariant", "I18")]
public sealed class UnifiedCreditCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    [Theory]
    [InlineData("91370811MA3TEXT0X0")]
    [InlineData("92370811MA3TEXT18W")]
    [InlineData("93370811MA3TEXT26L")]
    [InlineData("11370811004330007H")]
    [InlineData("12370811MB00000006")]
    [InlineData("51370811MJD000003D")]
    [InlineData("52370811MJE000005N")]
    [InlineData("91350100M000100Y43")]
    [InlineData("91370802720000009A")]
    public void A_good_code_passes_also_when_its_area_was_abolished(string code)
    {
        UnifiedCreditCode.Check(code).ShouldBe(CodeFault.None);
        OrganizationCode.Check(UnifiedCreditCode.OrganizationCodeOf(code)!).ShouldBe(CodeFault.None);
    }

    [Theory]
    [InlineData("", CodeFault.Empty)]
    [InlineData("91370811MA3TEXT0X", CodeFault.Length)]
    [InlineData("91370811MA3TEXT0X1", CodeFault.CheckDigit)]
    [InlineData("91370811MA3TEXTOX0", CodeFault.Alphabet)]
    [InlineData("91370811IA3TEXT0X0", CodeFault.Alphabet)]
    [InlineData("91370811SA3TEXT0X0", CodeFault.Alphabet)]
    [InlineData("91370811ZA3TEXT0X0", CodeFault.Alphabet)]
    [InlineData("91370811VA3TEXT0X0", CodeFault.Alphabet)]
    [InlineData("91370811ma3text0x0", CodeFault.Alphabet)]
    [InlineData("94370811MA3TEXT0X0", CodeFault.CategoryUnknown)]
    [InlineData("91990811MA3TEXT0X0", CodeFault.AreaUnknown)]
    [InlineData("370811199001010014", CodeFault.IsIdNumber)]
    [InlineData("37080219850615002X", CodeFault.IsIdNumber)]
    [InlineData("110101199001010016", CodeFault.IsIdNumber)]
    public void A_wrong_code_is_told_by_its_fault(string code, CodeFault fault) => UnifiedCreditCode.Check(code).ShouldBe(fault);

    [Theory]
    [InlineData("91370811ma3text0x0")]
    [InlineData(" ９１３７０８１１ＭＡ３ＴＥＸＴ０Ｘ０ ")]
    [InlineData("91370811-MA3TEXT0X-0")]
    [InlineData("91370811\u3000MA3TEXT0X0\u00A0")]
    [InlineData("\uFEFF91370811\u200BMA3TEXT0X0\t")]
    public void Width_case_spaces_hyphens_and_invisible_characters_are_the_writers_not_the_codes(string written) =>
        UnifiedCreditCode.Normalise(written).ShouldBe("91370811MA3TEXT0X0");

    [Theory]
    [InlineData("31")]
    [InlineData("54")]
    [InlineData("71")]
    [InlineData("81")]
    [InlineData("N2")]
    [InlineData("A1")]
    [InlineData("Y1")]
    [Trait("Requirement", "R-3.1.3.b")]
    public void Heads_added_after_2015_are_in_use_in_a_district(string head)
    {
        var body = head + "370811MA3TEXT0X";
        UnifiedCreditCode.Check(body + UnifiedCreditCode.ComputeCheck(body)).ShouldBe(CodeFault.None);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.3.c")]
    public void Any_single_wrong_character_is_found() =>
        (from body in Gen.Char[Alphabet].Array[9]
         from position in Gen.Int[0, 17]
         from other in Gen.Char[Alphabet]
         select (Body: "91370811" + new string(body), position, other))
        .Sample(sample =>
        {
            var code = sample.Body + UnifiedCreditCode.ComputeCheck(sample.Body);
            var changed = code[..sample.position] + sample.other + code[(sample.position + 1)..];
            var fault = UnifiedCreditCode.Check(changed);
            return changed == code ? fault == CodeFault.None : fault != CodeFault.None;
        });

    [Theory]
    [InlineData("济宁市任城区民政局", "52370811", true)]
    [InlineData("济宁市任城区民政局", "91370811", false)]
    [InlineData("济宁市任城区民政局", "92370811", false)]
    [InlineData("中共济宁市任城区委机构编制委员会办公室", "12370811", true)]
    [InlineData("中共济宁市任城区委机构编制委员会办公室", "51370811", false)]
    [InlineData("济宁市任城区市场监督管理局", "11370811", false)]
    [InlineData("济宁市任城区行政审批服务局", "91370811", true)]
    [InlineData("济宁市任城区行政审批服务局", "52370811", true)]
    [InlineData("济宁市任城区总工会", "81370811", true)]
    [InlineData("济宁市任城区民族宗教事务局", "71370811", true)]
    [InlineData("济宁市任城区农业农村局", "N2370811", true)]
    [InlineData("登记机关名称看不出部门", "91370811", true)]
    [InlineData("济宁市任城区民政局", "", false)]
    [Trait("Requirement", "R-3.1.3.a")]
    public void A_registrar_assigns_only_the_categories_of_its_department(string registrar, string code, bool allowed) =>
        UnifiedCreditCode.RegistrarMayAssign(registrar, code).ShouldBe(allowed);
}
