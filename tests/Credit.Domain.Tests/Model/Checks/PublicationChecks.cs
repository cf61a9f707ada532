using Credit.Domain.Listing;

namespace Credit.Domain.Tests.Model;

/// <summary>Publication (assurance §4.5).</summary>
internal static class PublicationChecks
{
    public static readonly Invariant[] All =
    [
        new("I65", "Shown is what is in force, may be shown, was reviewed and, if watched, was chosen: no more, no less.", Shown),
        new("I66", "What is shown is shown within its validity.", scene => Scene.First(
            scene.Register.Entries.Rows.Where(entry => entry.Publications.Count > 0),
            entry => scene.History.Of(entry.Id).Published is not { } published
                || (scene.Feed.Contains(entry.Id) && (scene.Today < published.ValidFrom || scene.Today > entry.ValidTo)),
            entry => $"{entry.Id} is shown outside its validity")),
        new("I67", "What may not be shown is on no channel, ever.", scene => Scene.First(
            scene.Register.Entries.Rows.Where(entry => !entry.Publishable),
            entry => entry.Publications.Count > 0 || scene.Feed.Contains(entry.Id),
            entry => $"{entry.Id} was shown")),
        new("I68", "An exit is announced on exactly the channels that showed the entry.", scene => Scene.First(
            scene.Register.Entries.Rows,
            entry => entry.Publications.Any(publication => publication.ExitAnnouncedOn is not null && scene.History.Of(entry.Id).Exited is null)
                || entry.Publications.Count(publication => publication.ExitAnnouncedOn is not null) != scene.History.Of(entry.Id).ExitAnnouncements
                || (scene.History.Of(entry.Id).Exited is not null && (entry.ExitAnnouncedOn is not null) != entry.Publications.All(publication => publication.ExitAnnouncedOn is not null)),
            entry => $"the exit of {entry.Id} is announced elsewhere")),
        new("I70", "Whoever submitted an entry did not review its publication.", scene => Scene.First(
            scene.Feed.Select(id => scene.Register.Entries[id]), entry => entry.ReviewedBy is null || entry.ReviewedBy == entry.ProposedBy, entry => $"{entry.Id} was not reviewed")),
        new("I73", "All channels agree: what one shows, Credit China shows.", scene => Scene.First(
            scene.Feed.Select(id => scene.Register.Entries[id]),
            entry => entry.Publications.All(publication => publication.Channel != PublicationChannel.CreditChina),
            entry => $"{entry.Id} is not on Credit China")),
        new("I74", "Nothing is shown before it is recognised.", scene => Scene.First(
            scene.Feed,
            id => scene.History.Of(id) is var life && life.Recognised is null && scene.Register.Entries[id].WatchReason != WatchReason.AfterBlack,
            id => $"{id} was shown before its recognition")),
    ];

    private static string? Shown(Scene scene)
    {
        var feed = scene.Feed;
        return Scene.First(scene.Register.Entries.Rows, entry => feed.Contains(entry.Id) != MayBeSeen(scene, entry), entry => $"{entry.Id} is {(feed.Contains(entry.Id) ? "shown" : "hidden")}");
    }

    private static bool MayBeSeen(Scene scene, ListEntry entry) =>
        scene.Act(entry) && entry.Publishable && (entry.List != ListKind.Watch || scene.History.Of(entry.Id).Chosen == true);
}

/// <summary>What the public sees: the view of the database, in memory.</summary>
internal static class PublicFeed
{
    /// <summary>Ids of the entries that are shown today.</summary>
    public static HashSet<Guid> Of(District district) =>
    [
        .. district.Register.Entries.Rows
            .Where(entry => entry.State is EntryState.Active or EntryState.Verifying && entry.ValidFrom <= district.Today && district.Today <= entry.ValidTo
                && entry.Publishable && entry.ChosenForPublication && entry.ReviewedBy is not null)
            .Select(entry => entry.Id),
    ];
}
