using Credit.Domain.Listing;

namespace Credit.Domain.Tests.Model;

/// <summary>Settles what is proposed, of whom, for how long.</summary>
internal static class Proposing
{
    private static readonly int[] Terms = [0, 1, 5, 30, 90, 120, 200, 365, 365, 500, 700, -1];

    public static Request? Submit(Command command, District district)
    {
        var (pick, turn, knob) = (command.Pick, command.Turn, command.Knob);
        var subject = pick % Cast.Subjects;
        var domain = (district.Watchful ? Cast.KeyDomains : Cast.Domains)[pick / 3 % Cast.Domains.Length];
        var list = (pick / 12 % 10) switch { < 4 => ListKind.Black, < 7 => ListKind.Watch, _ => ListKind.Red };
        if (command.Kind == CommandKind.Upgrade)
        {
            // The watched subject did worse in the same domain.
            ListEntry[] watched = [.. district.Register.Entries.Rows.Where(entry => entry.List == ListKind.Watch && entry.State is EntryState.Active or EntryState.Verifying)];
            if (watched.Length == 0)
            {
                return null;
            }

            var watch = watched[pick % watched.Length];
            (subject, domain, list) = (district.NumberOf(watch.SubjectId), watch.Domain, ListKind.Black);
        }

        else if (district.Watchful && pick / 12 % 10 < 8)
        {
            (subject, list) = (pick % 2 == 0 ? 0 : subject, ListKind.Watch);
            knob = knob / 540 * 540 + (knob % 45) + (45 * (6 + (knob / 45 % 5)));
        }

        var department = Cast.Departments[turn % Cast.Departments.Length];
        var role = (turn / 3 % 12) switch { 0 => ".approver", 1 => ".reviewer", _ => ".officer" };
        return new Request(command.Kind, department + role)
        {
            Subject = subject,
            Domain = domain,
            List = list,
            Document = knob % 9 == 0 ? pick % 4 : 100 + (knob % 100_000),
            Day = (knob / 9 % 5) switch { 0 => district.Today.AddDays(-3), 1 => district.Today, _ => null },
            LastDay = district.Today.AddDays(Terms[knob / 45 % Terms.Length]),
            Months = (turn / 24 % 4) switch { 0 => null, 1 => 1, 2 => 2, _ => 12 },
            Yes = turn / 96 % 8 != 0,
            Also = turn / 768 % 3 != 0,
            Number = turn / 2304 % 12,
        };
    }
}
