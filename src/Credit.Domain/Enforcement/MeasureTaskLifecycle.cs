using Credit.Domain.Policy;
using static Credit.Domain.Enforcement.TaskState;
using static Credit.Domain.Enforcement.TaskTrigger;

namespace Credit.Domain.Enforcement;

/// <summary>Where a measure task stands with its department (requirements §10.3).</summary>
public enum TaskState
{
    /// <summary>Given out; the department has not seen it.</summary>
    Dispatched,

    /// <summary>The department has it.</summary>
    Acknowledged,

    /// <summary>Carried out.</summary>
    Applied,

    /// <summary>Nothing to carry it out on, with a reason.</summary>
    NotApplicable,

    /// <summary>A recommended measure the department declined, with a reason.</summary>
    Declined,

    /// <summary>Carried out and reported.</summary>
    FedBack,

    /// <summary>The entry ended; the department must stop and say so.</summary>
    StopRequested,

    /// <summary>The department confirmed that it stopped.</summary>
    Stopped,

    /// <summary>Over.</summary>
    Closed,
}

/// <summary>What moves a measure task.</summary>
public enum TaskTrigger
{
    /// <summary>Seen by the department.</summary>
    Acknowledge,

    /// <summary>Carried out.</summary>
    Apply,

    /// <summary>Not applicable, with a reason.</summary>
    FindNotApplicable,

    /// <summary>Declined, recommended measures only.</summary>
    Decline,

    /// <summary>Reported back.</summary>
    FeedBack,

    /// <summary>The entry ended.</summary>
    RequestStop,

    /// <summary>The department stopped.</summary>
    ConfirmStop,

    /// <summary>Closed by the department.</summary>
    Close,
}

/// <summary>Whether a measure is being executed just now; suspension keeps the place in <see cref="TaskState"/>.</summary>
public enum TaskExecution
{
    /// <summary>May be executed.</summary>
    Running,

    /// <summary>Rests while the entry is verified (R-3.5.7.c).</summary>
    Suspended,

    /// <summary>Ended for good.</summary>
    Ended,
}

/// <summary>What moves execution.</summary>
public enum ExecutionTrigger
{
    /// <summary>An objection was accepted.</summary>
    Suspend,

    /// <summary>The entry was confirmed.</summary>
    Resume,

    /// <summary>The entry ended.</summary>
    End,
}

/// <summary>The life of a measure task.</summary>
public static class MeasureTaskLifecycle
{
    /// <summary>Progress with the department.</summary>
    public static readonly Lifecycle<TaskState, TaskTrigger> Table = new("Measure task", Dispatched,
        (Dispatched, Acknowledge, Acknowledged, "R-3.5.1.b"),
        (Dispatched, RequestStop, StopRequested, "R-3.5.6.d"),
        (Acknowledged, Apply, Applied, "R-3.5.1.b"),
        (Acknowledged, FindNotApplicable, NotApplicable, "R-3.5.1.b"),
        (Acknowledged, Decline, Declined, "R-3.5.3.b"),
        (Acknowledged, RequestStop, StopRequested, "R-3.5.6.d"),
        (Applied, FeedBack, FedBack, "R-3.5.1.b"),
        (Applied, RequestStop, StopRequested, "R-3.5.6.d"),
        (FedBack, FeedBack, FedBack, "R-3.5.1.b"),
        (FedBack, RequestStop, StopRequested, "R-3.5.6.d"),
        (NotApplicable, FeedBack, NotApplicable, "R-3.5.1.b"),
        (NotApplicable, RequestStop, StopRequested, "R-3.5.6.d"),
        (Declined, RequestStop, StopRequested, "R-3.5.6.d"),
        (StopRequested, ConfirmStop, Stopped, "R-3.5.6.d"),
        (Stopped, Close, Closed, "I44"));

    /// <summary>Execution beside it.</summary>
    public static readonly Lifecycle<TaskExecution, ExecutionTrigger> Execution = new("Measure execution", TaskExecution.Running,
        (TaskExecution.Running, ExecutionTrigger.Suspend, TaskExecution.Suspended, "R-3.5.7.c"),
        (TaskExecution.Suspended, ExecutionTrigger.Resume, TaskExecution.Running, "R-3.5.7.c"),
        (TaskExecution.Running, ExecutionTrigger.End, TaskExecution.Ended, "R-3.5.6.d"),
        (TaskExecution.Suspended, ExecutionTrigger.End, TaskExecution.Ended, "R-3.5.7.c"));
}
