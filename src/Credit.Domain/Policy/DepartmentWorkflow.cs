namespace Credit.Domain.Policy;

/// <summary>Terms a department sets itself, in working days: never longer than the platform's .</summary>
public sealed class DepartmentWorkflow : Aggregate
{
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
