using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Core.Demo;

/// <summary>A decision of a department about a subject, as it came with a weekly file.</summary>
internal abstract record DemoDecision
{
    public required Guid Id { get; init; }

    public required DemoSubject Subject { get; init; }

    /// <summary>Key of the deciding department.</summary>
    public required string Department { get; init; }

    public required string DocumentNumber { get; init; }

    public required DateOnly DecidedOn { get; init; }

    /// <summary>Day of the file it came with.</summary>
    public required DateOnly ReceivedOn { get; init; }
}

/// <summary>A penalty.</summary>
internal sealed record DemoPenalty(Offence Offence, decimal? FineYuan, decimal? ConfiscatedYuan) : DemoDecision;

/// <summary>A licence.</summary>
internal sealed record DemoLicence(Permission Permission, DateOnly ValidTo, string CertificateNumber) : DemoDecision;

/// <summary>Makes two years of licences and penalties: departments decide on working days and send a file every Friday; a few rows come late.</summary>
internal sealed class DemoDecisions(DemoPlan plan, DemoTables tables, IReadOnlyList<DemoSubject> subjects, IWorkingCalendar calendar)
{
    private static readonly DateOnly Unlimited = new(2099, 12, 31);

    private readonly DateOnly[] _days = [.. Enumerable.Range(1, plan.Today.DayNumber - plan.Start.DayNumber - 7)
        .Select(offset => plan.Start.AddDays(offset)).Where(calendar.IsWorkingDay)];

    private readonly Dictionary<(string Series, int Year), int> _numbers = [];

    /// <summary>Penalties, by day of decision.</summary>
    public IReadOnlyList<DemoPenalty> Penalties()
    {
        var chance = new SeededSource(plan.Seed).For("penalties");
        return [.. Days(chance, plan.Penalties).Select(day =>
        {
            var offence = chance.Weighted(tables.Offences, each => each.Weight);
            var fine = offence.MostFine == 0 ? (decimal?)null : Rounded(chance.Between(offence.LeastFine, offence.MostFine));
            return new DemoPenalty(offence, fine, offence.Categories.Contains("没收", StringComparison.Ordinal) ? Rounded(chance.Between(100, 9000)) : null)
            {
                Id = chance.NextId(CivilClock.StartOf(day)),
                Subject = Draw(chance, offence.Commits),
                Department = offence.Department,
                DocumentNumber = NextNumber(offence.Series, day),
                DecidedOn = day,
                ReceivedOn = FileAfter(chance, day),
            };
        })];
    }

    /// <summary>Licences, by day of decision.</summary>
    public IReadOnlyList<DemoLicence> Licences()
    {
        var chance = new SeededSource(plan.Seed).For("licences");
        return [.. Days(chance, plan.Licences).Select(day =>
        {
            var permission = chance.Weighted(tables.Permissions, each => each.Weight);
            var number = NextNumber(permission.Series, day);
            return new DemoLicence(permission, permission.Years is { } years ? day.AddYears(years).AddDays(-1) : Unlimited, $"370811{day:yyyy}{_numbers[(permission.Series, day.Year)]:00000}")
            {
                Id = chance.NextId(CivilClock.StartOf(day)),
                Subject = Draw(chance, permission.Holder),
                Department = permission.Department,
                DocumentNumber = number,
                DecidedOn = day,
                ReceivedOn = FileAfter(chance, day),
            };
        })];
    }

    private IEnumerable<DateOnly> Days(SeededSource chance, int count) =>
        Enumerable.Range(0, count).Select(_ => chance.Pick(_days)).Order().ToArray();

    private DemoSubject Draw(SeededSource chance, Concerned concerned)
    {
        while (true)
        {
            var subject = chance.Pick(subjects);
            if (DemoTables.Fits(concerned, subject.Kind) && subject.Status != SubjectStatus.Cancelled)
            {
                return subject;
            }
        }
    }

    private string NextNumber(string series, DateOnly day)
    {
        var number = _numbers[(series, day.Year)] = _numbers.GetValueOrDefault((series, day.Year)) + 1;
        return $"{series}〔{day.Year}〕{number}号";
    }

    // The Friday after the decision; three in a hundred come weeks later, which is too late.
    private DateOnly FileAfter(SeededSource chance, DateOnly day)
    {
        var friday = day.AddDays(1);
        while (friday.DayOfWeek != DayOfWeek.Friday)
        {
            friday = friday.AddDays(1);
        }

        var late = friday.AddDays(7 * chance.Between(2, 6));
        return chance.Chance(3) && late <= plan.Today ? late : friday;
    }

    private static decimal Rounded(int yuan) => yuan < 1000 ? yuan / 10 * 10 : yuan / 100 * 100;
}
