using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Model;

/// <summary>Settles how far the clock moves and what the platform's own work is about. Days on which something ends come most.</summary>
internal static class Clockwork
{
    /// <summary>The clock stops here: beyond, terms would reach a year without a calendar.</summary>
    public static readonly DateOnly End = new(2026, 11, 5);

    private const string Platform = "platform";

    public static Request? Resolve(Command command, District district)
    {
        var request = new Request(command.Kind, command.Kind is CommandKind.CalendarUpdate or CommandKind.CatalogueUpdate ? Cast.LeadOfficer : Platform);
        return command.Kind switch
        {
            CommandKind.TickSecond => request with { Move = TimeSpan.FromSeconds(1) },
            CommandKind.TickToMidnight => Bounded(request, district, UntilMidnight(district.Now) + TimeSpan.FromSeconds(command.Knob % 3 == 0 ? -1 : 0)),
            CommandKind.TickDays => Bounded(request, district, TimeSpan.FromDays(Days(command, district))),
            CommandKind.ClockBack => request with { Move = (command.Knob % 3) switch { 0 => TimeSpan.FromSeconds(-2), 1 => TimeSpan.FromHours(-1), _ => TimeSpan.FromHours(-25) } },
            CommandKind.CalendarUpdate => request with { Day = Weekday(district.Today.AddDays(1 + (command.Knob % 20))) },
            CommandKind.CatalogueUpdate => request with { Day = district.Today.AddDays(1), Number = command.Pick },
            CommandKind.DuplicateDelivery => request with { Number = command.Pick },
            _ => request,
        };
    }

    private static Request? Bounded(Request request, District district, TimeSpan move) =>
        move > TimeSpan.Zero && CivilClock.Day(district.Now + move) <= End ? request with { Move = move } : null;

    private static TimeSpan UntilMidnight(DateTimeOffset now) => CivilClock.StartOf(CivilClock.Day(now).AddDays(1)) - now;

    private static int Days(Command command, District district)
    {
        if (command.Knob % 5 == 0)
        {
            return 1 + (command.Pick % 90);
        }

        var today = district.Today;
        DateOnly[] ends = [.. Boundaries(district.Register).Where(day => day >= today).Distinct().Order().Take(6)];
        return ends.Length == 0 ? 1 + (command.Pick % 30) : ends[command.Pick % ends.Length].DayNumber - today.DayNumber + (command.Knob / 5 % 3);
    }

    private static IEnumerable<DateOnly> Boundaries(Register register) =>
    [
        .. register.Entries.Rows.Where(entry => entry.State is EntryState.Active or EntryState.Verifying).Select(entry => entry.ValidTo),
        .. register.Entries.Rows.Where(entry => entry.State == EntryState.Noticed && entry.DefenceUntil is not null).Select(entry => entry.DefenceUntil!.Value),
        .. register.Entries.Rows.Where(entry => entry.State == EntryState.Recognised).Select(entry => entry.ReportDue!.Value),
        .. register.Objections.Rows.Where(objection => objection.State == ObjectionState.Accepted).Select(objection => objection.DecideDue!.Value),
        .. register.Rectifications.Rows.Where(each => each.State is RectificationState.Required or RectificationState.Rejected).Select(each => each.Due),
        .. register.Acceptances.Rows.Where(each => each.State == AcceptanceState.Accepted).Select(each => each.Due),
        .. register.Tasks.Rows.Where(task => task.State == TaskState.Dispatched).Select(task => task.Due),
    ];

    private static DateOnly Weekday(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(2),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };
}
