using Credit.Domain.Accountability;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Model;

/// <summary>Follows what an aggregate announced through the rows of its published table, row by row (I22).</summary>
internal static class Replay
{
    /// <summary>Rows taken by a change, as <c>Black entry: Draft -Recognise-> Recognised</c>; the last item tells of the first step that is in no table.</summary>
    public static (IReadOnlyList<string> Rows, string? Broken) Of(Change change) => change.New switch
    {
        ListEntry entry => Walk(ListEntryLifecycle.Of(entry.List), (change.Old as ListEntry)?.State, entry.State, TriggersOf(change), IsBorn(change) ? EntryState.Active : EntryState.Draft),
        Objection objection => Walk(
            ObjectionLifecycle.Table, (change.Old as Objection)?.State, objection.State, Between(ObjectionLifecycle.Table, change.Announcements.OfType<ObjectionMoved>().Where(moved => IsMove(change, moved)).Select(moved => moved.To), (change.Old as Objection)?.State), ObjectionState.Filed),
        Repair repair => Walk(
            RepairLifecycle.Table, (change.Old as Repair)?.State, repair.State, Between(RepairLifecycle.Table, change.Announcements.OfType<RepairMoved>().Select(moved => moved.To), (change.Old as Repair)?.State), RepairState.Submitted),
        MeasureTask task => Both(
            Walk(MeasureTaskLifecycle.Table, (change.Old as MeasureTask)?.State, task.State, StepsOf(change), TaskState.Dispatched),
            Walk(MeasureTaskLifecycle.Execution, (change.Old as MeasureTask)?.Execution, task.Execution, RestsOf(change), BornOf(change, task))),
        Rectification rectification => Walk(
            RectificationLifecycle.Table, (change.Old as Rectification)?.State, rectification.State,
            Between(RectificationLifecycle.Table, WaysOf(change), (change.Old as Rectification)?.State), RectificationState.Required),
        AccountabilityItem item => Walk(
            AccountabilityLifecycle.Table, (change.Old as AccountabilityItem)?.State, item.State,
            change.Old is null ? [] : change.Announcements.Select(announced => announced switch
            {
                AccountabilityStarted => AccountabilityTrigger.Start,
                AccountabilityEnded { Deleted: true } => AccountabilityTrigger.Delete,
                AccountabilityEnded => AccountabilityTrigger.End,
                _ => (AccountabilityTrigger?)null,
            }).OfType<AccountabilityTrigger>(),
            item.State),
        Commitment commitment => Walk(
            CommitmentLifecycle.Table, (change.Old as Commitment)?.State, commitment.State,
            Between(CommitmentLifecycle.Table, change.Announcements.OfType<CommitmentMoved>().Select(moved => moved.To), (change.Old as Commitment)?.State), CommitmentState.Made),
        TolerantAcceptance acceptance => Walk(
            AcceptanceLifecycle.Table, (change.Old as TolerantAcceptance)?.State, acceptance.State,
            Between(
                AcceptanceLifecycle.Table,
                change.Announcements.Select(announced => announced switch
                {
                    PaperSupplied { To: AcceptanceState.Completed } => AcceptanceState.Completed,
                    AcceptanceRevoked => AcceptanceState.Revoked,
                    _ => (AcceptanceState?)null,
                }).OfType<AcceptanceState>(),
                (change.Old as TolerantAcceptance)?.State),
            AcceptanceState.Accepted),
        WarningEntry warning => Walk(
            WarningLifecycle.Table, (change.Old as WarningEntry)?.State, warning.State,
            change.Announcements.Select(announced => announced switch { WarningAdjusted => WarningTrigger.Adjust, WarningEnded => WarningTrigger.FallBelow, _ => (WarningTrigger?)null }).OfType<WarningTrigger>(),
            WarningState.Active),
        _ => ([], null),
    };

    /// <summary>Every row of a table.</summary>
    public static IEnumerable<string> RowsOf<TState, TTrigger>(Lifecycle<TState, TTrigger> table)
        where TState : struct, Enum
        where TTrigger : struct, Enum => table.Moves.Select(move => Row(table, move));

    private static IEnumerable<RectificationState> WaysOf(Change change) => change.Announcements.Select(announced => announced switch
    {
        RectificationMoved moved => moved.To,
        InterviewOpened => RectificationState.TalkDue,
        InterviewRecorded => RectificationState.TalkDone,
        _ => (RectificationState?)null,
    }).OfType<RectificationState>();

    // An extension is announced as a move that stays where it is.
    private static bool IsMove(Change change, ObjectionMoved moved) => !(change.Old is Objection { State: var was } && was == moved.To);

    // A watch entry that follows a black one is in force at once.
    private static bool IsBorn(Change change) => change is { Old: null, New: ListEntry { WatchReason: WatchReason.AfterBlack } };

