using System.Collections.Immutable;

namespace Credit.Domain.Policy;

/// <summary>The working days of the years whose holiday notices are loaded. Immutable: a new notice makes a new calendar (I31, I32).</summary>
public sealed class WorkingCalendar : IWorkingCalendar
{
    private readonly ImmutableSortedDictionary<int, YearNotice> _years;

    /// <summary>A calendar of these years.</summary>
    /// <param name="notices">One notice a year.</param>
    /// <exception cref="ArgumentException">Two notices are for the same year.</exception>
    public WorkingCalendar(IEnumerable<YearNotice> notices)
        : this(notices.ToImmutableSortedDictionary(notice => notice.Year, notice => notice))
    {
    }

    private WorkingCalendar(ImmutableSortedDictionary<int, YearNotice> years) => _years = years;

    /// <summary>The calendar of the notices that came with this version, 2019 to 2026.</summary>
    public static WorkingCalendar BuiltIn { get; } = new(BuiltInNotices());

    /// <summary>The loaded notices by year, ascending.</summary>
    public IEnumerable<YearNotice> Notices => _years.Values;

    /// <summary>This calendar with one more year, or with a year's notice replaced by a later decision.</summary>
    public WorkingCalendar With(YearNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return new(_years.SetItem(notice.Year, notice));
    }

    /// <summary>True when the notice of the year is loaded.</summary>
    public bool Knows(int year) => _years.ContainsKey(year);

    /// <inheritdoc/>
    public bool IsWorkingDay(DateOnly day)
    {
        if (!_years.TryGetValue(day.Year, out var notice))
        {
            throw new CalendarNotPublishedException(day.Year);
        }

        return notice.MakeUpDays.Contains(day) || (!IsWeekend(day) && !notice.OffDays.Contains(day));
    }

    /// <inheritdoc/>
    public DateOnly DueDate(DateOnly start, WorkingDays term)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(term.Count, 1);
        var day = start;
        for (var left = term.Count; left > 0;)
        {
            day = day.AddDays(1);
            left -= IsWorkingDay(day) ? 1 : 0;
        }

        return day;
    }

    /// <summary>Number of working days in a year.</summary>
    /// <exception cref="CalendarNotPublishedException">The notice of that year is not loaded.</exception>
    public int WorkingDaysIn(int year)
    {
        var first = new DateOnly(year, 1, 1);
        return Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Count(offset => IsWorkingDay(first.AddDays(offset)));
    }

    internal static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static IEnumerable<YearNotice> BuiltInNotices() =>
        EmbeddedFile.Read<CalendarFile>("cn-workdays.json").Years
            .Select(year => YearNotice.Create(year.Year, year.OffDays, year.MakeUpDays, year.Source).Value);

    private sealed record CalendarFile(string Source, IReadOnlyList<CalendarYear> Years);

    private sealed record CalendarYear(int Year, string Source, IReadOnlyList<DateOnly> OffDays, IReadOnlyList<DateOnly> MakeUpDays);
}
