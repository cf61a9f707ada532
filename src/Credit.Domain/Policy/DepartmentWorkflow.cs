namespace Credit.Domain.Policy;

/// <summary>
/// How a department works within the platform's limits: its terms in working days, never longer than the platform's, and
/// its steps, which only add to the platform's or narrow who takes them. Four eyes (I84) stay whatever is set here.
/// </summary>
public sealed class DepartmentWorkflow : Aggregate
{
    private readonly List<WorkflowSteps> _steps = [];

    private DepartmentWorkflow()
    {
    }

    /// <summary>Key of the department.</summary>
    public string Department { get; private init; } = "";

    /// <summary>Acceptance of an application for repair; null for the platform's term.</summary>
    public int? AcceptRepairDays { get; private set; }

    /// <summary>Decision on an accepted repair; null likewise.</summary>
    public int? DecideRepairDays { get; private set; }

    /// <summary>Decision on an application for early exit; null likewise.</summary>
    public int? DecideEarlyExitDays { get; private set; }

    /// <summary>Announcement of an exit; null likewise.</summary>
    public int? AnnounceExitDays { get; private set; }

    /// <summary>Account that set it last.</summary>
    public string SetBy { get; private set; } = "";

    /// <summary>Every setting of steps, those that no longer count too.</summary>
    public IReadOnlyList<WorkflowSteps> Steps => _steps;

    internal static DepartmentWorkflow Of(string department) => new() { Department = department };

    /// <summary>Sets all terms anew.</summary>
    /// <param name="terms">The terms; null ones are the platform's.</param>
    /// <param name="pack">The pack in force, whose terms are the limits.</param>
    /// <param name="by">Account that sets them.</param>
    internal Outcome<DepartmentWorkflow> Set(WorkflowTerms terms, PolicyPack pack, string by)
    {
        (string Field, int? Days, int Limit)[] asked =
        [
            ("acceptRepairDays", terms.AcceptRepairDays, pack.AcceptRepairDays), ("decideRepairDays", terms.DecideRepairDays, pack.DecideRepairDays),
            ("decideEarlyExitDays", terms.DecideEarlyExitDays, pack.DecideEarlyExitDays), ("announceExitDays", terms.AnnounceExitDays, pack.AnnounceExitDays),
        ];
        Refusal[] refusals =
        [
            .. from term in asked
               where term.Days < 1 || term.Days > term.Limit
               select new Refusal(
                   "beyond-platform-limit",
                   $"部门工作流时限应为1至{term.Limit}个工作日。",
                   $"A department's own term is 1 to {term.Limit} working days, the platform's.",
                   Clause.R("3.6.2"),
                   term.Field),
        ];
        if (refusals.Length > 0)
        {
            return Outcome<DepartmentWorkflow>.Refused(refusals);
        }

        (AcceptRepairDays, DecideRepairDays) = (terms.AcceptRepairDays, terms.DecideRepairDays);
        (DecideEarlyExitDays, AnnounceExitDays) = (terms.DecideEarlyExitDays, terms.AnnounceExitDays);
        SetBy = by;
        Announce(new WorkflowSet(Id, Department), Clause.R("3.6.2"));
        return this;
    }

    /// <summary>Sets steps from a day to come; those set before stay as they are.</summary>
    /// <param name="draft">The steps.</param>
    /// <param name="by">Account that sets them.</param>
    /// <param name="today">Today in the district.</param>
    internal Outcome<DepartmentWorkflow> SetSteps(StepsDraft draft, string by, DateOnly today)
    {
        if (draft.From <= today)
        {
            return new Refusal(
                "workflow-day-not-ahead",
                "工作流步骤最早自次日起生效。",
                "Steps count from tomorrow at the earliest: what has begun goes on as it began.",
                Clause.R("3.6.2"),
                "from");
        }

        var steps = WorkflowSteps.Of(draft, _steps.Count + 1, by, today);
        _steps.Add(steps);
        Announce(new WorkflowStepsSet(Id, Department, steps.From, steps.LegalReview, steps.AcceptObjectionBy, steps.AnnounceExitBy), Clause.R("3.6.2"));
        return this;
    }

    /// <summary>The steps for what began on a day: those of the latest first day up to it, of one day the ones set last; null for the platform's alone.</summary>
    /// <param name="begunOn">Day an entry was proposed, an objection filed or a repair applied for.</param>
    public WorkflowSteps? StepsFor(DateOnly begunOn) => _steps.Where(steps => steps.From <= begunOn).MaxBy(steps => (steps.From, steps.Number));

    /// <summary>The pack as the department works under it. A pack that came later and is stricter wins.</summary>
    public PolicyPack Within(PolicyPack pack) => pack with
    {
        AcceptRepairDays = Math.Min(AcceptRepairDays ?? pack.AcceptRepairDays, pack.AcceptRepairDays),
        DecideRepairDays = Math.Min(DecideRepairDays ?? pack.DecideRepairDays, pack.DecideRepairDays),
        DecideEarlyExitDays = Math.Min(DecideEarlyExitDays ?? pack.DecideEarlyExitDays, pack.DecideEarlyExitDays),
        AnnounceExitDays = Math.Min(AnnounceExitDays ?? pack.AnnounceExitDays, pack.AnnounceExitDays),
    };
}

/// <summary>Terms of a department's own, working days; null ones are the platform's.</summary>
/// <param name="AcceptRepairDays">Acceptance of an application for repair.</param>
/// <param name="DecideRepairDays">Decision on an accepted repair.</param>
/// <param name="DecideEarlyExitDays">Decision on an application for early exit.</param>
/// <param name="AnnounceExitDays">Announcement of an exit.</param>
public sealed record WorkflowTerms(int? AcceptRepairDays = null, int? DecideRepairDays = null, int? DecideEarlyExitDays = null, int? AnnounceExitDays = null);

/// <summary>A department set its own terms.</summary>
[WireName("department-workflow.set.v1")]
public sealed record WorkflowSet(Guid WorkflowId, string Department);
