using Credit.Core.Intake.Cells;
using Credit.Domain.Policy;

namespace Credit.Core.Tests.Intake;

public sealed class TimingTests
{
    [Theory]
    [Trait("Requirement", "R-3.1.1.c")]
    [InlineData("2019-10-11", true)]
    [InlineData("2019-10-12", true)]
    [InlineData("2019-10-13", false)]
    public void Information_formed_before_the_holidays_is_due_seven_working_days_later_and_late_from_the_next_day_on(string received, bool onTime) =>
        new IntakeRun(DateOnly.Parse(received), WorkingCalendar.BuiltIn).TimingOf(new DateOnly(2019, 9, 27))
            .ShouldBe(new Timing(new DateOnly(2019, 10, 12), onTime));
}
