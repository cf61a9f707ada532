using Credit.Core.Intake;
using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Reading;
using Credit.Domain.Policy;

namespace Credit.Core.Tests.Intake;

public class CellTests
{
    private static readonly Layout One = new("one", new FieldDefinition("V", "值", 200));

    [Theory]
    [InlineData("2026-11-24", "2026-11-24", null)]
    [InlineData("2026/1/4", "2026-01-04", null)]
    [InlineData(" 2026-11-24", "2026-11-24", "DATE_NORMALISED")]
    [InlineData("2026.11.24", "2026-11-24", "DATE_NORMALISED")]
    [InlineData("2026年1月4日", "2026-01-04", "DATE_NORMALISED")]
    [InlineData("20261124", "2026-11-24", "DATE_NORMALISED")]
    [InlineData("２０２６－１１－２４", "2026-11-24", "DATE_NORMALISED")]
    [InlineData("2026-11-24T00:00:00+08:00", "2026-11-24", "DATE_NORMALISED")]
    [InlineData("2026-11-23T16:00:00Z", "2026-11-24", "TIME_ZONE")]
    [InlineData("46350", "2026-11-24", "SERIAL_WITHOUT_FORMAT")]
    [InlineData("9999-12-31", "2099-12-31", "LONG_TERM_NORMALISED")]
    [InlineData("长期", "2099-12-31", "LONG_TERM_NORMALISED")]
    [InlineData("2026-02-29", null, "DATE_INVALID")]
    [InlineData("2026-00-10", null, "DATE_INVALID")]
    [InlineData("0026-01-10", null, "DATE_INVALID")]
    [InlineData("1900-01-00", null, "DATE_INVALID")]
    [InlineData("20261324", null, "DATE_INVALID")]
    [InlineData("03/11/26", null, "DATE_FORMAT")]
    [InlineData("24/11/2026", null, "DATE_FORMAT")]
    [InlineData("2026-11/24", null, "DATE_FORMAT")]
    [InlineData("2026-11", null, "DATE_FORMAT")]
    [InlineData("2026年11月24", null, "DATE_FORMAT")]
    [InlineData("2026-11-24 noon", null, "DATE_FORMAT")]
    [InlineData("2026-11-24T10:00:00+99:00", null, "DATE_FORMAT")]
    [InlineData("见决定书", null, "DATE_FORMAT")]
    [InlineData("  ", null, null)]
    public void A_day_is_read_in_every_spelling_that_means_one_day_only(string text, string? day, string? code)
    {
        var row = Scan(text);

        row.Day(0, isEndOfValidity: true)?.ToString("yyyy-MM-dd").ShouldBe(day);
        row.Issues.Select(issue => issue.Code).ShouldBe(code is null ? [] : [code]);
    }

    [Theory]
    [InlineData("0.86", "8600", null)]
    [InlineData("51", "510000", null)]
    [InlineData("1.450000", "14500", null)]
    [InlineData("0.0000010", "0.01", null)]
    [InlineData("-0", "0", null)]
    [InlineData("1,217.5", "12175000", "AMOUNT_NORMALISED")]
    [InlineData("１２．５", "125000", "AMOUNT_NORMALISED")]
    [InlineData("999999999999.999999", "9999999999999999.99", "AMOUNT_IMPLAUSIBLE")]
    [InlineData("12,17.5", null, "AMOUNT_FORMAT")]
    [InlineData("7.5万元", null, "AMOUNT_FORMAT")]
    [InlineData("1e3", null, "AMOUNT_FORMAT")]
    [InlineData(".5", null, "AMOUNT_FORMAT")]
    [InlineData("-0.2", null, "AMOUNT_NEGATIVE")]
    [InlineData("0.1234567", null, "AMOUNT_PRECISION")]
    [InlineData("1234567890123", null, "AMOUNT_OUT_OF_RANGE")]
    public void An_amount_in_ten_thousands_is_kept_in_yuan_to_the_fen(string text, string? yuan, string? code)
    {
        var row = Scan(text);

        row.Yuan(0)?.ToString("0.##").ShouldBe(yuan);
        row.Issues.Select(issue => issue.Code).ShouldBe(code is null ? [] : [code]);
    }

    [Theory]
    [InlineData("夏　飞", "夏飞", "NAME_SPACE_REMOVED")]
    [InlineData("KIM MINSOO", "KIM MINSOO", null)]
    [InlineData("阿卜杜拉•热合曼", "阿卜杜拉·热合曼", "MIDDLE_DOT_NORMALISED")]
    [InlineData("J. SMITH", "J. SMITH", null)]
    [InlineData("孙𠮷祥", "孙𠮷祥", null)]
    [InlineData("\u200B张三", "张三", "ZERO_WIDTH_REMOVED")]
    [InlineData("\0张三", "张三", "ZERO_WIDTH_REMOVED")]
    [InlineData("=cmd|x", "=cmd|x", "FORMULA_LIKE_TEXT")]
    public void A_name_of_a_person_is_cleaned_and_every_change_is_said(string text, string name, string? code)
    {
        var row = Scan(text);

        row.Name(0, ofPerson: true).ShouldBe(name);
        row.Issues.Select(issue => issue.Code).ShouldBe(code is null ? [] : [code]);
    }

