using Credit.Domain.DueProcess;
using Credit.Domain.Listing;

namespace Credit.Core.Demo.Stories;

/// <summary>What becomes of watched subjects that are to put something right: in time, in part, not at all.</summary>
internal static class RectificationFates
{
    private const int TalksDue = 3;

    public static void Tell(StoryBook book, int round)
    {
        Watched(book, ago: 12).Require(20);
        Watched(book, ago: 14).Require(20).Later(3).Submit();
        Watched(book, ago: 16).Require(25).Later(3).Submit().Later(2).Reject();
        Watched(book, ago: 45 + (10 * round)).Require(15).Later(4).Submit().Later(2).Reject().Later(3).Submit().Later(1).Accept();

        // The day passed: who is in charge is to be talked to, was, or would not come.
        for (var more = 0; more < TalksDue; more++)
        {
            Watched(book, ago: 18 + more).Require(5);
        }

        Watched(book, ago: 50 + (10 * round)).Require(5).Later(9).Interview(InterviewOutcome.Held);
        Watched(book, ago: 52 + (10 * round)).Require(5).Later(9).Interview(InterviewOutcome.Refused).Later(2).Require(5);
        Watched(book, ago: 55 + (10 * round)).Require(30).Later(5).Entry.ExitAsStandardChanged();
    }

    private static RectificationStory Watched(StoryBook book, int ago)
    {
        var watched = book.Begin(book.Standard(ListKind.Watch, "食品药品"), book.SomeCompany(), book.Ago(ago));
        return new RectificationStory(book, watched.BringIntoForce(12).Later(2));
    }
}
