using Credit.Abstractions;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Core.Containment;

/// <summary>A module's criterion as the core keeps it: what it states is read once at the start, what it decides is asked through the module's gate.</summary>
internal sealed record class StatedCriterion : ICriterion
{
    private readonly ICriterion _code;
    private ModuleGate? _gate;

    /// <summary>Reads what the criterion states.</summary>
    public StatedCriterion(ICriterion code)
    {
        _code = code;
        (Key, Title, Level, Approval) = (code.Key, code.Title, code.Level, code.Approval);
        (List, Domain, EffectiveFrom, EffectiveTo) = (code.List, code.Domain, code.EffectiveFrom, code.EffectiveTo);
        (LongestTermInMonths, Repairable, NoticeBeforeRecognition) = (code.LongestTermInMonths, code.Repairable, code.NoticeBeforeRecognition);
        (DefenceWorkingDays, EarliestExitInMonths) = (code.DefenceWorkingDays, code.EarliestExitInMonths);
    }

    /// <inheritdoc/>
    public string Key { get; }

    /// <inheritdoc/>
    public string Title { get; }

    /// <inheritdoc/>
    public StandardLevel Level { get; }

    /// <inheritdoc/>
    public string? Approval { get; }

    /// <inheritdoc/>
    public ListKind List { get; }

    /// <inheritdoc/>
    public string Domain { get; }

    /// <inheritdoc/>
    public DateOnly EffectiveFrom { get; }

    /// <inheritdoc/>
    public DateOnly? EffectiveTo { get; }

    /// <inheritdoc/>
    public int? LongestTermInMonths { get; }

    /// <inheritdoc/>
    public bool Repairable { get; }

    /// <inheritdoc/>
    public bool NoticeBeforeRecognition { get; }

    /// <inheritdoc/>
    public int? DefenceWorkingDays { get; }

    /// <inheritdoc/>
    public int? EarliestExitInMonths { get; }

    /// <summary>The same criterion, asked through this gate.</summary>
    public StatedCriterion Behind(ModuleGate gate) => this with { _gate = gate };

    /// <inheritdoc/>
    public bool IsPlainlyMet(ProposalFacts proposal) => _gate is { } gate
        ? gate.Call("criterion " + Key, () => _code.IsPlainlyMet(proposal))
        : _code.IsPlainlyMet(proposal);

    /// <inheritdoc/>
    public IEnumerable<Refusal> Check(ProposalFacts proposal) => _gate is { } gate
        ? gate.Call("criterion " + Key, () => gate.ReadAll(_code.Check(proposal)))
        : _code.Check(proposal);
}
