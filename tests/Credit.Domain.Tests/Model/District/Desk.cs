using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Model;

/// <summary>The use cases of the platform over one transaction in memory: who may, then the rules of the domain, then what follows.</summary>
internal sealed partial class Desk(District district, Session session, Request request)
{
    private static readonly Refusal NotFound = new("not-found", "", "", Clause.Standard("X3"));

    private readonly TermBook _terms = new(session, district.Calendar);

    private readonly DateOnly _today = district.Today;

    private readonly string? _department = Cast.DepartmentOf(request.User);

    private Action _afterCommit = () => { };

    /// <summary>Every reason against; none when it was done.</summary>
    public IReadOnlyList<Refusal> Answer() => request.Kind switch
    {
        CommandKind.Submit or CommandKind.Upgrade => Propose(),
        CommandKind.GivePriorNotice => OnEntry(ServeNotice),
        CommandKind.Recognise => OnEntry(Recognise),
        CommandKind.PublishReview => OnEntry(Report),
        CommandKind.Withdraw => OnEntry(Withdraw),
        CommandKind.ChoosePublic => OnEntry(ChoosePublication),
        CommandKind.NoteClosed => OnEntry(entry => request.Text.Length == 0 ? [Missing("addressee-missing")] : entry.RecordClosedNotice("区国防动员办公室").Refusals),
        CommandKind.StandardChanged => OnEntry(entry => LeaveByDecision(entry, EntryTrigger.StandardChanged)),
        CommandKind.MisuseFound => OnEntry(entry => LeaveByDecision(entry, EntryTrigger.Misuse)),
        CommandKind.AnnounceExit => OnEntry(AnnounceExit),
        CommandKind.ObjectPreliminary or CommandKind.RaiseObjection or CommandKind.Complain or CommandKind.SelfDoubt => FileDoubt(),
        CommandKind.Accept => OnObjection(TakeUp),
        CommandKind.Reject => OnObjection(Dismiss),
        CommandKind.Extend => OnObjection(Extend),
        CommandKind.ConcludeUpheld or CommandKind.ConcludeCorrected or CommandKind.ConcludeRevoked => OnObjection(Conclude),
        CommandKind.ApplyRepair => ApplyForRepair(),
        CommandKind.AcceptRepair or CommandKind.ReturnRepair or CommandKind.CompleteRepair or CommandKind.ApproveRepair or CommandKind.RefuseRepair
            or CommandKind.RequestExit or CommandKind.GrantExit or CommandKind.DenyExit => OnRepair(),
        CommandKind.NameResponsible => OnEntry(NameResponsible),
        CommandKind.Commit => MakeCommitment(),
        CommandKind.FindCommitment => FindCommitment(),
        CommandKind.AcceptTolerantly => AcceptTolerantly(),
        CommandKind.SupplyPaper => SupplyPaper(),
        CommandKind.SetRectification => OnShownEntry(RequireRectification),
        CommandKind.SubmitRectification or CommandKind.Rectified or CommandKind.RejectRectification or CommandKind.Talk => OnRectification(),
        CommandKind.Acknowledge => OnTask(task => task.Acknowledge().Refusals),
        CommandKind.Apply => OnTask(task => IsOver(task) ? [MeasureTask.NotRunning] : task.Apply().Refusals),
        CommandKind.Feedback => OnTask(FeedBack),
        CommandKind.NotApplicable => OnTask(task => Met(task.FindNotApplicable(request.Text, request.Also ? "某法第一条" : null), task)),
        CommandKind.Decline => OnTask(task => Met(task.Decline(request.Text), task)),
        CommandKind.ConfirmStop => OnTask(ConfirmStop),
        CommandKind.CloseTask => OnTask(task => task.Close().Refusals),
        CommandKind.CreateTasks => Deliver(),
        CommandKind.DuplicateDelivery => DeliverAgain(),
        CommandKind.Sweep => Sweep(),
        CommandKind.CalendarUpdate => UpdateCalendar(),
        CommandKind.CatalogueUpdate => UpdateCatalogue(),
        CommandKind.TickSecond or CommandKind.TickToMidnight or CommandKind.TickDays or CommandKind.ClockBack => Tick(),
        _ => throw new InvalidOperationException($"{request.Kind} is none of the use cases."),
    };

    /// <summary>What lies outside the register changes with the commit, never before.</summary>
    public void AfterCommit() => _afterCommit();

    private static Refusal Missing(string code) => new(code, "", "", Clause.Standard("I22"));

    private IReadOnlyList<Refusal> OnEntry(Func<ListEntry, IReadOnlyList<Refusal>> move)
    {
        var entry = session.Entry(request.Target);
        return entry.Recogniser == _department ? move(entry) : [NotFound];
    }

    // Here a department learns that an entry it may see is another's.
    private IReadOnlyList<Refusal> OnShownEntry(Func<ListEntry, IReadOnlyList<Refusal>> move)
    {
        var entry = session.Entry(request.Target);
        return entry.State is EntryState.Active or EntryState.Verifying or EntryState.Exited && entry.Recogniser != _department
            ? [Missing("not-your-department")]
            : OnEntry(move);
    }

    private IReadOnlyList<Refusal> OnTask(Func<MeasureTask, IReadOnlyList<Refusal>> move)
    {
        var task = session.Task(request.Target);
        return task.Department == _department ? move(task) : [NotFound];
    }
}
