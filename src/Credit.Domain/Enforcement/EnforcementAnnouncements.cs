using Credit.Domain.Policy;

namespace Credit.Domain.Enforcement;

/// <summary>A department got a task.</summary>
[WireName("measure-task.dispatched.v1")]
public sealed record TaskDispatched(Guid TaskId, Guid EntryId, string MeasureKey, string Department, DateOnly Due);

/// <summary>A task moved on at its department.</summary>
[WireName("measure-task.moved.v1")]
public sealed record TaskMoved(Guid TaskId, Guid EntryId, string Department, TaskTrigger On, TaskState To);

/// <summary>A task rests while its entry is verified.</summary>
[WireName("measure-task.suspended.v1")]
public sealed record TaskSuspended(Guid TaskId, Guid EntryId, string Department);

/// <summary>A task goes on; its feedback is due on this day.</summary>
[WireName("measure-task.resumed.v1")]
public sealed record TaskResumed(Guid TaskId, Guid EntryId, string Department, DateOnly Due);

/// <summary>A department must stop a measure.</summary>
[WireName("measure-task.stop-requested.v1")]
public sealed record TaskStopRequested(Guid TaskId, Guid EntryId, string Department, DateOnly Due);

/// <summary>The calendar changed, and with it the last day to feed back, or to confirm the stop.</summary>
[WireName("measure-task.due-moved.v1")]
public sealed record TaskDueMoved(Guid TaskId, Guid EntryId, string Department, DateOnly Due, bool OfStop);

/// <summary>A department reported back.</summary>
[WireName("feedback.reported.v1")]
public sealed record FeedbackReported(Guid FeedbackId, Guid TaskId, Guid EntryId, string Kind, string Department);

/// <summary>A case was collected, approved or turned down.</summary>
[WireName("case.moved.v1")]
public sealed record CaseMoved(Guid CaseId, CaseState To);
