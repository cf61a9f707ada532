using Credit.Domain.Policy;

namespace Credit.Domain.Oversight;

/// <summary>督促整改: a department that performed poorly puts its own work right within a term (R-4.3.b).</summary>
public sealed class DepartmentRectification : Aggregate
{
    private DepartmentRectification()
    {
    }

    /// <summary>The evaluation that requires it.</summary>
    public Guid EvaluationId { get; private init; }

    /// <summary>The department.</summary>
    public string Department { get; private init; } = "";

    /// <summary>Its score then.</summary>
    public decimal Score { get; private init; }

    /// <summary>Day of the notice (通报).</summary>
    public DateOnly NotifiedOn { get; private init; }

    /// <summary>Last day to submit.</summary>
    public DateOnly Due { get; private set; }

    /// <summary>Where it stands.</summary>
    public DepartmentRectificationState State { get; private set; }

    /// <summary>What the department put right, as last submitted.</summary>
    public string? Statement { get; private set; }

    /// <summary>Day of the last submission.</summary>
    public DateOnly? SubmittedOn { get; private set; }

    /// <summary>The lead office's last finding.</summary>
    public string? Finding { get; private set; }

    /// <summary>Account that decided last.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>Missed its last day once; it stays known after a late submission.</summary>
    public bool WasOverdue { get; private set; }

    internal static DepartmentRectification Require(Evaluation evaluation, EvaluationScore score, DateOnly today, DateOnly due)
    {
        var required = new DepartmentRectification
        {
            EvaluationId = evaluation.Id,
            Department = score.Department,
            Score = score.Score!.Value,
            NotifiedOn = today,
            Due = due,
        };
        required.Announce(new DepartmentRectificationRequired(required.Id, evaluation.Id, score.Department, due), Clause.R("4.3.b"));
        return required;
    }

    internal Outcome<DepartmentRectification> Submit(string statement, DateOnly today) => AgainstText(statement, "statement") is { } missing
        ? missing
        : Fire(DepartmentRectificationTrigger.Submit, () => (Statement, SubmittedOn) = (statement, today));

    /// <summary>Decided by the lead office; a rejection sets the next last day.</summary>
    internal Outcome<DepartmentRectification> Decide(bool accept, string finding, string by, DateOnly nextDue) => AgainstText(finding, "finding") is { } missing
        ? missing
        : Fire(
            accept ? DepartmentRectificationTrigger.Accept : DepartmentRectificationTrigger.Reject,
            () => (Finding, DecidedBy, Due) = (finding, by, accept ? Due : nextDue));

    internal Outcome<DepartmentRectification> Lapse() => Fire(DepartmentRectificationTrigger.Lapse, () => WasOverdue = true);

    private static Refusal? AgainstText(string text, string field) => string.IsNullOrWhiteSpace(text)
        ? new("finding-missing", "请写明理由。", "State the reason in writing.", Clause.R("4.3.b"), field)
        : TextLength.Against(text, TextLength.Facts, field);

    private Outcome<DepartmentRectification> Fire(DepartmentRectificationTrigger on, Action effect) =>
        DepartmentRectificationLifecycle.Table.Fire(State, on).Then<DepartmentRectification>(move =>
        {
            State = move.To;
            effect();
            Announce(new DepartmentRectificationMoved(Id, EvaluationId, Department, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });
}
