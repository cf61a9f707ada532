namespace Credit.Domain.Policy;

/// <summary>Decisions before which a department may ask for a legal review (法制审核).</summary>
public enum ReviewedDecision
{
    /// <summary>The recognition of an entry.</summary>
    Recognition,

    /// <summary>The conclusion of an objection, of one to a measure too.</summary>
    ObjectionConclusion,

    /// <summary>The decision on an application for repair.</summary>
    RepairDecision,
}

/// <summary>Role of the department that alone takes a step. The platform lets both and the department's system take it.</summary>
public enum StepRole
{
    /// <summary>经办人.</summary>
    Officer,

    /// <summary>审核人.</summary>
    Approver,
}

/// <summary>Steps as a department sets them. There is no word for less than the platform asks for: a step is added, a role is narrowed.</summary>
/// <param name="From">First day: they count for what begins on it or later.</param>
/// <param name="LegalReview">Decisions that want a legal review first.</param>
/// <param name="AcceptObjectionBy">Who alone takes objections up; null for the platform's roles.</param>
/// <param name="AnnounceExitBy">Who alone records the announcement of an exit; null likewise.</param>
public sealed record StepsDraft(
    DateOnly From, IReadOnlyList<ReviewedDecision> LegalReview, StepRole? AcceptObjectionBy = null, StepRole? AnnounceExitBy = null);

/// <summary>Steps a department set, from a day on. What was set is never changed: later steps take their place for what begins later .</summary>
public sealed class WorkflowSteps
{
    private WorkflowSteps()
    {
    }

    /// <summary>Identity.</summary>
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>Counts up with each setting, from 1.</summary>
    public int Number { get; private init; }

    /// <summary>First day: they count for entries proposed, objections filed and repairs applied for on it or later.</summary>
    public DateOnly From { get; private init; }

    /// <summary>Decisions that want a legal review first.</summary>
    public IReadOnlyList<ReviewedDecision> LegalReview { get; private init; } = [];

    /// <summary>Who alone takes objections up; null for the platform's roles.</summary>
    public StepRole? AcceptObjectionBy { get; private init; }

    /// <summary>Who alone records the announcement of an exit; null likewise.</summary>
    public StepRole? AnnounceExitBy { get; private init; }

    /// <summary>Account that set them.</summary>
    public string SetBy { get; private init; } = "";

    /// <summary>Day they were set.</summary>
    public DateOnly SetOn { get; private init; }

    internal static WorkflowSteps Of(StepsDraft draft, int number, string by, DateOnly today) => new()
    {
        Number = number,
        From = draft.From,
        LegalReview = [.. draft.LegalReview.Distinct().Order()],
        AcceptObjectionBy = draft.AcceptObjectionBy,
        AnnounceExitBy = draft.AnnounceExitBy,
        SetBy = by,
        SetOn = today,
    };
}

/// <summary>A department set steps of its own.</summary>
[WireName("department-workflow.steps-set.v1")]
public sealed record WorkflowStepsSet(
    Guid WorkflowId, string Department, DateOnly From, IReadOnlyList<ReviewedDecision> LegalReview, StepRole? AcceptObjectionBy, StepRole? AnnounceExitBy);
