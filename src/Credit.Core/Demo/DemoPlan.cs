using Credit.Domain.Policy;

namespace Credit.Core.Demo;

/// <summary>What to load. Two plans that are equal give the same district.</summary>
/// <param name="Today">Last day of the district's history.</param>
/// <param name="Subjects">Number of subjects; everything else grows with it.</param>
/// <param name="Seed">Seed of chance.</param>
internal sealed record DemoPlan(DateOnly Today, int Subjects = DemoPlan.FullSize, ulong Seed = 20190805)
{
    /// <summary>Subjects of the full district.</summary>
    public const int FullSize = 20_000;

    /// <summary>Longest term that a step of the history starts, in working days, with some to spare.</summary>
    private const int Reach = 24;

    /// <summary>The subject that the demo account <c>subject</c> signs in as.</summary>
    public static readonly Guid AccountSubject = new("00000000-0000-7000-8000-000000000001");

    /// <summary>The natural person that the demo account <c>subject.person</c> signs in as.</summary>
    public static readonly Guid AccountPerson = new("00000000-0000-7000-8000-000000000002");

    /// <summary>First day: the registry is taken in.</summary>
    public DateOnly Start => Today.AddYears(-2);

    public int Licences => Subjects * 3 / 2;

    public int Penalties => Subjects * 3 / 5;

    /// <summary>How often every fate of an entry is told; once at least, so that every state is there.</summary>
    public int Rounds => Math.Max(1, Subjects / 4000);

    /// <summary>The plan for a host that starts on this day. The history ends earlier where the working calendar does.</summary>
    public static DemoPlan For(DateOnly today, WorkingCalendar calendar, int subjects = FullSize)
    {
        var last = new DateOnly(calendar.Notices.Last().Year, 12, 31);
        for (var left = Reach; left > 0; last = last.AddDays(-1))
        {
            left -= calendar.IsWorkingDay(last) ? 1 : 0;
        }

        return new DemoPlan(today < last ? today : last, subjects);
    }
}