    private static IEnumerable<EntryTrigger> TriggersOf(Change change)
    {
        foreach (var announced in change.Announcements)
        {
            EntryTrigger? on = announced switch
            {
                EntryNoticed => EntryTrigger.ServeNotice,
                EntryObjected => EntryTrigger.Object,
                EntryObjectionRejected => EntryTrigger.RejectObjection,
                EntryCancelled { Reason: "objection-upheld" } => EntryTrigger.UpholdObjection,
                EntryCancelled { Reason: "blacklist" } => EntryTrigger.Blacklist,
                EntryCancelled { Reason: "watchlist" } => EntryTrigger.Watchlist,
                EntryCancelled => EntryTrigger.Withdraw,
                EntryRecognised => EntryTrigger.Recognise,
                EntryPublished when !IsBorn(change) => EntryTrigger.Report,
                EntryUnderVerification => EntryTrigger.Verify,
                EntryConfirmed { Corrected: true } => EntryTrigger.Correct,
                EntryConfirmed => EntryTrigger.ConfirmCorrect,
                EntryExited { Reason: var reason } => TriggerOf(reason),
                _ => null,
            };
            if (on is { } known)
            {
                yield return known;
            }
        }
    }

    private static EntryTrigger TriggerOf(ExitReason reason) => reason switch
    {
        ExitReason.Expired => EntryTrigger.Expire,
        ExitReason.Erroneous => EntryTrigger.FindWrong,
        ExitReason.StandardChanged => EntryTrigger.StandardChanged,
        ExitReason.Repaired => EntryTrigger.ExitEarly,
        ExitReason.Upgraded => EntryTrigger.Upgrade,
        ExitReason.Blacklisted => EntryTrigger.Blacklist,
        ExitReason.Watchlisted => EntryTrigger.Watchlist,
        ExitReason.Misuse => EntryTrigger.Misuse,
        _ => throw new InvalidOperationException($"No trigger for exit reason {reason}."),
    };

    private static IEnumerable<TaskTrigger> StepsOf(Change change)
    {
        var at = (change.Old as MeasureTask)?.State ?? TaskState.Dispatched;
        foreach (var announced in change.Announcements)
        {
            // A report from a department that had only acknowledged implies that it carried the measure out.
            if (announced is TaskMoved { On: TaskTrigger.FeedBack } && at == TaskState.Acknowledged)
            {
                yield return TaskTrigger.Apply;
            }

            if (announced is TaskMoved moved)
            {
                yield return moved.On;
                at = moved.To;
            }
            else if (announced is TaskStopRequested)
            {
                yield return TaskTrigger.RequestStop;
                at = TaskState.StopRequested;
            }
        }
    }

    private static IEnumerable<ExecutionTrigger> RestsOf(Change change) => change.Announcements.Select(announced => announced switch
    {
        TaskSuspended => ExecutionTrigger.Suspend,
        TaskResumed => ExecutionTrigger.Resume,
        TaskStopRequested => ExecutionTrigger.End,
        _ => (ExecutionTrigger?)null,
    }).OfType<ExecutionTrigger>();

    // A task given out while its entry is verified is born at rest.
    private static TaskExecution BornOf(Change change, MeasureTask task) => RestsOf(change).Select(on => (ExecutionTrigger?)on).FirstOrDefault() switch
    {
        ExecutionTrigger.Resume => TaskExecution.Suspended,
        null => task.Execution,
        _ => TaskExecution.Running,
    };

    private static IEnumerable<TTrigger> Between<TState, TTrigger>(Lifecycle<TState, TTrigger> table, IEnumerable<TState> ways, TState? from)
        where TState : struct, Enum
        where TTrigger : struct, Enum
    {
        var at = from ?? table.Start;
        foreach (var to in ways)
        {
            if (table.Moves.FirstOrDefault(move => move.From.Equals(at) && move.To.Equals(to)) is { } move)
            {
                yield return move.On;
            }

            at = to;
        }
    }

    private static (IReadOnlyList<string> Rows, string? Broken) Walk<TState, TTrigger>(
        Lifecycle<TState, TTrigger> table, TState? from, TState to, IEnumerable<TTrigger> triggers, TState born)
        where TState : struct, Enum
        where TTrigger : struct, Enum
    {
        List<string> rows = [];
        var at = from ?? born;
        foreach (var on in triggers)
        {
            if (table.Moves.FirstOrDefault(move => move.From.Equals(at) && move.On.Equals(on)) is not { } row)
            {
                return (rows, $"{table.Subject}: no row {at} -{on}->");
            }

            rows.Add(Row(table, row));
            at = row.To;
        }

        return (rows, at.Equals(to) ? null : $"{table.Subject}: announced its way to {at}, and is {to}");
    }

    private static string Row<TState, TTrigger>(Lifecycle<TState, TTrigger> table, Move<TState, TTrigger> move)
        where TState : struct, Enum
        where TTrigger : struct, Enum => $"{table.Subject}: {move.From} -{move.On}-> {move.To}";

    private static (IReadOnlyList<string> Rows, string? Broken) Both((IReadOnlyList<string> Rows, string? Broken) one, (IReadOnlyList<string> Rows, string? Broken) other) =>
        ([.. one.Rows, .. other.Rows], one.Broken ?? other.Broken);
}
