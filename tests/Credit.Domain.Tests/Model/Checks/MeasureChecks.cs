using Credit.Domain.Enforcement;
using Credit.Domain.Listing;

namespace Credit.Domain.Tests.Model;

/// <summary>Measures (assurance §4.3).</summary>
internal static class MeasureChecks
{
    public static readonly Invariant[] All =
    [
        new("I39", "A measure runs only for an entry in force, on its list, that nobody verifies.", scene => Scene.First(
            scene.Changes.Where(change => change.Announcements.Any(announced => announced is TaskMoved { On: TaskTrigger.Apply or TaskTrigger.FeedBack })),
            change => change.New is MeasureTask task && (scene.History.Ver(task.EntryId) || !scene.Act(scene.Register.Entries[task.EntryId])),
            change => $"task {change.New.Id} was carried out")
            ?? Scene.First(
                scene.Register.Tasks.Rows,
                task => task.Execution == TaskExecution.Running && (scene.History.Ver(task.EntryId) || scene.History.Of(task.EntryId).Exited is not null),
                task => $"task {task.Id} runs")),
        new("I40", "From the acceptance of a doubt to its conclusion every measure rests; upheld, they go on; wrong, they end.", scene => Scene.First(
            scene.Register.Tasks.Rows,
            task => scene.History.Of(task.EntryId).Exited is null && task.Execution != (scene.History.Ver(task.EntryId) ? TaskExecution.Suspended : TaskExecution.Running),
            task => $"task {task.Id} is {task.Execution}")),
        new("I41", "A task belongs to the version of the memorandum in force on the entry's first day.", scene => Scene.First(
            scene.Changed<MeasureTask>().Where(changed => changed.Old is null),
            changed => VersionOf(scene, changed.New) is not { } version || !(version.From <= FirstDay(scene, changed.New) && (version.To is null || FirstDay(scene, changed.New) <= version.To)),
            changed => $"task {changed.New.Id} has version {changed.New.MemorandumVersion}")),
        new("I42", "For every mandatory measure each responsible department has its task.", Owed),
        new("I43", "Mandatory measures are not declined; what is declined or not applied has a reason.", scene => Scene.First(
            scene.Register.Tasks.Rows,
            task => (task.State == TaskState.Declined && (task.Obligation == MeasureObligation.Mandatory || string.IsNullOrWhiteSpace(task.Reason)))
                || (task.State == TaskState.NotApplicable && (string.IsNullOrWhiteSpace(task.Reason) || (task.Obligation == MeasureObligation.Mandatory && string.IsNullOrWhiteSpace(task.ReasonBasis)))),
            task => $"task {task.Id} is {task.State}")),
        new("I44", "A task closes only with what the responsible department fed back.", scene => Scene.First(
            scene.Changed<MeasureTask>(),
            changed => (changed.New.State == TaskState.FedBack && scene.Register.Feedbacks.Rows.All(report => report.TaskId != changed.New.Id || report.Department != changed.New.Department))
                || (changed.New.State == TaskState.Closed && (changed.New.StoppedOn is null || string.IsNullOrWhiteSpace(changed.New.StopNote))),
            changed => $"task {changed.New.Id} is {changed.New.State}")),
        new("I45", "An exit ends every measure and orders its stop in the same step.", scene => Scene.First(
            scene.Announced<EntryExited>().SelectMany(exited => scene.TasksOf[exited.EntryId]),
            task => task.Execution != TaskExecution.Ended || scene.Announced<TaskStopRequested>().All(stop => stop.TaskId != task.Id),
            task => $"task {task.Id} got no stop order")
            ?? Scene.First(
                scene.Changed<MeasureTask>().Where(changed => changed.Old is null),
                changed => scene.History.Of(changed.New.EntryId).Exited is not null,
                changed => $"task {changed.New.Id} was given out after the exit")),
        new("I48", "Measures of watch entries are those graded for watch.", scene => Scene.First(
            scene.Changed<MeasureTask>().Where(changed => changed is { Old: null, New.List: ListKind.Watch }),
            changed => VersionOf(scene, changed.New)?.Measures.Single(measure => measure.Key == changed.New.MeasureKey).WatchApplicable != true,
            changed => $"task {changed.New.Id} of a watch entry")),
        new("I49", "A reward runs only for a subject that is red.", scene => Scene.First(
            scene.Changes.Where(change => change.Announcements.Any(announced => announced is TaskMoved { On: TaskTrigger.Apply or TaskTrigger.FeedBack })),
            change => change.New is MeasureTask { List: ListKind.Red } task && !scene.EntriesOf[task.SubjectId].Any(entry => entry.List == ListKind.Red && scene.Act(entry)),
            change => $"reward {change.New.Id} was granted")),
        new("I53", "What a wrong entry did is made good: benefits recovered, reputation restored.", scene => Scene.First(
            scene.Announced<EntryExited>().Where(exited => exited.Reason == ExitReason.Erroneous && scene.Register.Entries[exited.EntryId].WatchReason != WatchReason.AfterBlack),
            exited => scene.Register.Orders.Rows.All(order => order.About != exited.EntryId || order.Recovers != (exited.List == ListKind.Red))
                || (exited.List == ListKind.Red && scene.TasksOf[exited.EntryId].Any(task => task.FedBackOn is not null
                    && scene.Register.Orders.Rows.Count(order => order.About == task.Id && order.Department == task.Department) != 1)),
            exited => $"{exited.EntryId} was not made good")),
    ];

    private static DateOnly FirstDay(Scene scene, MeasureTask task) => scene.History.Of(task.EntryId).Published!.ValidFrom;

    private static MemorandumVersion? VersionOf(Scene scene, MeasureTask task) =>
        scene.District.Catalogue.Versions.SingleOrDefault(version => version.Code == task.Memorandum && version.Version == task.MemorandumVersion);

    // What was in force when the reaction saw it owes its tasks from then on.
    private static string? Owed(Scene scene)
    {
        if (scene.Request.Kind != CommandKind.CreateTasks || !scene.Accepted)
        {
            return null;
        }

        foreach (var entry in scene.Register.Entries.Rows.Where(entry => scene.History.Of(entry.Id) is { Published: not null, Seen: false }).ToArray())
        {
            scene.History.Of(entry.Id).Seen = true;
            if (!scene.Act(entry))
            {
                continue;
            }

            var first = scene.History.Of(entry.Id).Published!.ValidFrom;
            foreach (var version in scene.District.Catalogue.Versions.Where(version => version.From <= first && (version.To is null || first <= version.To)))
            {
                if (Missing(scene, entry, version) is { } missing)
                {
                    return missing;
                }
            }
        }

        return null;
    }

    private static string? Missing(Scene scene, ListEntry entry, MemorandumVersion version)
    {
        var about = version.Domains.Contains(entry.Domain) && (version.List == entry.List || (version.List, entry.List) == (ListKind.Black, ListKind.Watch));
        return !about ? null : Scene.First(
            version.Measures
                .Where(measure => measure is { Obligation: MeasureObligation.Mandatory, Evidence: Evidence.Seen or Evidence.High } && (entry.List != ListKind.Watch || measure.WatchApplicable) && (entry.AbleButRefuses || !measure.OnlyAbleButRefuses))
                .SelectMany(measure => measure.Departments.Select(department => (measure.Key, Department: department))),
            owed => scene.TasksOf[entry.Id].All(task => task.MeasureKey != owed.Key || task.Department != owed.Department),
            owed => $"{owed.Department} has no task {owed.Key} for {entry.Id}");
    }
}
