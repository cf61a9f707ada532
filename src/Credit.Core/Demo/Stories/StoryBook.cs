using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Core.Demo.Stories;

/// <summary>One step of the district's history.</summary>
/// <param name="Day">Day on which it is taken.</param>
/// <param name="Subject">Whom it concerns: steps of one subject are taken in order, others beside them.</param>
/// <param name="Take">The step.</param>
internal sealed record Step(DateOnly Day, Guid Subject, Func<Stage, Task> Take);

/// <summary>All stories of list entries and their steps. Whoever tells a story says only what officers do; what follows by itself, follows.</summary>
internal sealed class StoryBook(DemoDistrict district, IWorkingCalendar calendar)
{
    private readonly Cast _cast = new(district);
    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<ListKind, int> _turns = [];
    private readonly List<Step> _steps = [];

    /// <summary>How many stories are told.</summary>
    public int Stories { get; private set; }

    /// <summary>The steps, day by day in the order they were told.</summary>
    public IReadOnlyList<Step> Steps => [.. _steps.OrderBy(step => step.Day)];

    /// <summary>Tells every fate, as often as the plan says.</summary>
    public static StoryBook Tell(DemoDistrict district, IWorkingCalendar calendar)
    {
        var book = new StoryBook(district, calendar);
        AccountStory.Tell(book);
        for (var round = 0; round < district.Plan.Rounds; round++)
        {
            BlackFates.Tell(book, round);
            WatchFates.Tell(book, round);
            RedFates.Tell(book, round);
        }

        // Twice is enough to be seen, and the load stays short.
        for (var round = 0; round < Math.Min(2, district.Plan.Rounds); round++)
        {
            RectificationFates.Tell(book, round);
            DepartmentWork.TellRecords(book, round);
        }

        DepartmentWork.TellEvaluations(book);

        return book;
    }

    /// <summary>A story that starts so many working days before the end of the history, about a subject that is in no other story.</summary>
    public EntryStory Begin(ListKind list, int ago, bool person = false)
    {
        var day = Ago(ago);
        var standard = NextStandard(list, day, person);
        var (subject, penalty) = _cast.Next(standard, day, person);
        return Begin(standard, subject, penalty, day);
    }

    /// <summary>A story about a subject of another one.</summary>
    public EntryStory Begin(ListStandard standard, DemoSubject subject, DateOnly day) => Begin(standard, subject, penalty: null, day);

    /// <summary>The standard of a list and domain.</summary>
    public ListStandard Standard(ListKind list, string domain) =>
        district.Tables.Standards.First(standard => standard.List == list && standard.Domain == domain);

    /// <summary>The subject with this identity, now in a story.</summary>
    public DemoSubject Claim(Guid id) => _cast.Claim(id);

    /// <summary>A company that is in no other story.</summary>
    public DemoSubject SomeCompany() => _cast.Next(Standard(ListKind.Red, "市场监管"), district.Plan.Today, person: false).Subject;

    /// <summary>The day so many working days before the end of the history.</summary>
    public DateOnly Ago(int workingDays)
    {
        var day = district.Plan.Today;
        for (var left = workingDays; left > 0 || !calendar.IsWorkingDay(day); day = day.AddDays(-1))
        {
            left -= calendar.IsWorkingDay(day) ? 1 : 0;
        }

        return day;
    }

    /// <summary>The day so many working days later.</summary>
    public DateOnly Later(DateOnly day, int workingDays) => workingDays == 0 ? day : calendar.DueDate(day, new WorkingDays(workingDays));

    /// <summary>Number of the next document of a series.</summary>
    public string NextNumber(string series, DateOnly day) =>
        $"{series}〔{day.Year}〕{_numbers[series] = _numbers.GetValueOrDefault(series) + 1}号";

    /// <summary>Adds a step.</summary>
    /// <exception cref="InvalidOperationException">It would lie after the end of the history.</exception>
    public void Add(DateOnly day, DemoSubject subject, Func<Stage, Task> take)
    {
        if (day > district.Plan.Today)
        {
            throw new InvalidOperationException($"A step on {day:yyyy-MM-dd} lies after the end of the history.");
        }

        _steps.Add(new Step(day, subject.Id, take));
    }

    private EntryStory Begin(ListStandard standard, DemoSubject subject, DemoPenalty? penalty, DateOnly day)
    {
        Stories++;
        return new EntryStory(this, standard, subject, penalty, day);
    }

    // The standards take turns, so that every domain and department has its share.
    private ListStandard NextStandard(ListKind list, DateOnly day, bool person)
    {
        var choices = district.Tables.Standards
            .Where(standard => standard.List == list && standard.Since <= day && (!person || standard.Persons))
            .SelectMany(standard => Enumerable.Repeat(standard, standard.Turns)).ToArray();
        return choices[(_turns[list] = _turns.GetValueOrDefault(list) + 1) % choices.Length];
    }
}
