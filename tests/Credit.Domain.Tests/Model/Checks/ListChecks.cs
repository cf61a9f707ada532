using Credit.Domain.Listing;

namespace Credit.Domain.Tests.Model;

/// <summary>Lists and recognition (assurance §4.1).</summary>
internal static class ListChecks
{
    public static readonly Invariant[] All =
    [
        new("I1", "No subject is red and black at the same time.", scene => Together(scene, ListKind.Red, ListKind.Black)),
        new("I2", "No subject is red and watched at the same time.", scene => Together(scene, ListKind.Red, ListKind.Watch)),
        new("I3", "Red is recognised only when no list of any domain has the subject as black.", scene => Scene.First(
            scene.Announced<EntryRecognised>().Where(recognised => recognised.List == ListKind.Red),
            recognised => scene.EntriesOf[recognised.SubjectId].Any(other => other.List == ListKind.Black && IsPendingOrInForce(scene, other)),
            recognised => $"{recognised.EntryId} was recognised red")),
        new("I4", "At most one entry per subject, list and domain at any time.", Overlap),
        new("I5", "A decision document supports at most one entry per subject and list.", SecondUse),
        new("I6", "Whoever leaves black, unless mis-listed, is watched from that day on, for the term the recogniser gave.", scene => Scene.First(
            scene.Announced<EntryExited>().Where(exited => exited is { List: ListKind.Black, Reason: not ExitReason.Erroneous }),
            exited => !Follows(scene, exited),
            exited => $"no watch entry follows {exited.EntryId}, which left on {exited.ExitedOn:yyyy-MM-dd}")),
        new("I7", "No watch entry follows a mis-listed black one.", scene => Scene.First(
            scene.Register.Entries.Rows.Where(entry => entry is { List: ListKind.Black, ExitReason: ExitReason.Erroneous }),
            black => scene.Register.Entries.Rows.Any(watch => watch.PredecessorId == black.Id && watch.WatchReason == WatchReason.AfterBlack && scene.Act(watch)),
            black => $"a watch entry follows {black.Id}")),
        new("I8", "A serious act closes the watch entry of the domain as upgraded, without gap or overlap; its term does not end while the black entry waits for its report.", Upgraded),
        new("I22", "Only moves of the published tables happen.", scene => scene.Changes.Select(change => Replay.Of(change).Broken).FirstOrDefault(broken => broken is not null)),
        new("I23", "What left or was cancelled never comes back.", scene => Scene.First(
            scene.Changed<ListEntry>(),
            changed => changed.Old is { State: EntryState.Exited or EntryState.Cancelled } old
                && (changed.New.State != old.State || changed.New.ExitedOn != old.ExitedOn || changed.New.ValidTo != old.ValidTo),
            changed => $"{changed.New.Id} moved from {changed.Old!.State} to {changed.New.State}")),
        new("I24", "Black and watch take every red entry of the subject away; each exit has a reason of the closed set.", scene =>
            Scene.First(
                scene.Announced<EntryPublished>().Where(published => published.List != ListKind.Red),
                published => scene.EntriesOf[published.SubjectId].Any(red => red.List == ListKind.Red && IsPendingOrInForce(scene, red)),
                published => $"a red entry stays beside {published.EntryId}")
            ?? Scene.First(scene.Announced<EntryExited>(), exited => !Reasons(exited.List).Contains(exited.Reason), exited => $"{exited.List} left as {exited.Reason}")),
        new("I25", "The same domain never has a subject watched and black at once.", scene => Scene.First(
            scene.Register.Entries.Rows.Where(entry => entry.List == ListKind.Watch),
            watch => scene.EntriesOf[watch.SubjectId].Any(black => black.List == ListKind.Black && black.Domain == watch.Domain && Meet(scene, watch, black)),
            watch => $"{watch.Id} is watched beside black")),
        new("I92", "Recognised less exited is active, per list, domain and department.", Sums),
    ];

    private static ExitReason[] Reasons(ListKind list) => list switch
    {
        ListKind.Black => [ExitReason.Expired, ExitReason.Erroneous, ExitReason.StandardChanged, ExitReason.Repaired],
        ListKind.Watch => [ExitReason.Expired, ExitReason.Erroneous, ExitReason.StandardChanged, ExitReason.Repaired, ExitReason.Upgraded],
        _ => [ExitReason.Expired, ExitReason.Erroneous, ExitReason.StandardChanged, ExitReason.Blacklisted, ExitReason.Watchlisted, ExitReason.Misuse],
    };

