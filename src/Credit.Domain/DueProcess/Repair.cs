using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.DueProcess;

/// <summary>
/// A subject's repair of a black or watch entry (R-3.5.4). Approved, it lets the subject of a black entry apply for early
/// exit (R-3.5.6.b); it ends nothing by itself. The recogniser alone decides (I60).
/// </summary>
public sealed class Repair : Aggregate
{
    private static readonly Refusal NotRepairable = new(
        "not-repairable", "认定部门已明确本条目不可修复。", "The recogniser stated that this entry cannot be repaired.", Clause.R("3.5.4.b"));

    private readonly List<RepairStep> _steps = [];

    private Repair()
    {
    }

    /// <summary>The entry.</summary>
    public Guid EntryId { get; private init; }

    /// <summary>The subject of the entry, who applies.</summary>
    [GoneAfterRetention]
    public Guid SubjectId { get; private init; }

    /// <summary>Department that decides: the recogniser.</summary>
    public string Handler { get; private init; } = "";

    /// <summary>Policy pack it is handled under: that of the decision or of the day of application, as the pack's repair rule says.</summary>
    public string PolicyPack { get; private init; } = "";

    /// <summary>Day of the application.</summary>
    public DateOnly AppliedOn { get; private init; }

    /// <summary>Where it stands.</summary>
    public RepairState State { get; private set; }

    /// <summary>Last day for the recogniser's next step; null while it owes none.</summary>
    public DateOnly? Due { get; private set; }

    /// <summary>Account that accepted it for review; it decides nothing about it (I84).</summary>
    public string? AcceptedBy { get; private set; }

    /// <summary>The recogniser's latest reason or finding, for the subject to read.</summary>
    [GoneAfterRetention]
    public string? Finding { get; private set; }

    /// <summary>Account that decided the repair.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>Day the repair was decided.</summary>
    public DateOnly? DecidedOn { get; private set; }

    /// <summary>How the subject performed its duties and removed the effects, as stated with the application for early exit.</summary>
    [GoneAfterRetention]
    public string? Performance { get; private set; }

    /// <summary>Document that shows the performance.</summary>
    [GoneAfterRetention]
    public string? PerformanceEvidence { get; private set; }

    /// <summary>Account that decided the early exit, the second person beside <see cref="DecidedBy"/>.</summary>
    public string? ExitDecidedBy { get; private set; }

    /// <summary>Day the early exit was decided.</summary>
    public DateOnly? ExitDecidedOn { get; private set; }

    /// <summary>The ways taken; those sent again replace none, they are added.</summary>
    public IReadOnlyList<RepairStep> Steps => _steps;

    internal static Outcome<Repair> Apply(ListEntry entry, IReadOnlyList<RepairStep> steps, PolicyPack pack, DateOnly today, DateOnly due)
    {
        Refusal[] refusals = [.. AgainstEntry(entry, pack, today), .. AgainstSteps(entry, steps, today)];
        if (refusals.Length > 0)
        {
            return Outcome<Repair>.Refused(refusals);
        }

        var repair = new Repair
        {
            EntryId = entry.Id,
            SubjectId = entry.SubjectId,
            Handler = entry.Recogniser,
            AppliedOn = today,
            PolicyPack = pack.Name,
            Due = due,
        };
        repair._steps.AddRange(steps);
        repair.Announce(new RepairApplied(repair.Id, entry.Id, entry.SubjectId, entry.Recogniser, due), Clause.R("3.5.4.b"));
        return repair;
    }

    internal Outcome<Repair> Accept(string by, DateOnly due) => Fire(RepairTrigger.Accept, () => (AcceptedBy, Due) = (by, due));

    internal Outcome<Repair> SendBack(string finding) => AgainstFinding(finding) is { } missing
        ? missing
        : Fire(RepairTrigger.SendBack, () => (Finding, Due) = (finding, null));

