using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.Enforcement;

/// <summary>One measure for one department because of one entry (R-3.5.1.b). It keeps the memorandum version it was created with (I41).</summary>
public sealed class MeasureTask : Aggregate
{
    /// <summary>Why a measure is not executed just now (I39).</summary>
    internal static readonly Refusal NotRunning = new(
        "measure-not-running",
        "该名单条目正在核实或已退出，措施暂不执行。",
        "The entry is under verification or has exited: the measure is not executed now.",
        Clause.R("3.5.7.c"));

    private MeasureTask()
    {
    }

    /// <summary>The entry that obliges.</summary>
    public Guid EntryId { get; private init; }

    /// <summary>List of the entry.</summary>
    public ListKind List { get; private init; }

    /// <summary>Domain of the entry.</summary>
    public string Domain { get; private init; } = "";

    /// <summary>The subject.</summary>
    [GoneAfterRetention]
    public Guid SubjectId { get; private init; }

    /// <summary>Name of the subject, or of the person reached.</summary>
    [GoneAfterRetention]
    public string SubjectName { get; private init; } = "";

    /// <summary>Unified code, or mask for natural persons.</summary>
    [GoneAfterRetention]
    public string SubjectCode { get; private init; } = "";

    /// <summary>The person the measure reaches beside the unit (R-3.4.6.c); null when it reaches the subject itself.</summary>
    [GoneAfterRetention(Own = true)]
    public Guid? PersonId { get; private init; }

    /// <summary>Code of the memorandum.</summary>
    public string Memorandum { get; private init; } = "";

    /// <summary>Version of the memorandum the task was created with.</summary>
    public int MemorandumVersion { get; private init; }

    /// <summary>Key of the measure.</summary>
    public string MeasureKey { get; private init; } = "";

    /// <summary>Official wording.</summary>
    public string Wording { get; private init; } = "";

    /// <summary>Canonical measures it is an instance of.</summary>
    public string[] Canonical { get; private init; } = [];

    /// <summary>Mandatory or recommended.</summary>
    public MeasureObligation Obligation { get; private init; }

    /// <summary>Whether the memorandum itself or the dictionary of measures names the legal bases (R-3.5.3.a).</summary>
    public BasisSource BasisFrom { get; private init; }

    /// <summary>What the measure rested on when it was given out.</summary>
    public IReadOnlyList<CitedBasis> LegalBases { get; private init; } = [];

    /// <summary>The legal bases in one line.</summary>
    public string Basis { get; private init; } = "";

    /// <summary>Department that carries it out.</summary>
    public string Department { get; private init; } = "";

    /// <summary>Day given out.</summary>
    public DateOnly IssuedOn { get; private init; }

    /// <summary>Last day to act and feed back.</summary>
    public DateOnly Due { get; private set; }

    /// <summary>Progress.</summary>
    public TaskState State { get; private set; }

    /// <summary>Whether it is executed just now.</summary>
    public TaskExecution Execution { get; private set; }

    /// <summary>Why not applicable or declined; null otherwise.</summary>
    [GoneAfterRetention]
    public string? Reason { get; private set; }

    /// <summary>Law cited for not applying a mandatory measure; null otherwise.</summary>
    [GoneAfterRetention]
    public string? ReasonBasis { get; private set; }

    /// <summary>Day of the latest feedback.</summary>
    public DateOnly? FedBackOn { get; private set; }

    /// <summary>Last day to confirm the stop.</summary>
    public DateOnly? StopDue { get; private set; }

    /// <summary>Day the department confirmed the stop.</summary>
    public DateOnly? StoppedOn { get; private set; }

    /// <summary>What the department did to stop.</summary>
    [GoneAfterRetention]
    public string? StopNote { get; private set; }

