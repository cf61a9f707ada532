using Credit.Domain.Listing;

namespace Credit.Core.Demo.Stories;

/// <summary>What becomes of red entries.</summary>
internal static class RedFates
{
    private static readonly Fate[] Granted = [Fate.FeedBack, Fate.FeedBack, Fate.Decline];

    public static void Tell(StoryBook book, int round)
    {
        OnTheWay(book);
        InForce(book, round);
        Ended(book, round);
    }

    private static void OnTheWay(StoryBook book)
    {
        book.Begin(ListKind.Red, ago: 2).Propose();
        book.Begin(ListKind.Red, ago: 3).Propose().Later(1).Notice();
        book.Begin(ListKind.Red, ago: 3).Propose().Later(1).Recognise();
        book.Begin(ListKind.Red, ago: 6).Propose().Later(1).Object().Later(1).Accept();
        book.Begin(ListKind.Red, ago: 20).Propose().Later(3).Withdraw();
    }

    private static void InForce(StoryBook book, int round)
    {
        for (var more = 0; more < 4; more++)
        {
            book.Begin(ListKind.Red, ago: 30 + (20 * round) + (30 * more), person: more == 3).BringIntoForce(36).Later(6).CarryOut(Granted).Later(2).Collect();
        }

        book.Begin(ListKind.Red, ago: 15).BringIntoForce().Later(3).Object(DemoCaller.Association()).Later(2).Accept();
        book.Begin(ListKind.Red, ago: 50 + (20 * round)).BringIntoForce().Later(6).CarryOut(Granted).Later(3).Object(DemoCaller.Association()).Later(2).Accept().Later(3).Uphold();
    }

    private static void Ended(StoryBook book, int round)
    {
        book.Begin(ListKind.Red, ago: 70 + (20 * round)).BringIntoForceUntil(book.Ago(20)).ReachDay(book.Ago(18)).AnnounceExit().Stop(Fate.Close);
        book.Begin(ListKind.Red, ago: 72 + (20 * round)).BringIntoForce().Later(6).CarryOut(Granted).Later(20).ExitAsMisused().Later(2).AnnounceExit().Stop(Fate.Close);
        book.Begin(ListKind.Red, ago: 74 + (20 * round)).BringIntoForce().Later(20).ExitAsStandardChanged().Later(2).AnnounceExit().Stop(Fate.ConfirmStop);
        book.Begin(ListKind.Red, ago: 76 + (20 * round)).BringIntoForce().Later(8).Object(DemoCaller.Association())
            .Later(1).Accept().Later(5).Revoke().Entry.Later(1).AnnounceExit().Stop(Fate.ConfirmStop);

        // Benefits were granted before it was found wrong: they are to be recovered.
        book.Begin(book.Standard(ListKind.Red, "税收征管"), book.SomeCompany(), book.Ago(78 + (20 * round))).BringIntoForce().Later(6).CarryOut(Granted)
            .Later(2).Object(DemoCaller.Association()).Later(1).Accept().Later(5).Revoke().Entry.Later(1).AnnounceExit();

        // Praised by one department, then listed by another: red ends on that day.
        var praised = book.Begin(ListKind.Red, ago: 90 + (20 * round)).BringIntoForce();
        book.Begin(book.Standard(ListKind.Black, "消防安全"), praised.Subject, praised.Day).Later(20).BringIntoForce(36);
        praised.Later(26).AnnounceExit().Stop(Fate.Close);
        var watched = book.Begin(ListKind.Red, ago: 92 + (20 * round)).BringIntoForce();
        book.Begin(book.Standard(ListKind.Watch, "生态环境"), watched.Subject, watched.Day).Later(20).BringIntoForce(12);
    }
}
