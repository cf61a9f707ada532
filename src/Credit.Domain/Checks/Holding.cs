using Credit.Domain.Accountability;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;

namespace Credit.Domain.Checks;

/// <summary>
/// What holds on a day as it is known now. Today and later the state decides; for a day that has passed also what has ended since counts,
/// up to the day before its exit. What was found wrong never held, and what is in doubt now is in doubt for every day.
/// </summary>
public static class Holding
{
    /// <summary>True when an entry is in force on the day. Both ends of its term count; the day of its exit does not.</summary>
    /// <param name="state">Where the entry stands now.</param>
    /// <param name="from">First day in force; null until reported.</param>
    /// <param name="to">Last day of the term.</param>
    /// <param name="exitedOn">First day no longer in force; null while it has not exited.</param>
    /// <param name="reason">Why it exited; null while it has not.</param>
    /// <param name="day">The day asked about.</param>
    /// <param name="today">Today in the district.</param>
    public static bool Holds(EntryState state, DateOnly? from, DateOnly to, DateOnly? exitedOn, ExitReason? reason, DateOnly day, DateOnly today) =>
        from <= day && day <= to && state switch
        {
            EntryState.Active or EntryState.Verifying => true,
            EntryState.Exited => day < today && exitedOn > day && reason != ExitReason.Erroneous,
            _ => false,
        };

    /// <summary>True when a person answers for a unit's entry on the day (R-3.4.6.c).</summary>
    /// <param name="state">Where the item stands now.</param>
    /// <param name="from">First day in the personal file; null until then.</param>
    /// <param name="endedOn">First day it no longer counts; null while it does.</param>
    /// <param name="day">The day asked about.</param>
    /// <param name="today">Today in the district.</param>
    public static bool Answers(AccountabilityState state, DateOnly? from, DateOnly? endedOn, DateOnly day, DateOnly today) => state switch
    {
        AccountabilityState.InForce => day >= today || from <= day,
        AccountabilityState.Ended => day < today && from <= day && endedOn > day,
        _ => false,
    };

    /// <summary>True when a measure that was given out is, or on the day was, to be carried out.</summary>
    /// <param name="state">Progress of its task.</param>
    /// <param name="execution">Whether it is executed just now.</param>
    /// <param name="excused">The department said why it did not carry it out; it stays true when the task is stopped.</param>
    /// <param name="over">The entry has exited since the day asked about, and its tasks were ended with it.</param>
    public static bool Owes(TaskState state, TaskExecution execution, bool excused, bool over) =>
        state is not (TaskState.NotApplicable or TaskState.Declined) && (over ? !excused : execution == TaskExecution.Running);
}
