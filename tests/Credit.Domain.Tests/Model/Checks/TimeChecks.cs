using Credit.Domain.Enforcement;
using Credit.Domain.Listing;

namespace Credit.Domain.Tests.Model;

/// <summary>Deadlines and time (assurance §4.2).</summary>
internal static class TimeChecks
{
    public static readonly Invariant[] All =
    [
        new("I33", "After its last day an entry is in force for no reader, whether or not anything ran.", scene => Scene.First(
            scene.Register.Entries.Rows, entry => entry.InForce(scene.Today) != scene.Act(entry), entry => $"{entry.Id} is shown as {(entry.InForce(scene.Today) ? "in force" : "over")}")),
        new("I34", "Every expiry has one exit, one stop per task and, for black, one watch entry.", Once),
        new("I35", "Nothing happens by itself before the last day is over.", scene => Scene.First(
            scene.Announced<EntryExited>().Where(exited => exited.Reason == ExitReason.Expired),
            exited => scene.DayBefore <= scene.Register.Entries[exited.EntryId].ValidTo || exited.ExitedOn != scene.Register.Entries[exited.EntryId].ValidTo.AddDays(1),
            exited => $"{exited.EntryId} expired early, on {exited.ExitedOn:yyyy-MM-dd}")),
        new("I36", "The civil day is that of Shanghai, whatever zone the host is in.", scene =>
            scene.Today == DateOnly.FromDateTime(scene.District.Now.UtcDateTime.AddHours(8)) ? null : $"{scene.District.Now:O} is not {scene.Today:yyyy-MM-dd}"),
        new("I37", "A step of the clock moves nothing by itself, and nothing that is over comes back.", scene =>
            scene.Request.Move != default && scene.Changes.Count > 0 ? "the clock alone changed the register" : Scene.First(
                scene.Changed<ListEntry>(),
                changed => changed.Old is { ValidFrom: not null } old && old.ValidTo < scene.DayBefore && changed.New.ValidTo > old.ValidTo,
                changed => $"{changed.New.Id} was over since {changed.Old!.ValidTo:yyyy-MM-dd} and came back")),
        new("I38", "Verification does not stop the clock of validity.", scene => Scene.First(
            scene.Changes.Where(change => change is { Old: ListEntry, New: ListEntry }),
            change => ((ListEntry)change.Old!).ValidTo != ((ListEntry)change.New).ValidTo && !change.Announcements.Any(announced => announced is EntryConfirmed { Corrected: true } or EntryTermCarried),
            change => $"the last day of {change.New.Id} moved without a correction")),
        new("I56", "Each doubt has one conclusion at most.", scene => Scene.First(
            scene.History.Conclusions, concluded => concluded.Value > 1, concluded => $"{concluded.Key} was concluded {concluded.Value} times")),
        new("I80", "A change of state is announced.", scene => Scene.First(
            scene.Changes, change => change.Announcements.Count == 0, change => $"{change.New.GetType().Name} {change.New.Id} changed silently: {string.Join(", ", Copy.Differences(change.Old!, change.New))}")),
    ];

    private static string? Once(Scene scene)
    {
        if (Scene.First(scene.History.Lives, life => life.Exits > 1, life => $"{life.Id} left {life.Exits} times") is { } twice)
        {
            return twice;
        }

        foreach (var black in scene.Announced<EntryExited>().Where(exited => exited.List == ListKind.Black))
        {
            if (scene.Register.Entries.Rows.Count(watch => watch.PredecessorId == black.EntryId && watch.WatchReason == WatchReason.AfterBlack) > 1)
            {
                return $"two watch entries follow {black.EntryId}";
            }
        }

        // A sweep leaves nothing behind that is over.
        return scene.Request.Kind == CommandKind.Sweep && scene.Accepted
            ? Scene.First(
                scene.Register.Entries.Rows,
                entry => entry.State is EntryState.Active or EntryState.Verifying && entry.ValidTo < scene.Today,
                entry => $"{entry.Id} is over since {entry.ValidTo:yyyy-MM-dd} and did not leave")
            : null;
    }
}
