using Credit.Domain.Enforcement;

namespace Credit.Core.Enforcement;

/// <summary>A case as departments see it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="EntryId">The entry.</param>
/// <param name="Department">Department that collected it.</param>
/// <param name="Title">Title.</param>
/// <param name="SubjectName">Name of the subject; natural persons anonymous.</param>
/// <param name="Memorandum">Code of the memorandum.</param>
/// <param name="Measures">Measures carried out, by wording.</param>
/// <param name="Effect">What came of it.</param>
/// <param name="Typical">Typical case.</param>
/// <param name="State">Collected, approved or refused; public only when approved.</param>
/// <param name="CollectedOn">Day collected.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record CaseView(
    Guid Id, Guid EntryId, string Department, string Title, string SubjectName, string Memorandum, IReadOnlyList<string> Measures, string Effect,
    bool Typical, CaseState State, DateOnly CollectedOn, int Version)
{
    public static CaseView Of(CreditCase collected) => new(
        collected.Id, collected.EntryId, collected.Department, collected.Title, collected.SubjectName, collected.Memorandum, collected.Measures,
        collected.Effect, collected.Typical, collected.State, collected.CollectedOn, collected.Version);
}