    internal Outcome<Repair> Resubmit(ListEntry entry, IReadOnlyList<RepairStep> steps, DateOnly today, DateOnly due)
    {
        Refusal[] refusals = [.. AgainstSteps(entry, [.. _steps, .. steps], today)];
        return refusals.Length > 0
            ? Outcome<Repair>.Refused(refusals)
            : Fire(RepairTrigger.Resubmit, () =>
            {
                _steps.AddRange(steps);
                Due = due;
            });
    }

    /// <summary>Decided by an approver of the recogniser who neither proposed the entry nor accepted the application (I84).</summary>
    internal Outcome<Repair> Decide(ListEntry entry, bool approve, string finding, string by, DateOnly today)
    {
        List<Refusal> refusals = [.. AgainstDecider(entry, by)];
        if (AgainstFinding(finding) is { } missing)
        {
            refusals.Add(missing);
        }

        // Nobody repairs what may not be repaired, whatever was accepted (I61).
        if (approve && !entry.Repairable)
        {
            refusals.Add(NotRepairable);
        }

        return refusals.Count > 0
            ? Outcome<Repair>.Refused(refusals)
            : Fire(approve ? RepairTrigger.Approve : RepairTrigger.Refuse, () => (Finding, DecidedBy, DecidedOn, Due) = (finding, by, today, null));
    }

    /// <summary>The subject asks to leave before the last day: it performed its duties and says how (I60).</summary>
    internal Outcome<Repair> RequestExit(ListEntry entry, string performance, string evidence, PolicyPack pack, DateOnly today, DateOnly due)
    {
        List<Refusal> refusals = [.. AgainstTerm(entry, pack, today)];
        if (entry.List != ListKind.Black || !entry.InForce(today))
        {
            refusals.Add(new("nothing-to-leave", "只有生效中的黑名单条目可以申请提前退出。", "Only a black entry in force can be left early.", Clause.R("3.5.6.b")));
        }

        if (string.IsNullOrWhiteSpace(performance) || string.IsNullOrWhiteSpace(evidence))
        {
            refusals.Add(new(
                "performance-missing",
                "请说明义务履行情况并附履行证明。",
                "Say how the duties were performed, and name the document that shows it.",
                Clause.R("3.5.6.b"),
                string.IsNullOrWhiteSpace(performance) ? "performance" : "evidence"));
        }

        return refusals.Count > 0
            ? Outcome<Repair>.Refused(refusals)
            : Fire(RepairTrigger.RequestExit, () => (Performance, PerformanceEvidence, Due) = (performance, evidence, due));
    }

    /// <summary>Decided by a second approver of the recogniser; granted only when the duties are found fulfilled (R-3.5.6.b).</summary>
    internal Outcome<Repair> DecideExit(ListEntry entry, bool grant, bool dutiesFulfilled, string finding, string by, DateOnly today)
    {
        List<Refusal> refusals = [.. AgainstDecider(entry, by)];
        if (AgainstFinding(finding) is { } missing)
        {
            refusals.Add(missing);
        }

        if (grant && !dutiesFulfilled)
        {
            refusals.Add(new(
                "duties-not-fulfilled",
                "义务尚未履行完毕，不得提前退出。",
                "The duties are not fulfilled: no early exit.",
                Clause.R("3.5.6.b")));
        }

        return refusals.Count > 0
            ? Outcome<Repair>.Refused(refusals)
            : Fire(grant ? RepairTrigger.GrantExit : RepairTrigger.DenyExit, () => (Finding, ExitDecidedBy, ExitDecidedOn, Due) = (finding, by, today, null));
    }

    /// <summary>The entry left its list for another reason: nothing is left to repair.</summary>
    internal Outcome<Repair> Lapse() => Fire(RepairTrigger.Lapse, () => Due = null);

    /// <summary>Moves the recogniser's last day to act after the calendar changed (I32).</summary>
    internal void MoveDue(DateOnly due)
    {
        Due = due;
        Announce(new RepairDueMoved(Id, EntryId, SubjectId, due), Clause.Standard("I32"));
    }