    /// <summary>The unit's measure for its subject, or for a person who answers for the unit.</summary>
    internal static MeasureTask Dispatch(
        ListEntry entry, string memorandum, int version, Measure measure, string department, DateOnly today, DateOnly due, Accountability.AccountabilityItem? person = null,
        MeasureCitation? citation = null)
    {
        citation ??= MeasureCitation.Of(measure, []);
        var task = new MeasureTask
        {
            EntryId = entry.Id,
            List = entry.List,
            Domain = entry.Domain,
            SubjectId = entry.SubjectId,
            SubjectName = person?.PersonName ?? entry.SubjectName,
            SubjectCode = person is null ? entry.SubjectCode ?? entry.SubjectMask ?? "" : person.PersonMask ?? "",
            PersonId = person?.PersonId,
            Memorandum = memorandum,
            MemorandumVersion = version,
            MeasureKey = measure.Key,
            Wording = measure.Wording,
            Canonical = [.. measure.Canonical],
            Obligation = measure.Obligation,
            BasisFrom = citation.BasisFrom,
            LegalBases = citation.LegalBases,
            Basis = citation.Text,
            Department = department,
            IssuedOn = today,
            Due = due,
            State = MeasureTaskLifecycle.Table.Start,
            Execution = entry.State == EntryState.Verifying ? TaskExecution.Suspended : TaskExecution.Running,
        };
        task.Announce(new TaskDispatched(task.Id, entry.Id, measure.Key, department, due), Clause.R(person is null ? "3.5.1.b" : "3.4.6.c"));
        return task;
    }

    internal Outcome<MeasureTask> Acknowledge() => Fire(TaskTrigger.Acknowledge, () => { });

    internal Outcome<MeasureTask> Apply() => WhileRunning() is { } resting ? resting : Fire(TaskTrigger.Apply, () => { });

