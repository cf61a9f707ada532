using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Subjects;

namespace Credit.Domain.Tests.Model;

/// <summary>Recognition, doubts, repair: who decides, on what, with what effect (assurance §4.1, §4.4, §4.6).</summary>
internal static class DueProcessChecks
{
    public static readonly Invariant[] All =
    [
        new("I15", "A natural person is told before it is listed, and the answer period is over or answered.", scene => Scene.First(
            Recognised(scene).Where(entry => entry.List != ListKind.Red && entry.SubjectKind == SubjectKind.NaturalPerson),
            entry => entry.NoticeExemption is null
                && (entry.NoticedOn is null || entry.NoticedOn > scene.DayBefore || (entry.DefenceUntil >= scene.DayBefore && !scene.Request.Also && !WasFreed(scene, entry))),
            entry => $"{entry.Id} was recognised without notice")),
        new("I16", "A doubt before recognition has its written finding before recognition.", scene => Scene.First(
            Recognised(scene),
            entry => scene.Register.Objections.Rows.Any(doubt => doubt.EntryId == entry.Id && doubt.BeforeRecognition && string.IsNullOrWhiteSpace(doubt.Finding)),
            entry => $"{entry.Id} was recognised over an open doubt")),
        new("I57", "The result goes to who reported and to the subject.", scene => Scene.First(
            Concluded(scene), doubt => string.IsNullOrWhiteSpace(doubt.AnswerToReporter) || string.IsNullOrWhiteSpace(doubt.AnswerToSubject), doubt => $"{doubt.Id} was not answered")),
        new("I58", "Correction and revocation happen with the conclusion.", scene => Scene.First(
            Concluded(scene).Where(doubt => !doubt.BeforeRecognition), doubt => !TakesEffect(scene, doubt), doubt => $"{doubt.State} {doubt.Id} had no effect")),
        new("I59", "Who proposed, recognised or doubted does not conclude.", scene => Scene.First(
            Concluded(scene),
            doubt => scene.Register.Entries[doubt.EntryId] is var entry && new[] { entry.ProposedBy, entry.RecognisedBy, doubt.FiledBy }.Contains(doubt.ConcludedBy),
            doubt => $"{doubt.ConcludedBy} concluded {doubt.Id}")),
        new("I60", "Early exit of black: applied for in time, repairable, duties fulfilled, term reached, approved by the recogniser.", scene => Scene.First(
            scene.Announced<EntryExited>().Where(exited => exited is { List: ListKind.Black, Reason: ExitReason.Repaired }),
            exited => !Deserved(scene, scene.Register.Entries[exited.EntryId]),
            exited => $"{exited.EntryId} left early")),
        new("I61", "Nothing is repaired that may not be repaired.", scene => Scene.First(
            scene.Register.Repairs.Rows.Where(repair => repair.State is RepairState.Approved or RepairState.ExitRequested or RepairState.ExitGranted),
            repair => !scene.Register.Entries[repair.EntryId].Repairable,
            repair => $"{repair.Id} was approved")),
        new("I62", "With a repair that ends an entry, publication and measures end together.", scene => Scene.First(
            scene.Announced<EntryExited>().Where(exited => exited.Reason == ExitReason.Repaired),
            exited => scene.Feed.Contains(exited.EntryId) || scene.TasksOf[exited.EntryId].Any(task => task.Execution != TaskExecution.Ended),
            exited => $"something of {exited.EntryId} goes on")),
        new("I83", "Only the recogniser moves its entry, only the department its task.", scene => Scene.First(
            scene.Changes.Where(change => change.Old is not null && Cast.DepartmentOf(scene.Request.User) is not (null or "development-reform")),
            change => Owner(change) is { } owner && owner != Cast.DepartmentOf(scene.Request.User) && !Follows(scene, change) && !IsComplaint(change),
            change => $"{scene.Request.User} moved {change.New.GetType().Name} {change.New.Id}")),
        new("I84", "A second officer recognises, decides exits and grants them.", scene => Scene.First(
            scene.Register.Entries.Rows, entry => entry.RecognisedBy == entry.ProposedBy, entry => $"{entry.RecognisedBy} recognised its own {entry.Id}")
            ?? Scene.First(
                scene.Register.Repairs.Rows,
                repair => repair.DecidedBy is not null && (repair.DecidedBy == repair.AcceptedBy || repair.DecidedBy == repair.ExitDecidedBy),
                repair => $"one person decided repair {repair.Id}")
            ?? Scene.First(
                scene.Announced<EntryExited>().Where(exited => exited.Reason is ExitReason.StandardChanged or ExitReason.Misuse),
                exited => scene.Request.User == scene.Register.Entries[exited.EntryId].ProposedBy,
                exited => $"{scene.Request.User} ended its own {exited.EntryId}")),
    ];

