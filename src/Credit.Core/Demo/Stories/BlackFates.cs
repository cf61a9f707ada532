using Credit.Domain.Listing;

namespace Credit.Core.Demo.Stories;

/// <summary>What becomes of black entries.</summary>
internal static class BlackFates
{
    private static readonly Fate[] Fresh = [Fate.Leave, Fate.Acknowledge, Fate.Apply, Fate.FeedBack];
    private static readonly Fate[] Settled = [Fate.FeedBack, Fate.FeedBack, Fate.FindNotApplicable, Fate.Decline];

    public static void Tell(StoryBook book, int round)
    {
        OnTheWay(book);
        InForce(book, round);
        Doubted(book, round);
        Ended(book, round);
    }

    // Proposed, told, recognised, withdrawn: nothing in force yet.
    private static void OnTheWay(StoryBook book)
    {
        book.Begin(ListKind.Black, ago: 2).Propose();
        book.Begin(ListKind.Black, ago: 4, person: true).Propose().Later(1).Notice();
        book.Begin(ListKind.Black, ago: 4, person: true).Propose().Later(1).Notice().Later(1).Object();
        book.Begin(ListKind.Black, ago: 6, person: true).Propose().Later(1).Notice().Later(1).Object().Later(1).Accept();
        book.Begin(ListKind.Black, ago: 3).Propose().Later(1).Recognise();
        book.Begin(ListKind.Black, ago: 9).Propose().Later(2).Withdraw();
        book.Begin(ListKind.Black, ago: 12).Propose().Later(2).Recognise().Later(1).Withdraw();
    }

    private static void InForce(StoryBook book, int round)
    {
        book.Begin(ListKind.Black, ago: 70 + (40 * round)).BringIntoForce(36).Later(4).CarryOut(Settled).Later(3).Collect();
        book.Begin(ListKind.Black, ago: 60 + (35 * round)).BringIntoForce(36).Later(4).CarryOut(Settled).Later(4).Collect();
        book.Begin(ListKind.Black, ago: 80 + (30 * round), person: true).BringIntoForce(36).Later(4).CarryOut(Settled);
        book.Begin(ListKind.Black, ago: 8).BringIntoForce(36).Later(2).CarryOut(Fresh);
        book.Begin(ListKind.Black, ago: 10, person: true).BringIntoForce(24).Later(1).CarryOut(Fresh);

        // Reported after the seven working days, which stays on record.
        book.Begin(ListKind.Black, ago: 50 + (20 * round)).Propose(36).Later(2).Recognise().Later(9).Report().Later(3).CarryOut(Settled);
        book.Begin(ListKind.Black, ago: 40 + (25 * round)).BringIntoForce(12, closed: "涉及国家秘密，依法不予公开").Later(2).TellAddressee().Later(2).CarryOut(Settled);
    }

    private static void Doubted(StoryBook book, int round)
    {
        book.Begin(ListKind.Black, ago: 25).BringIntoForce().Later(4).CarryOut(Settled).Later(14).Object();
        book.Begin(ListKind.Black, ago: 18).BringIntoForce().Later(2).CarryOut(Fresh).Later(3).Object().Later(2).Accept();
        book.Begin(ListKind.Black, ago: 28).BringIntoForce().Later(2).CarryOut(Settled).Later(10).Object(DemoCaller.Association()).Later(2).Accept().Later(6).Extend();
        book.Begin(ListKind.Black, ago: 60 + (30 * round)).BringIntoForce().Later(4).CarryOut(Settled).Later(4).Object().Later(1).Accept().Later(5).Uphold();
        book.Begin(ListKind.Black, ago: 62 + (30 * round)).BringIntoForce().Later(4).CarryOut(Settled).Later(4).Object().Later(2).Accept().Later(4).Correct();
        book.Begin(ListKind.Black, ago: 64 + (30 * round), person: true).BringIntoForce().Later(4).CarryOut(Settled).Later(4).Object().Later(2).Dismiss();

        // Before recognition: an objection that was right, and one that was not.
        book.Begin(ListKind.Black, ago: 66 + (30 * round), person: true).Propose().Later(1).Notice().Later(1).Object().Later(1).Accept().Later(3).Revoke();
        book.Begin(ListKind.Black, ago: 68 + (30 * round), person: true)
            .Propose().Later(1).Notice().Later(1).Object().Later(1).Accept().Later(3).Uphold().Entry.Later(1).Recognise().Later(1).Report().Later(3).CarryOut(Settled);
    }

    private static void Ended(StoryBook book, int round)
    {
        book.Begin(ListKind.Black, ago: 90 + (30 * round)).BringIntoForce().Later(4).CarryOut(Settled)
            .Later(3).Object().Later(1).Accept().Later(4).Revoke().Entry.Later(1).AnnounceExit().Later(1).Stop(Fate.Close);

        // Terms that end by themselves; a watch entry follows.
        book.Begin(ListKind.Black, ago: 120 + (30 * round)).BringIntoForceUntil(book.Ago(40 + (20 * round))).Later(4).CarryOut(Settled)
            .ReachDay(book.Ago(37 + (20 * round))).Stop(Fate.Close, Fate.ConfirmStop);
        book.Begin(ListKind.Black, ago: 100 + (30 * round)).BringIntoForceUntil(book.Ago(30)).Later(4).CarryOut(Settled).ReachDay(book.Ago(28))
            .AnnounceExit().Stop(Fate.ConfirmStop, Fate.Close);
        book.Begin(ListKind.Black, ago: 45).BringIntoForceUntil(book.Ago(2)).Later(4).CarryOut(Settled);
        book.Begin(book.Standard(ListKind.Black, "食品药品"), book.SomeCompany(), book.Ago(75 + (30 * round))).BringIntoForce().Later(4).CarryOut(Settled)
            .Later(20).ExitAsStandardChanged().Later(1).AnnounceExit(everywhere: false).Later(1).Stop(Fate.ConfirmStop, Fate.Close, Fate.Leave);
    }
}
