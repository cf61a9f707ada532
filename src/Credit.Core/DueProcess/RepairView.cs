using Credit.Core.Intake.Cells;
using Credit.Domain.DueProcess;
using Credit.Domain.Policy;

namespace Credit.Core.DueProcess;

/// <summary>A credit repair as the recogniser and the subject see it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="EntryId">The entry.</param>
/// <param name="State">Where it stands.</param>
/// <param name="AppliedOn">Day of the application.</param>
/// <param name="Due">Last day for the recogniser's next step; null while it owes none.</param>
/// <param name="Finding">The recogniser's latest reason.</param>
/// <param name="DecidedOn">Day the repair was decided.</param>
/// <param name="Performance">How the duties were performed; with the application for early exit.</param>
/// <param name="PerformanceEvidence">Document that shows it.</param>
/// <param name="ExitDecidedOn">Day the early exit was decided.</param>
/// <param name="Steps">The ways of repair taken.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record RepairView(
    Guid Id, Guid EntryId, RepairState State, DateOnly AppliedOn, DateOnly? Due, string? Finding, DateOnly? DecidedOn, string? Performance,
    string? PerformanceEvidence, DateOnly? ExitDecidedOn, IReadOnlyList<RepairStepBody> Steps, int Version)
{
    public static RepairView Of(Repair repair) => new(
        repair.Id, repair.EntryId, repair.State, repair.AppliedOn, repair.Due, repair.Finding, repair.DecidedOn, repair.Performance,
        repair.PerformanceEvidence, repair.ExitDecidedOn,
        [.. repair.Steps.OrderBy(step => step.DoneOn).ThenBy(step => step.Mode).Select(step => new RepairStepBody(step.Mode, step.Evidence, step.DoneOn))], repair.Version);
}

/// <summary>A way of repair that the subject took.</summary>
/// <param name="Mode">Which way.</param>
/// <param name="Evidence">Document or address that shows it; without personal numbers.</param>
/// <param name="DoneOn">Day it was done.</param>
internal sealed record RepairStepBody(RepairMode Mode, string Evidence, DateOnly DoneOn)
{
    /// <summary>The steps as the repair keeps them.</summary>
    public static RepairStep[] ToSteps(IReadOnlyList<RepairStepBody>? steps) =>
        [.. (steps ?? []).Select(step => new RepairStep { Mode = step.Mode, Evidence = step.Evidence, DoneOn = step.DoneOn })];

    /// <summary>More people read a repair than may hold personal numbers.</summary>
    public static IEnumerable<Refusal> AgainstPersonalText(string field, params IEnumerable<string?> texts) => texts.Any(PersonalText.IsIn)
        ? [new Refusal(
            "evidence-names-person", "材料说明中不得出现证件号码或电话。", "Evidence may not hold identity numbers or telephone numbers.", Clause.R("3.2.4.f"), field)]
        : [];
}
