namespace Credit.Domain.Policy;

/// <summary>The lead office loaded, or corrected, the holiday notice of a year.</summary>
[WireName("calendar.changed.v1")]
public sealed record CalendarChanged(int Year, string Source);

/// <summary>An open deadline moved because the calendar changed (I32).</summary>
[WireName("deadline.moved.v1")]
public sealed record DeadlineMoved(Guid DeadlineId, string Kind, Guid AboutId, DateOnly From, DateOnly To);
