using Credit.Abstractions;
using Credit.Domain.Enforcement;

namespace Credit.Core.Containment;

/// <summary>A memorandum that a module states in code, read once at the start.</summary>
internal sealed record StatedMemorandum(
    string Code, string Title, string DocumentNumber, DateOnly? IssuedOn, string Signers, string Lead, string Targets, string? FeedbackCadence, int Version, DateOnly EffectiveFrom,
    DateOnly? EffectiveTo, MemorandumTrigger Trigger, IReadOnlyList<Measure> Measures) : IMemorandum
{
    /// <summary>Reads it, lists and all: what the module does to its own later changes nothing.</summary>
    public static StatedMemorandum Of(IMemorandum code) => new(
        code.Code, code.Title, code.DocumentNumber, code.IssuedOn, code.Signers, code.Lead, code.Targets, code.FeedbackCadence, code.Version, code.EffectiveFrom,
        code.EffectiveTo, Kept(code.Trigger),
        [
            .. code.Measures.Select(measure => measure with
            {
                Canonical = [.. measure.Canonical], Departments = [.. measure.Departments], Reaches = [.. measure.Reaches], LegalBases = [.. measure.LegalBases],
            }),
        ]);

    private static MemorandumTrigger Kept(MemorandumTrigger trigger) => trigger with { Domains = [.. trigger.Domains] };
}