    [Theory]
    [InlineData("济任税罚（2025）25号", "济任税罚〔2025〕25号")]
    [InlineData("济任税罚[2025]25号", "济任税罚〔2025〕25号")]
    [InlineData("济任税罚〔２０２５〕２５号", "济任税罚〔2025〕25号")]
    [InlineData("（济任）应急罚〔2025〕17号", "（济任）应急罚〔2025〕17号")]
    public void A_document_number_is_written_as_the_official_standard_has_it(string text, string number) =>
        Scan(text).DocumentNumber(0).ShouldBe(number);

    [Theory]
    [InlineData("身份证号：370831199807209968，", "身份证号：370*************68，")]
    [InlineData("３７０８１１１９９００１０１００１４", "３７０*************１４")]
    [InlineData("电话13900000554。", "电话***********。")]
    [InlineData("138-0000-1234", "*************")]
    [InlineData("0537-2345678 转", "************ 转")]
    [InlineData("卡号6222021234567890128", "卡号*******************")]
    [InlineData("1390000 1111", "************")]
    [InlineData("139-00001111", "************")]
    [InlineData("139.0000.1111", "*************")]
    [InlineData("139　0000　1111", "*************")]
    [InlineData("+8613900001111", "+*************")]
    [InlineData("0537 2345678", "************")]
    [InlineData("CX37081119850612432X", "CX******************")]
    [InlineData("370811.19850612.432X", "********************")]
    [Trait("Requirement", "R-3.1.4.i")]
    [Trait("Invariant", "I71")]
    public void Numbers_of_persons_inside_texts_are_found_and_masked(string text, string masked)
    {
        PersonalText.IsIn(text).ShouldBeTrue();
        PersonalText.Mask(text).ShouldBe(masked);
    }

    [Theory]
    [InlineData("2026年9月27日至2026-11-24 13:00，罚款人民币510000元")]
    [InlineData("统一社会信用代码：91370811TXJ82B5P06")]
    [InlineData("档案编号37080000005486")]
    [InlineData("营业执照注册号370811000001071")]
    [InlineData("罚款人民币130000000.00元，没收13800元")]
    [InlineData(null)]
    public void Numbers_that_belong_to_nobody_stay(string? text)
    {
        PersonalText.IsIn(text).ShouldBeFalse();
        PersonalText.Mask(text).ShouldBe(text);
    }

    [Theory]
    [InlineData("王五37081119850612432X备忘录", true)]
    [InlineData("３７０８１１１９８５０６１２４３２Ｘ", true)]
    [InlineData("任检〔2026〕370811 19850612 432X号", true)]
    [InlineData("任检〔2026〕20261124000112345678号", false)]
    [InlineData("37080000005486001234", false)]
    [InlineData("91370811MA3TEXT0X0", false)]
    [InlineData(null, false)]
    [Trait("Requirement", "R-3.1.4.i")]
    public void A_document_number_may_be_long_but_not_be_laid_out_as_an_identity_number(string? number, bool found) => PersonalText.IsInNumber(number).ShouldBe(found);

    [Fact]
    [Trait("Invariant", "I27")]
    public void A_year_without_a_calendar_gives_no_due_day_and_no_verdict_on_time()
    {
        var run = new IntakeRun(new DateOnly(2026, 12, 31), WorkingCalendar.BuiltIn, new WorkingDays(7));

        run.TimingOf(new DateOnly(2026, 12, 30)).ShouldBe(default);
        run.TimingOf(new DateOnly(2019, 9, 27)).ShouldBe(new Timing(new DateOnly(2019, 10, 12), OnTime: false));
        new IntakeRun(new DateOnly(2019, 10, 12), WorkingCalendar.BuiltIn, new WorkingDays(7)).TimingOf(new DateOnly(2019, 9, 27)).OnTime.ShouldBe(true);
        new IntakeRun(new DateOnly(2019, 10, 13), WorkingCalendar.BuiltIn, new WorkingDays(7)).TimingOf(new DateOnly(2019, 9, 27)).OnTime.ShouldBe(false);
    }

    private static RowScan Scan(string text) => new(
        new RawRow(2, new Dictionary<string, string?> { ["V"] = text }, []), One, new IntakeRun(new DateOnly(2026, 11, 24), WorkingCalendar.BuiltIn, new WorkingDays(7)));
}