    /// <summary>A mandatory measure needs the law that stands against it; a recommended one a reason (I43).</summary>
    internal Outcome<MeasureTask> FindNotApplicable(string reason, string? basis)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return new Refusal("reason-missing", "请说明理由。", "State the reason.", Clause.R("3.5.1.b"), "reason");
        }

        if (Obligation == MeasureObligation.Mandatory && string.IsNullOrWhiteSpace(basis))
        {
            return new Refusal(
                "statutory-reason-missing",
                "强制性措施不适用须引用法律依据。",
                "A mandatory measure may be found not applicable only with a statutory reason: cite it.",
                Clause.R("3.5.1.b"),
                "legalBasis");
        }

        return Fire(TaskTrigger.FindNotApplicable, () => (Reason, ReasonBasis) = (reason, basis));
    }

    internal Outcome<MeasureTask> Decline(string reason)
    {
        if (Obligation == MeasureObligation.Mandatory)
        {
            return new Refusal("mandatory-cannot-be-declined", "强制性措施不得拒绝执行。", "A mandatory measure cannot be declined.", Clause.R("3.5.3.b"));
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new Refusal("reason-missing", "请说明理由。", "State the reason.", Clause.R("3.5.3.b"), "reason");
        }

        return Fire(TaskTrigger.Decline, () => Reason = reason);
    }

    /// <summary>Reports back; carrying out is implied when the department had only acknowledged.</summary>
    internal Outcome<MeasureTask> FeedBack(DateOnly today)
    {
        if (WhileRunning() is { } resting)
        {
            return resting;
        }

        if (State == TaskState.Acknowledged)
        {
            State = TaskState.Applied;
        }

        return Fire(TaskTrigger.FeedBack, () => FedBackOn = today);
    }

    internal Outcome<MeasureTask> Suspend() => FireExecution(ExecutionTrigger.Suspend, new TaskSuspended(Id, EntryId, Department), "3.5.7.c");

    /// <summary>Goes on. The term rested with the measure: what was left of it is counted from today.</summary>
    /// <param name="due">Last day to feed back as counted anew; the day it was when no feedback is owed.</param>
    internal Outcome<MeasureTask> Resume(DateOnly due) =>
        FireExecution(ExecutionTrigger.Resume, new TaskResumed(Id, EntryId, Department, due), "3.5.7.c").Then<MeasureTask>(_ =>
        {
            Due = due;
            return this;
        });

    /// <summary>Orders the stop; the order stays open until the department confirms (R-3.5.6.d, I45, I46).</summary>
    internal Outcome<MeasureTask> RequestStop(DateOnly due) =>
        MeasureTaskLifecycle.Execution.Fire(Execution, ExecutionTrigger.End).Then(end =>
            MeasureTaskLifecycle.Table.Fire(State, TaskTrigger.RequestStop).Then<MeasureTask>(move =>
            {
                Execution = end.To;
                State = move.To;
                StopDue = due;
                Announce(new TaskStopRequested(Id, EntryId, Department, due), Clause.R("3.5.6.d"));
                return this;
            }));

    internal Outcome<MeasureTask> ConfirmStop(DateOnly today, string note)
    {
        if (string.IsNullOrWhiteSpace(note))
        {
            return new Refusal("stop-note-missing", "请反馈停止措施的情况。", "Say what was done to stop the measure.", Clause.R("3.5.6.d"), "note");
        }

        return Fire(TaskTrigger.ConfirmStop, () => (StoppedOn, StopNote) = (today, note));
    }

    /// <summary>Moves the last day to feed back, or to confirm the stop, after the calendar changed (I32).</summary>
    internal void MoveDue(DateOnly due, bool ofStop)
    {
        if (ofStop)
        {
            StopDue = due;
        }
        else
        {
            Due = due;
        }

        Announce(new TaskDueMoved(Id, EntryId, Department, due, ofStop), Clause.Standard("I32"));
    }

    internal Outcome<MeasureTask> Close() => Fire(TaskTrigger.Close, () => { });

    private Refusal? WhileRunning() => Execution == TaskExecution.Running ? null : NotRunning;

    private Outcome<MeasureTask> Fire(TaskTrigger on, Action effect) =>
        MeasureTaskLifecycle.Table.Fire(State, on).Then<MeasureTask>(move =>
        {
            State = move.To;
            effect();
            Announce(new TaskMoved(Id, EntryId, Department, on, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });

    private Outcome<MeasureTask> FireExecution(ExecutionTrigger on, object announcement, string clause) =>
        MeasureTaskLifecycle.Execution.Fire(Execution, on).Then<MeasureTask>(move =>
        {
            Execution = move.To;
            Announce(announcement, Clause.R(clause));
            return this;
        });
}

/// <summary>What a department reported on a task, in its own words.</summary>
public sealed class Feedback : Aggregate
{
    private Feedback()
    {
    }

    /// <summary>The task.</summary>
    public Guid TaskId { get; private init; }

    /// <summary>Key of the feedback kind; <c>core/plain</c> for the plain report.</summary>
    public string Kind { get; private init; } = "";

    /// <summary>Key of the measure.</summary>
    public string MeasureKey { get; private init; } = "";

    /// <summary>Reporting department.</summary>
    public string Department { get; private init; } = "";

    /// <summary>The report as JSON.</summary>
    [GoneAfterRetention("{}")]
    public string Report { get; private init; } = "{}";

    /// <summary>What was done, one sentence.</summary>
    [GoneAfterRetention]
    public string Description { get; private init; } = "";

    /// <summary>1 实施奖惩 or 2 其他.</summary>
    public int HandleType { get; private init; }

    /// <summary>Account of the operator.</summary>
    [GoneAfterRetention]
    public string Operator { get; private init; } = "";

    /// <summary>Instant of the report, UTC.</summary>
    public DateTimeOffset ReportedAt { get; private init; }

    internal static Feedback On(MeasureTask task, string kind, string report, string description, int handleType, string by, DateTimeOffset at)
    {
        var feedback = new Feedback
        {
            TaskId = task.Id,
            Kind = kind,
            MeasureKey = task.MeasureKey,
            Department = task.Department,
            Report = report,
            Description = description,
            HandleType = handleType,
            Operator = by,
            ReportedAt = at,
        };
        feedback.Announce(new FeedbackReported(feedback.Id, task.Id, task.EntryId, kind, task.Department), Clause.R("3.5.1.b"));
        return feedback;
    }
}
