using Credit.Domain.Policy;
using static Credit.Domain.Enforcement.RecoveryState;
using static Credit.Domain.Enforcement.RecoveryTrigger;

namespace Credit.Domain.Enforcement;

/// <summary>Where the recovery of a benefit stands.</summary>
public enum RecoveryState
{
    /// <summary>To be recovered.</summary>
    Owed,

    /// <summary>Recovered.</summary>
    Recovered,

    /// <summary>Cannot be recovered, with a reason: 「尽可能」.</summary>
    NotRecoverable,
}

/// <summary>What moves a recovery.</summary>
public enum RecoveryTrigger
{
    /// <summary>The benefit was recovered.</summary>
    Recover,

    /// <summary>It cannot be recovered.</summary>
    GiveUp,
}

/// <summary>The life of a recovery.</summary>
public static class RecoveryLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<RecoveryState, RecoveryTrigger> Table = new("Recovery", Owed,
        (Owed, Recover, Recovered, "R-3.5.7.e"),
        (Owed, GiveUp, NotRecoverable, "R-3.5.7.e"));
}

/// <summary>A benefit that a department granted because of a red entry that was wrong: it is recovered as far as possible (R-3.5.7.e, I53). Once per task.</summary>
public sealed class Recovery : Aggregate
{
    private Recovery()
    {
    }

    /// <summary>The wrong red entry.</summary>
    public Guid EntryId { get; private init; }

    /// <summary>The task under which the benefit was granted.</summary>
    public Guid TaskId { get; private init; }

    /// <summary>The subject.</summary>
    [GoneAfterRetention]
    public Guid SubjectId { get; private init; }

    /// <summary>Department that granted it.</summary>
    public string Department { get; private init; } = "";

    /// <summary>The benefit, in the memorandum's wording.</summary>
    [GoneAfterRetention]
    public string Benefit { get; private init; } = "";

    /// <summary>Day it was ordered.</summary>
    public DateOnly OrderedOn { get; private init; }

    /// <summary>Where it stands.</summary>
    public RecoveryState State { get; private set; }

    /// <summary>What was recovered, or why it cannot be.</summary>
    [GoneAfterRetention]
    public string? Result { get; private set; }

    /// <summary>Account that reported it.</summary>
    public string? ReportedBy { get; private set; }

    /// <summary>Day it was reported.</summary>
    public DateOnly? ReportedOn { get; private set; }

    /// <summary>Orders the recovery of what a task granted, in the transaction that finds the red entry wrong.</summary>
    internal static Recovery Order(MeasureTask task, DateOnly today)
    {
        var ordered = new Recovery
        {
            EntryId = task.EntryId,
            TaskId = task.Id,
            SubjectId = task.SubjectId,
            Department = task.Department,
            Benefit = task.Wording,
            OrderedOn = today,
        };
        ordered.Announce(new RecoveryMoved(ordered.Id, task.Id, task.EntryId, task.SubjectId, task.Department, Owed), Clause.R("3.5.7.e"));
        return ordered;
    }

    /// <summary>Reports what became of it.</summary>
    internal Outcome<Recovery> Report(bool recovered, string result, string by, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(result))
        {
            return new Refusal("recovery-result-missing", "请写明追回情况或不能追回的理由。", "Say what was recovered, or why it cannot be.", Clause.R("3.5.7.e"), "result");
        }

        return TextLength.Against(result, TextLength.Text, "result") is { } tooLong
            ? tooLong
            : RecoveryLifecycle.Table.Fire(State, recovered ? Recover : GiveUp).Then<Recovery>(move =>
            {
                (State, Result, ReportedBy, ReportedOn) = (move.To, result, by, today);
                Announce(new RecoveryMoved(Id, TaskId, EntryId, SubjectId, Department, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
                return this;
            });
    }
}

/// <summary>The recovery of a benefit was ordered, or ended.</summary>
[WireName("recovery.moved.v1")]
public sealed record RecoveryMoved(Guid RecoveryId, Guid TaskId, Guid EntryId, Guid SubjectId, string Department, RecoveryState To);
