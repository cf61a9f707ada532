namespace Credit.Domain.Policy;

/// <summary>A term in working days that rests while its measure does (R-3.5.7.c).</summary>
internal static class RestingTerm
{
    /// <summary>Working days left of a term after today, one at least: what it goes on with.</summary>
    /// <param name="calendar">The calendar.</param>
    /// <param name="today">Day on which it comes to rest; not after <paramref name="due"/>.</param>
    /// <param name="due">Its last day.</param>
    public static int Left(IWorkingCalendar calendar, DateOnly today, DateOnly due) =>
        Math.Max(Enumerable.Range(1, due.DayNumber - today.DayNumber).Count(day => calendar.IsWorkingDay(today.AddDays(day))), 1);
}
