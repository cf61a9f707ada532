using System.Reflection;
using Credit.Core.Intake;
using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Reading;

namespace Credit.Core.Tests.Intake;

public class IntakeCodesTests
{
    [Fact]
    [Trait("Requirement", "R-3.1.1.b")]
    public void Every_code_that_a_finding_can_carry_is_explained_in_both_languages()
    {
        var used = new[] { typeof(FileCodes), typeof(ReaderCodes), typeof(CellCodes) }
            .SelectMany(codes => codes.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!)
            .Concat(Expectations.Codes)
            .Distinct(StringComparer.Ordinal);

        foreach (var code in used)
        {
            var explanation = IntakeCodes.Explain(code);
            new[] { explanation.Chinese, explanation.English, explanation.HintChinese, explanation.HintEnglish }.ShouldAllBe(text => text.Length > 3);
            explanation.Chinese.Any(letter => letter >= '\u4E00').ShouldBeTrue(code);
        }
    }

    [Fact]
    public void A_code_outside_the_table_is_a_bug() =>
        Should.Throw<KeyNotFoundException>(() => IntakeCodes.Explain("NO_SUCH_CODE"));
}