    private static string? Upgraded(Scene scene) =>
        Scene.First(
            scene.Announced<EntryPublished>().Where(published => published.List == ListKind.Black),
            black => scene.EntriesOf[black.SubjectId].Any(watch => watch.List == ListKind.Watch && watch.Domain == black.Domain
                && (scene.Act(watch) || Left(scene, watch) is { } left && watch.ValidTo >= black.ValidFrom && (left.Reason != ExitReason.Upgraded || left.ExitedOn != black.ValidFrom))),
            black => $"the watch entry beside {black.EntryId} was not upgraded")
        ?? Scene.First(
            scene.Announced<EntryExited>().Where(exited => exited is { List: ListKind.Watch, Reason: ExitReason.Expired }),
            exited => scene.EntriesOf[exited.SubjectId].Any(black => black.List == ListKind.Black && black.Domain == exited.Domain && Awaited(scene, black, exited.ExitedOn)),
            exited => $"{exited.EntryId} expired although the black entry of its domain waits for its report");

    // Recognised before that day, neither reported nor withdrawn, and its own last day not over.
    private static bool Awaited(Scene scene, ListEntry black, DateOnly day) =>
        scene.History.Of(black.Id) is { Published: null, Cancelled: false, RecognisedAt: { } at } && at < day && black.ValidTo >= day;

    // By history: recognised or published, neither left nor withdrawn, and the last day not over.
    private static bool IsPendingOrInForce(Scene scene, ListEntry entry) =>
        scene.History.Of(entry.Id) is { Recognised: not null, Published: null, Cancelled: false } || scene.Act(entry);

    private static EntryExited? Left(Scene scene, ListEntry entry) => scene.Announced<EntryExited>().FirstOrDefault(exited => exited.EntryId == entry.Id);

    private static bool Follows(Scene scene, EntryExited exited)
    {
        var black = scene.Register.Entries[exited.EntryId];
        return black.ExitedOn <= black.ValidTo.AddDays(1) && scene.Changed<ListEntry>().Any(changed => changed.Old is null
            && changed.New is { List: ListKind.Watch } watch && watch.PredecessorId == black.Id && watch.SubjectId == black.SubjectId && watch.Domain == black.Domain
            && watch.Recogniser == black.Recogniser && watch.ValidFrom == exited.ExitedOn
            && watch.ValidTo == exited.ExitedOn.AddMonths(black.WatchMonthsAfterExit ?? 0) && black.WatchMonthsAfterExit > 0);
    }

    // By the days of both, past and to come. Where the clock stepped back over midnight a day came twice, and only now counts.
    private static bool Meet(Scene scene, ListEntry one, ListEntry other)
    {
        if (scene.History.SteppedBack)
        {
            return scene.Act(one) && scene.Act(other);
        }

        var (left, right) = (scene.History.Of(one.Id), scene.History.Of(other.Id));
        return left.EndOf(one.ValidTo) is { } leftEnd && right.EndOf(other.ValidTo) is { } rightEnd
            && left.Published!.ValidFrom < rightEnd && right.Published!.ValidFrom < leftEnd
            && left.Published.ValidFrom < leftEnd && right.Published.ValidFrom < rightEnd;
    }

    private static string? Together(Scene scene, ListKind list, ListKind opposite) => Scene.First(
        scene.Register.Entries.Rows.Where(entry => entry.List == list),
        entry => scene.EntriesOf[entry.SubjectId].Any(other => other.List == opposite && Meet(scene, entry, other)),
        entry => $"{list} entry {entry.Id} meets {opposite}");

    private static string? Overlap(Scene scene)
    {
        var rows = scene.Register.Entries.Rows;
        for (var one = 0; one < rows.Count; one++)
        {
            for (var other = one + 1; other < rows.Count; other++)
            {
                if (rows[one].List == rows[other].List && rows[one].SubjectId == rows[other].SubjectId && rows[one].Domain == rows[other].Domain && Meet(scene, rows[one], rows[other]))
                {
                    return $"{rows[one].Id} and {rows[other].Id} overlap";
                }
            }
        }

        return null;
    }

    // The watch entry that follows a black one rests on the exit, not on a decision of its own.
    private static string? SecondUse(Scene scene) => scene.Changed<ListEntry>().All(changed => changed.Old is not null) ? null
        : scene.Register.Entries.Rows.Where(entry => entry.State != EntryState.Cancelled && entry.WatchReason != WatchReason.AfterBlack)
            .SelectMany(entry => entry.Bases.Select(basis => (entry.SubjectId, entry.List, basis.DocumentNumber)))
            .GroupBy(use => use)
            .Where(use => use.Count() > 1)
            .Select(use => $"{use.Key.DocumentNumber} supports {use.Count()} entries")
            .FirstOrDefault();

    private static string? Sums(Scene scene)
    {
        Dictionary<(ListKind, string, string), int> sums = [];
        foreach (var life in scene.History.Lives)
        {
            var key = (life.List, life.Domain, life.Recogniser);
            sums[key] = sums.GetValueOrDefault(key) + (life.Published is null ? 0 : 1) - life.Exits;
        }

        foreach (var entry in scene.Register.Entries.Rows.Where(entry => entry.State is EntryState.Active or EntryState.Verifying))
        {
            sums[(entry.List, entry.Domain, entry.Recogniser)]--;
        }

        return sums.Where(sum => sum.Value != 0).Select(sum => $"{sum.Key}: {sum.Value}").FirstOrDefault();
    }
}
