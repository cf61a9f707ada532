using Credit.Domain.Policy;
using CsCheck;

namespace Credit.Domain.Tests.Policy;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.BuiltIn;

    // Terms from here on stay inside the loaded years: 40 working days are never more than 70 days.
    private static readonly Gen<DateOnly> Starts = Gen.Int[0, 2840].Select(offset => new DateOnly(2018, 12, 31).AddDays(offset));

    [Theory]
    [InlineData("2019-08-05", 1, "2019-08-06")]
    [InlineData("2019-08-05", 3, "2019-08-08")]
    [InlineData("2019-08-05", 7, "2019-08-14")]
    [InlineData("2019-09-06", 1, "2019-09-09")]
    [InlineData("2019-09-06", 3, "2019-09-11")]
    [InlineData("2019-09-06", 7, "2019-09-18")]
    [InlineData("2019-09-27", 1, "2019-09-29")]
    [InlineData("2019-09-27", 3, "2019-10-08")]
    [InlineData("2019-09-27", 7, "2019-10-12")]
    [InlineData("2019-09-28", 1, "2019-09-29")]
    [InlineData("2019-09-28", 3, "2019-10-08")]
    [InlineData("2019-09-28", 7, "2019-10-12")]
    [InlineData("2019-09-30", 1, "2019-10-08")]
    [InlineData("2019-09-30", 3, "2019-10-10")]
    [InlineData("2019-09-30", 7, "2019-10-15")]
    [InlineData("2020-01-17", 1, "2020-01-19")]
    [InlineData("2020-01-17", 3, "2020-01-21")]
    [InlineData("2020-01-17", 7, "2020-02-04")]
    [InlineData("2020-01-22", 1, "2020-01-23")]
    [InlineData("2020-01-22", 3, "2020-02-04")]
    [InlineData("2020-01-22", 7, "2020-02-10")]
    [InlineData("2020-06-24", 1, "2020-06-28")]
    [InlineData("2020-06-24", 3, "2020-06-30")]
    [InlineData("2020-06-24", 7, "2020-07-06")]
    [InlineData("2021-09-17", 1, "2021-09-18")]
    [InlineData("2021-09-17", 3, "2021-09-23")]
    [InlineData("2021-09-17", 7, "2021-09-28")]
    [InlineData("2022-09-29", 1, "2022-09-30")]
    [InlineData("2022-09-29", 3, "2022-10-09")]
    [InlineData("2022-09-29", 7, "2022-10-13")]
    [InlineData("2023-09-28", 1, "2023-10-07")]
    [InlineData("2023-09-28", 3, "2023-10-09")]
    [InlineData("2023-09-28", 7, "2023-10-13")]
    [InlineData("2024-02-08", 1, "2024-02-09")]
    [InlineData("2024-02-08", 3, "2024-02-19")]
    [InlineData("2024-02-08", 7, "2024-02-23")]
    [InlineData("2024-05-10", 1, "2024-05-11")]
    [InlineData("2024-05-10", 3, "2024-05-14")]
    [InlineData("2024-05-10", 7, "2024-05-20")]
    [InlineData("2025-01-24", 1, "2025-01-26")]
    [InlineData("2025-01-24", 3, "2025-02-05")]
    [InlineData("2025-01-24", 7, "2025-02-10")]
    [InlineData("2025-09-30", 1, "2025-10-09")]
    [InlineData("2025-09-30", 3, "2025-10-11")]
    [InlineData("2025-09-30", 7, "2025-10-16")]
    [InlineData("2025-12-31", 1, "2026-01-04")]
    [InlineData("2025-12-31", 3, "2026-01-06")]
    [InlineData("2025-12-31", 7, "2026-01-12")]
    [InlineData("2026-02-13", 1, "2026-02-14")]
    [InlineData("2026-02-13", 3, "2026-02-25")]
    [InlineData("2026-02-13", 7, "2026-03-02")]
    [InlineData("2026-04-30", 1, "2026-05-06")]
    [InlineData("2026-04-30", 3, "2026-05-08")]
    [InlineData("2026-04-30", 7, "2026-05-13")]
    [InlineData("2026-09-18", 1, "2026-09-20")]
    [InlineData("2026-09-18", 3, "2026-09-22")]
    [InlineData("2026-09-18", 7, "2026-09-29")]
    [InlineData("2026-09-30", 1, "2026-10-08")]
    [InlineData("2026-09-30", 3, "2026-10-10")]
    [InlineData("2026-09-30", 7, "2026-10-15")]
    [InlineData("2026-11-23", 1, "2026-11-24")]
    [InlineData("2026-11-23", 3, "2026-11-26")]
    [InlineData("2026-11-23", 7, "2026-12-02")]
    [InlineData("2026-12-23", 1, "2026-12-24")]
    [InlineData("2026-12-23", 3, "2026-12-28")]
    [Trait("Invariant", "I27")]
    [Trait("Invariant", "I28")]
    [Trait("Invariant", "I29")]
    [Trait("Invariant", "I31")]
    public void A_term_ends_on_the_nth_working_day_after_its_start(string start, int count, string due) =>
        Calendar.DueDate(Day(start), new(count)).ShouldBe(Day(due));

    [Fact]
    [Trait("Invariant", "I31")]
    public void A_term_that_reaches_a_year_without_notice_is_not_guessed() =>
        Should.Throw<CalendarNotPublishedException>(() => Calendar.DueDate(new(2026, 12, 23), new(7))).Year.ShouldBe(2027);

    [Fact]
    [Trait("Invariant", "I31")]
    public void A_term_that_ends_before_the_unknown_year_is_counted() =>
        Calendar.DueDate(new(2026, 12, 23), new(3)).ShouldBe(new(2026, 12, 28));

    [Fact]
    [Trait("Invariant", "I31")]
    public void No_day_of_an_unknown_year_is_a_working_day_or_none() =>
        Should.Throw<CalendarNotPublishedException>(() => Calendar.IsWorkingDay(new(2027, 1, 4))).Year.ShouldBe(2027);

    [Theory]
    [InlineData(2019, 250)]
    [InlineData(2020, 249)]
    [InlineData(2021, 250)]
    [InlineData(2022, 249)]
    [InlineData(2023, 249)]
    [InlineData(2024, 251)]
    [InlineData(2025, 248)]
    [InlineData(2026, 248)]
    public void Each_year_has_the_working_days_of_its_notice(int year, int count) => Calendar.WorkingDaysIn(year).ShouldBe(count);

    [Theory]
    [InlineData("2019-05-05", true)]
    [InlineData("2020-01-31", false)]
    [InlineData("2020-02-01", false)]
    [InlineData("2022-12-31", false)]
    [InlineData("2023-01-03", true)]
    [InlineData("2024-02-09", true)]
    [InlineData("2026-01-04", true)]
    [InlineData("2026-02-14", true)]
    [InlineData("2026-11-21", false)]
    public void Days_that_other_calendars_have_wrong_are_right(string day, bool works) => Calendar.IsWorkingDay(Day(day)).ShouldBe(works);

    [Fact]
    [Trait("Invariant", "I31")]
    public void A_due_date_is_a_working_day_and_exactly_n_lie_in_the_term() =>
        Gen.Select(Starts, Gen.Int[1, 40]).Sample((start, count) =>
        {
            var due = Calendar.DueDate(start, new(count));
            var counted = Enumerable.Range(1, due.DayNumber - start.DayNumber).Count(offset => Calendar.IsWorkingDay(start.AddDays(offset)));
            return Calendar.IsWorkingDay(due) && counted == count;
        });

    [Fact]
    [Trait("Invariant", "I31")]
    public void A_longer_term_is_due_strictly_later_and_a_later_start_never_earlier() =>
        Gen.Select(Starts, Gen.Int[1, 39]).Sample((start, count) =>
            Calendar.DueDate(start, new(count)) < Calendar.DueDate(start, new(count + 1))
            && Calendar.DueDate(start, new(count)) <= Calendar.DueDate(start.AddDays(1), new(count)));

    [Fact]
    public void A_term_has_at_least_one_day() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Calendar.DueDate(new(2026, 11, 23), new(0)));

    [Fact]
    [Trait("Invariant", "I31")]
    public void A_new_notice_makes_a_new_calendar_and_leaves_the_old_one()
    {
        var notice = YearNotice.Create(2027, [new(2027, 1, 1)], [], "测试通知").Value;

        var longer = Calendar.With(notice);

        longer.DueDate(new(2026, 12, 23), new(7)).ShouldBe(new(2027, 1, 4));
        longer.Knows(2027).ShouldBeTrue();
        Calendar.Knows(2027).ShouldBeFalse("calendars are immutable");
    }

    [Fact]
    [Trait("Invariant", "I32")]
    public void A_later_decision_replaces_the_notice_of_its_year()
    {
        var notice = YearNotice.Create(2026, [.. Calendar.Notices.Single(year => year.Year == 2026).OffDays, new(2026, 11, 25)], [], "更正").Value;

        Calendar.With(notice).DueDate(new(2026, 11, 23), new(7)).ShouldBe(new(2026, 12, 3));
    }

    [Fact]
    public void A_notice_is_refused_with_every_reason_at_once()
    {
        var outcome = YearNotice.Create(2027, [new(2026, 12, 31), new(2027, 1, 2)], [new(2027, 1, 2), new(2027, 1, 5), new(2027, 1, 5)], " ");

        outcome.Refusals.Select(refusal => refusal.Code).ShouldBe(
            [
                "calendar-source-missing",
                "calendar-day-of-other-year",
                "calendar-day-repeated",
                "calendar-make-up-day-on-weekday",
                "calendar-day-both-off-and-worked",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void A_notice_without_any_day_off_is_an_upload_gone_wrong() =>
        YearNotice.Create(2027, [], [], "通知").Refusals.ShouldHaveSingleItem().Code.ShouldBe("calendar-days-off-missing");

    [Fact]
    public void A_year_has_one_notice()
    {
        var notice = YearNotice.Create(2027, [new(2027, 1, 1)], [], "通知").Value;
        Should.Throw<ArgumentException>(() => new WorkingCalendar([notice, YearNotice.Create(2027, [new(2027, 1, 2)], [], "另一通知").Value]));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