    private static IEnumerable<ListEntry> Recognised(Scene scene) => scene.Announced<EntryRecognised>().Select(recognised => scene.Register.Entries[recognised.EntryId]);

    private static IEnumerable<Objection> Concluded(Scene scene) => scene.Changed<Objection>()
        .Where(changed => changed.Old is { State: ObjectionState.Accepted } && changed.New.State is ObjectionState.Upheld or ObjectionState.Corrected or ObjectionState.Revoked)
        .Select(changed => changed.New);

    // A doubt before recognition that was found unfounded is an answer.
    private static bool WasFreed(Scene scene, ListEntry entry) => scene.Register.Objections.Rows.Any(doubt => doubt.EntryId == entry.Id && doubt.Finding is not null);

    private static bool TakesEffect(Scene scene, Objection doubt) => doubt.State switch
    {
        ObjectionState.Corrected => scene.Announced<EntryConfirmed>().Any(confirmed => confirmed.EntryId == doubt.EntryId && confirmed.Corrected),
        ObjectionState.Revoked => scene.History.Of(doubt.EntryId).Exited is not null
            && scene.Register.Entries.Rows.All(watch => watch.PredecessorId != doubt.EntryId || watch.WatchReason != WatchReason.AfterBlack || scene.History.Of(watch.Id).Exited is not null),
        _ => scene.History.Ver(doubt.EntryId) || scene.Register.Entries[doubt.EntryId].State != EntryState.Verifying,
    };

    private static bool Deserved(Scene scene, ListEntry entry) => scene.Register.Repairs.Rows.Any(repair =>
        repair.EntryId == entry.Id && repair.State == RepairState.ExitGranted && entry.Repairable && repair.AppliedOn <= entry.ValidTo
        && entry.ValidFrom?.AddMonths(scene.District.Pack.RepairAfterMonths) <= repair.AppliedOn && scene.Request is { Kind: CommandKind.GrantExit, Yes: true }
        && Cast.DepartmentOf(repair.ExitDecidedBy!) == entry.Recogniser && Cast.DepartmentOf(repair.DecidedBy!) == entry.Recogniser);

    private static string? Owner(Change change) => change.New switch
    {
        ListEntry entry => entry.Recogniser,
        Objection objection => objection.Handler,
        Repair repair => repair.Handler,
        MeasureTask task => task.Department,
        _ => null,
    };

    // What an exit, a report or a conclusion brings with it is the matter of whoever decided the cause.
    private static bool Follows(Scene scene, Change change) => change.New switch
    {
        ListEntry { List: ListKind.Watch } watch when change.Announcements.All(announced => announced is EntryTermCarried) =>
            scene.Changed<ListEntry>().Any(changed => changed.New is { List: ListKind.Black, State: EntryState.Recognised or EntryState.Cancelled } black
                && black.SubjectId == watch.SubjectId && black.Domain == watch.Domain),
        ListEntry red => change.Announcements.Any(announced => announced is EntryExited { Reason: ExitReason.Blacklisted or ExitReason.Watchlisted or ExitReason.Upgraded or ExitReason.Expired } or EntryCancelled)
            && scene.Announced<EntryPublished>().Any(published => published.SubjectId == red.SubjectId),
        MeasureTask => change.Announcements.All(announced => announced is TaskStopRequested or TaskSuspended or TaskResumed),
        Repair => change.Announcements.All(announced => announced is RepairMoved { To: RepairState.Lapsed }),
        _ => false,
    };

    private static bool IsComplaint(Change change) => change.New is ListEntry && change.Announcements.All(announced => announced is EntryObjected);
}
