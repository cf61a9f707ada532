using Credit.Domain.Listing;

namespace Credit.Core.Demo.Stories;

/// <summary>What becomes of watch entries.</summary>
internal static class WatchFates
{
    private static readonly string[] Domains = ["消防安全", "安全生产", "生态环境"];

    public static void Tell(StoryBook book, int round)
    {
        OnTheWay(book);
        InForce(book, round);
        Ended(book, round);
    }

    private static void OnTheWay(StoryBook book)
    {
        book.Begin(ListKind.Watch, ago: 1).Propose(12);
        book.Begin(ListKind.Watch, ago: 3, person: true).Propose(12).Later(1).Notice();
        book.Begin(ListKind.Watch, ago: 4, person: true).Propose(12).Later(1).Notice().Later(1).Object();
        book.Begin(ListKind.Watch, ago: 4).Propose(12).Later(2).Recognise();
        book.Begin(ListKind.Watch, ago: 15).Propose(12).Later(2).Withdraw();
    }

    private static void InForce(StoryBook book, int round)
    {
        book.Begin(ListKind.Watch, ago: 30 + (20 * round)).BringIntoForce();
        book.Begin(ListKind.Watch, ago: 35 + (20 * round)).BringIntoForce().Later(2).ShowToPublic();
        book.Begin(ListKind.Watch, ago: 40 + (15 * round), person: true).BringIntoForce();
        book.Begin(ListKind.Watch, ago: 20).BringIntoForce(12).Later(5).Object().Later(1).Accept();

        // Three key domains at once: the warning list watches for this.
        var first = book.Begin(book.Standard(ListKind.Watch, Domains[0]), book.SomeCompany(), book.Ago(60 + (10 * round)));
        first.BringIntoForce();
        foreach (var domain in Domains.Skip(1))
        {
            book.Begin(book.Standard(ListKind.Watch, domain), first.Subject, first.Day).Later(5).BringIntoForce();
        }
    }

    private static void Ended(StoryBook book, int round)
    {
        book.Begin(ListKind.Watch, ago: 90 + (30 * round)).BringIntoForceUntil(book.Ago(25 + (15 * round)));
        book.Begin(ListKind.Watch, ago: 80 + (30 * round)).BringIntoForce(12).Later(2).ShowToPublic()
            .Later(5).Object().Later(1).Accept().Later(5).Revoke().Entry.Later(1).AnnounceExit();
        book.Begin(ListKind.Watch, ago: 70 + (30 * round)).BringIntoForce(12).Later(15).ExitAsStandardChanged();

        // Watched first, blacklisted later in the same domain.
        var watched = book.Begin(book.Standard(ListKind.Watch, Domains[round % Domains.Length]), book.SomeCompany(), book.Ago(100 + (20 * round)));
        watched.BringIntoForce();
        book.Begin(book.Standard(ListKind.Black, watched.Standard.Domain), watched.Subject, watched.Day).Later(30).BringIntoForce(36);
    }
}
