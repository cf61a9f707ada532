using Credit.Domain.Policy;

namespace Credit.Domain.Oversight;

/// <summary>A department reported progress on a task of the annex.</summary>
[WireName("progress-report.submitted.v1")]
public sealed record ProgressReported(Guid ReportId, int TaskNo, string Department, DateOnly From, DateOnly To, bool Late);

/// <summary>The lead office evaluated the departments over a period.</summary>
[WireName("evaluation.run.v1")]
public sealed record EvaluationRun(Guid EvaluationId, DateOnly From, DateOnly To);

/// <summary>An evaluation was published internally, or reported to the district government.</summary>
[WireName("evaluation.moved.v1")]
public sealed record EvaluationMoved(Guid EvaluationId, EvaluationState To);

/// <summary>A department was notified (通报) and must rectify its work.</summary>
[WireName("department-rectification.required.v1")]
public sealed record DepartmentRectificationRequired(Guid RectificationId, Guid EvaluationId, string Department, DateOnly Due);

/// <summary>A department's rectification moved.</summary>
[WireName("department-rectification.moved.v1")]
public sealed record DepartmentRectificationMoved(Guid RectificationId, Guid EvaluationId, string Department, DepartmentRectificationState To);

/// <summary>An inbox item is done with; what was done stays with the item.</summary>
[WireName("inbox-item.done.v1")]
public sealed record InboxItemDone(Guid ItemId, string Department, string Kind, Guid AboutId);

/// <summary>An inbox item that was done with is to be looked at anew.</summary>
[WireName("inbox-item.reopened.v1")]
public sealed record InboxItemReopened(Guid ItemId, string Department, string Kind, Guid AboutId);
