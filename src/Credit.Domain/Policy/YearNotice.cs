namespace Credit.Domain.Policy;

/// <summary>国务院办公厅关于某年部分节假日安排的通知: the days off and the make-up working days of one calendar year.</summary>
public sealed class YearNotice
{
    private YearNotice(int year, IReadOnlySet<DateOnly> offDays, IReadOnlySet<DateOnly> makeUpDays, string source)
    {
        Year = year;
        OffDays = offDays;
        MakeUpDays = makeUpDays;
        Source = source;
    }

    /// <summary>The calendar year; a December day off that belongs to the next New Year stands in its own year.</summary>
    public int Year { get; }

    /// <summary>Days off, the weekend days inside a holiday included.</summary>
    public IReadOnlySet<DateOnly> OffDays { get; }

    /// <summary>Saturdays and Sundays that are worked.</summary>
    public IReadOnlySet<DateOnly> MakeUpDays { get; }

    /// <summary>Title or number of the notice.</summary>
    public string Source { get; }

    /// <summary>Reads a notice, or says everything that speaks against it.</summary>
    /// <param name="year">Calendar year.</param>
    /// <param name="offDays">Days off, weekend days inside a holiday may be left out.</param>
    /// <param name="makeUpDays">Saturdays and Sundays worked.</param>
    /// <param name="source">Title or number of the notice.</param>
    public static Outcome<YearNotice> Create(int year, IReadOnlyCollection<DateOnly> offDays, IReadOnlyCollection<DateOnly> makeUpDays, string source)
    {
        ArgumentNullException.ThrowIfNull(offDays);
        ArgumentNullException.ThrowIfNull(makeUpDays);
        var against = Against(year, offDays, makeUpDays, source).ToList();
        return against.Count > 0
            ? Outcome<YearNotice>.Refused(against)
            : new YearNotice(year, offDays.ToHashSet(), makeUpDays.ToHashSet(), source.Trim());
    }

    private static IEnumerable<Refusal> Against(int year, IReadOnlyCollection<DateOnly> offDays, IReadOnlyCollection<DateOnly> makeUpDays, string source)
    {
        if (string.IsNullOrWhiteSpace(source))
        {
            yield return Refuse("calendar-source-missing", "请注明节假日安排通知的名称或文号。", "Name the notice the days come from.", "source");
        }

        // The law itself gives New Year, Spring Festival, Labour Day and National Day: a year without any day off is an upload gone wrong.
        if (offDays.Count == 0)
        {
            yield return Refuse("calendar-days-off-missing", $"{year}年的通知没有放假日期。", $"The notice for {year} has no day off.", "offDays");
        }

        foreach (var (days, field) in new[] { (offDays, "offDays"), (makeUpDays, "makeUpDays") })
        {
            foreach (var day in days.Where(day => day.Year != year).Distinct())
            {
                yield return Refuse("calendar-day-of-other-year", $"{day:yyyy-MM-dd}不属于{year}年。", $"{day:yyyy-MM-dd} does not lie in {year}.", field);
            }

            foreach (var day in days.GroupBy(day => day).Where(same => same.Skip(1).Any()).Select(same => same.Key))
            {
                yield return Refuse("calendar-day-repeated", $"{day:yyyy-MM-dd}重复。", $"{day:yyyy-MM-dd} is given twice.", field);
            }
        }

        foreach (var day in makeUpDays.Where(day => !WorkingCalendar.IsWeekend(day)).Distinct())
        {
            yield return Refuse("calendar-make-up-day-on-weekday", $"调休上班日{day:yyyy-MM-dd}不是星期六或星期日。", $"The make-up day {day:yyyy-MM-dd} is neither Saturday nor Sunday.", "makeUpDays");
        }

        foreach (var day in makeUpDays.Intersect(offDays))
        {
            yield return Refuse("calendar-day-both-off-and-worked", $"{day:yyyy-MM-dd}既是放假日又是上班日。", $"{day:yyyy-MM-dd} is both a day off and a working day.", "makeUpDays");
        }
    }

    private static Refusal Refuse(string code, string chinese, string english, string field) =>
        new(code, chinese, english, Clause.Standard("I31"), field);
}
