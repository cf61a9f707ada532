namespace Credit.Domain.Policy;

/// <summary>A length of time counted in working days. Never convert it to <see cref="TimeSpan"/>: only a calendar can.</summary>
/// <param name="Count">Number of working days, 1 or more.</param>
public readonly record struct WorkingDays(int Count);

/// <summary>Knows which days are working days in the jurisdiction, make-up Saturdays and Sundays included.</summary>
public interface IWorkingCalendar
{
    /// <summary>True on a working day.</summary>
    /// <exception cref="CalendarNotPublishedException">The holiday notice of that year is not loaded.</exception>
    bool IsWorkingDay(DateOnly day);

    /// <summary>The last day on which an act due within <paramref name="term"/> of <paramref name="start"/> is in time.</summary>
    /// <param name="start">Day the term starts to run; it is day 0 and not itself counted, whether a working day or not.</param>
    /// <param name="term">Length of the term.</param>
    /// <exception cref="CalendarNotPublishedException">The span reaches a year whose holiday notice is not loaded.</exception>
    DateOnly DueDate(DateOnly start, WorkingDays term);
}

/// <summary>The holiday notice of a year is missing, so working days cannot be counted in it. Never guessed from weekends.</summary>
/// <param name="year">The year that is not loaded.</param>
public sealed class CalendarNotPublishedException(int year)
    : InvalidOperationException($"No holiday notice is loaded for {year}.")
{
    /// <summary>The year that is not loaded.</summary>
    public int Year { get; } = year;
}
