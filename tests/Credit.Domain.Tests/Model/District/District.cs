using Credit.Domain.Accountability;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Tests.Model;

/// <summary>What came of a request.</summary>
/// <param name="Refusals">Codes against it; none when it was done.</param>
/// <param name="Changes">What it changed.</param>
internal sealed record Answer(IReadOnlyList<string> Refusals, IReadOnlyList<Change> Changes)
{
    public bool Accepted => Refusals.Count == 0;
}

/// <summary>
/// The district in memory: the real aggregates and the real rules, behind use cases that load, call and save as those of
/// the platform do. The clock, the calendar and the catalogue belong to it.
/// </summary>
internal sealed class District
{
    private readonly Dictionary<Guid, int> _numbers = [];

    public District(PolicyPack pack, Catalogue catalogue, DateTimeOffset start, bool withOfficeholders = false)
    {
        (Pack, Catalogue, Now) = (pack, catalogue, start);
        Subjects = Cast.Register();
        Officeholders = withOfficeholders ? Cast.Officeholders(Subjects) : [];
        for (var number = 0; number < Subjects.Length; number++)
        {
            Subjects[number].ForgetAnnouncements();
            _numbers.Add(Subjects[number].Id, number);
        }
    }

    public PolicyPack Pack { get; }

    public Catalogue Catalogue { get; }

    public WorkingCalendar Calendar { get; set; } = WorkingCalendar.BuiltIn;

    public Subject[] Subjects { get; }

    public Register Register { get; } = new();

    public DateTimeOffset Now { get; set; }

    public DateOnly Today => CivilClock.Day(Now);

    /// <summary>Whether a department reports this measure in a form of its own, and not in the plain one.</summary>
    public Func<MeasureTask, bool> HasOwnForm { get; init; } = _ => false;

    /// <summary>Who holds, or held, office with the organisations; nobody where the model runs beside a database that knows none.</summary>
    public IReadOnlyList<Officeholder> Officeholders { get; }

    /// <summary>A district in which one subject after the other is watched in one domain after the other, for long.</summary>
    public bool Watchful { get; init; }

    /// <summary>How far the reactions have read the log.</summary>
    public int Delivered { get; set; }

    public int NumberOf(Guid subject) => _numbers[subject];

    /// <summary>Does a request, wholly or not at all.</summary>
    public Answer Do(Request request)
    {
        var session = new Session(Register);
        var desk = new Desk(this, session, request);
        IReadOnlyList<Refusal> refusals;
        try
        {
            refusals = desk.Answer();
        }
        catch (CalendarNotPublishedException)
        {
            return new(["calendar-not-published"], []);
        }

        if (refusals.Count > 0 || request.Crashes)
        {
            return new(refusals.Count > 0 ? [.. refusals.Select(refusal => refusal.Code).Distinct().Order(StringComparer.Ordinal)] : ["crashed"], []);
        }

        var changes = session.Commit();
        desk.AfterCommit();
        return new([], changes);
    }
}
