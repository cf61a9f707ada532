using Credit.Domain.Listing;

namespace Credit.Core.Demo.Stories;

/// <summary>What the demo account <c>subject</c> finds when it signs in: it is blacklisted, has objected once in vain, and its second objection is being verified.</summary>
internal static class AccountStory
{
    public static void Tell(StoryBook book) => book
        .Begin(book.Standard(ListKind.Black, "税收征管"), book.Claim(DemoPlan.AccountSubject), book.Ago(50))
        .BringIntoForce(36).Later(3).CarryOut(Fate.FeedBack, Fate.Acknowledge, Fate.FindNotApplicable, Fate.Apply, Fate.Decline, Fate.Leave).Later(1).Collect(cases: 3)
        .Object().Later(1).Dismiss().Entry
        .Later(25).Object().Later(2).Accept();
}
