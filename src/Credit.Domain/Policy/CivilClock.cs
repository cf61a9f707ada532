namespace Credit.Domain.Policy;

/// <summary>The civil calendar of the district: Asia/Shanghai, whatever zone the host is in (I36).</summary>
public static class CivilClock
{
    // A fixed offset, not a zone look-up: China has had no summer time since 1991 and hosts may lack zone data.
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);

    /// <summary>The civil day that <paramref name="instant"/> falls on in the district.</summary>
    public static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Shanghai).DateTime);

    /// <summary>Today in the district.</summary>
    public static DateOnly Today(this TimeProvider clock) => Day(clock.GetUtcNow());

    /// <summary>The instant, in UTC, at which <paramref name="day"/> begins in the district.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, Shanghai).ToUniversalTime();
}