    private static IEnumerable<Refusal> AgainstEntry(ListEntry entry, PolicyPack pack, DateOnly today)
    {
        if (entry.List == ListKind.Red || !entry.InForce(today))
        {
            yield return new(
                "nothing-to-repair",
                "只有生效中的黑名单、重点关注名单条目可以申请修复。",
                "Only a black or watch entry in force can be repaired.",
                Clause.R("3.5.4.b"));
            yield break;
        }

        if (!entry.Repairable)
        {
            yield return NotRepairable;
        }

        if (entry.RepairMonths is not null && entry.LastRepairDay is var last && today > last)
        {
            yield return new(
                "repair-term-over", $"修复期限已于{last:yyyy-MM-dd}届满。", $"The period of repair ended on {last:yyyy-MM-dd}.", Clause.R("3.5.4.a"));
        }

        foreach (var early in AgainstTerm(entry, pack, today))
        {
            yield return early;
        }
    }

    private static IEnumerable<Refusal> AgainstTerm(ListEntry entry, PolicyPack pack, DateOnly today)
    {
        if (EntryRules.RepairFrom(pack, entry) is { } first && today < first)
        {
            yield return new(
                "repair-too-early",
                $"最短惩戒期未满，{first:yyyy-MM-dd}起方可申请。",
                $"The shortest term is not over: apply from {first:yyyy-MM-dd} on.",
                Clause.Standard("I60"));
        }
    }

    // The recogniser states the ways; each of them that the policy knows must have been taken.
    private static IEnumerable<Refusal> AgainstSteps(ListEntry entry, IReadOnlyList<RepairStep> steps, DateOnly today)
    {
        if (steps.Count == 0 || steps.Any(step => string.IsNullOrWhiteSpace(step.Evidence)))
        {
            yield return new(
                "repair-evidence-missing",
                "请列明已完成的修复方式及证明材料。",
                "List the ways of repair that were taken, each with its evidence.",
                Clause.R("3.5.4.b"),
                "steps");
        }

        if (steps.Any(step => step.DoneOn > today))
        {
            yield return new("repair-in-future", "修复完成日期不得晚于今日。", "A way of repair cannot have been taken after today.", Clause.R("3.5.4.b"), "steps");
        }

        var owed = Enum.GetValues<RepairMode>()
            .Where(mode => entry.RepairModes?.Contains(RepairStep.TitleOf(mode), StringComparison.Ordinal) == true && steps.All(step => step.Mode != mode))
            .Select(RepairStep.TitleOf)
            .ToArray();
        if (owed.Length > 0)
        {
            yield return new(
                "repair-mode-missing",
                $"尚未完成认定部门要求的修复方式: {string.Join("、", owed)}。",
                $"The recogniser asks for further ways of repair: {string.Join(", ", owed)}.",
                Clause.R("3.5.4.b"),
                "steps");
        }
    }

    private static Refusal? AgainstFinding(string finding) => string.IsNullOrWhiteSpace(finding)
        ? new("finding-missing", "请写明理由。", "State the reason in writing.", Clause.R("3.5.4.c"), "finding")
        : null;

    private IEnumerable<Refusal> AgainstDecider(ListEntry entry, string by)
    {
        if (by == entry.ProposedBy || by == AcceptedBy || (State == RepairState.ExitRequested && by == DecidedBy))
        {
            yield return new(
                "four-eyes",
                "提议人、受理人不得作出决定；提前退出须由修复审批人以外的审核人决定。",
                "Who proposed the entry or accepted the application does not decide; an early exit is decided by another approver than the repair.",
                Clause.Standard("I84"));
        }
    }

    private Outcome<Repair> Fire(RepairTrigger on, Action effect) =>
        RepairLifecycle.Table.Fire(State, on).Then<Repair>(move =>
        {
            State = move.To;
            effect();
            Announce(new RepairMoved(Id, EntryId, SubjectId, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });
}
