using Credit.Domain.Oversight;

namespace Credit.Domain.Tests.Oversight;

[Trait("Requirement", "R-4.3.a")]
public sealed class ReportingPeriodTests
{
    [Theory]
    [InlineData("2026-10-01", "2026-10-01", "2026-12-31")]
    [InlineData("2026-12-31", "2026-10-01", "2026-12-31")]
    [InlineData("2027-01-01", "2027-01-01", "2027-03-31")]
    [InlineData("2024-02-29", "2024-01-01", "2024-03-31")]
    public void A_quarter_holds_its_first_and_last_day(string day, string from, string to) =>
        ReportingPeriod.Of(DateOnly.Parse(day), 3).ShouldBe(new ReportingPeriod(DateOnly.Parse(from), DateOnly.Parse(to)));

    [Fact]
    public void The_last_day_to_report_is_counted_from_the_end_of_the_period() =>
        ReportingPeriod.Of(new(2026, 11, 24), 3).Due(15).ShouldBe(new DateOnly(2027, 1, 15));

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(13)]
    public void A_length_that_no_year_consists_of_is_refused(int months) =>
        Should.Throw<ArgumentOutOfRangeException>(() => ReportingPeriod.Of(new(2026, 11, 24), months));
}
