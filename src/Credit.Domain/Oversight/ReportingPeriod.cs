namespace Credit.Domain.Oversight;

/// <summary>A period that departments report progress on (R-4.3.a). Periods follow each other from the first of January on.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
public readonly record struct ReportingPeriod(DateOnly From, DateOnly To)
{
    /// <summary>The period a day lies in.</summary>
    /// <param name="day">The day.</param>
    /// <param name="months">Length; a divisor of twelve.</param>
    /// <exception cref="ArgumentOutOfRangeException">A year does not consist of whole periods of this length.</exception>
    public static ReportingPeriod Of(DateOnly day, int months)
    {
        if (months is < 1 or > 12 || 12 % months != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(months), months, "A year consists of whole periods.");
        }

        var from = new DateOnly(day.Year, ((day.Month - 1) / months * months) + 1, 1);
        return new(from, from.AddMonths(months).AddDays(-1));
    }

    /// <summary>Last day to report on it, civil days after its end.</summary>
    public DateOnly Due(int days) => To.AddDays(days);
}
