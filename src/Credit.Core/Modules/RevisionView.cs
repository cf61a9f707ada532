using Credit.Domain.Enforcement;
using Credit.Domain.Listing;

namespace Credit.Core.Modules;

/// <summary>A revision of the list of measures.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Kind">New, a new version, or the end of a memorandum.</param>
/// <param name="Code">Code of the memorandum.</param>
/// <param name="Number">Version of the memorandum.</param>
/// <param name="Title">Title.</param>
/// <param name="DocumentNumber">Document number.</param>
/// <param name="SignedOn">Day it was signed.</param>
/// <param name="Level">Who concluded it.</param>
/// <param name="Signers">Signers as printed.</param>
/// <param name="Lead">The body in the lead, as printed.</param>
/// <param name="Targets">Whom it is aimed at, as printed.</param>
/// <param name="FeedbackCadence">How often departments report back, as printed; null when the text does not say.</param>
/// <param name="Parties">Departments of the district that signed.</param>
/// <param name="List">List that triggers it.</param>
/// <param name="Domains">Domains that trigger it.</param>
/// <param name="EffectiveFrom">First day it counts; of a retirement the first day the memorandum counts no more.</param>
/// <param name="EffectiveTo">Last day it states itself.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why the list is revised.</param>
/// <param name="Finding">Reason of the decision.</param>
/// <param name="Measures">Its measures.</param>
/// <param name="Changes">What it changes for each department, as the list stands now.</param>
/// <param name="Version">Version of the resource, as in the ETag.</param>
internal sealed record RevisionView(
    Guid Id, RevisionKind Kind, string Code, int Number, string Title, string DocumentNumber, DateOnly? SignedOn, MemorandumLevel Level, string Signers, string Lead, string Targets, string? FeedbackCadence,
    IReadOnlyList<string> Parties,
    ListKind List, IReadOnlyList<string> Domains, DateOnly EffectiveFrom, DateOnly? EffectiveTo, RevisionState State, string Reason, string? Finding,
    IReadOnlyList<MeasureLine> Measures, IReadOnlyList<DepartmentChange> Changes, int Version)
{
    public static RevisionView Of(MemorandumRevision revision, IReadOnlyList<DepartmentChange> changes) => new(
        revision.Id, revision.Kind, revision.Code, revision.Number, revision.Title, revision.DocumentNumber, revision.SignedOn, revision.Level, revision.Signers, revision.Lead, revision.Targets,
        revision.FeedbackCadence, revision.Parties, revision.List, revision.Domains, revision.EffectiveFrom, revision.EffectiveTo, revision.State, revision.Reason, revision.Finding,
        [.. revision.Measures.Select(MeasureLine.Of)], changes, revision.Version);
}
