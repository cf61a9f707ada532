using Credit.Domain.Incentives;

namespace Credit.Core.Incentives;

/// <summary>An acceptance with missing papers as the department and the subject see it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="SubjectId">The subject.</param>
/// <param name="Department">Accepting department.</param>
/// <param name="Matter">What was applied for.</param>
/// <param name="CommitmentId">The written commitment.</param>
/// <param name="Basis">Exemplar or clean record.</param>
/// <param name="AcceptedOn">Day of acceptance.</param>
/// <param name="Due">Last day to supply what is missing.</param>
/// <param name="State">Where it stands.</param>
/// <param name="EndedOn">Day it was completed or revoked.</param>
/// <param name="Papers">The papers.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record AcceptanceView(
    Guid Id, Guid SubjectId, string Department, string Matter, Guid CommitmentId, ClassBasis Basis, DateOnly AcceptedOn, DateOnly Due, AcceptanceState State,
    DateOnly? EndedOn, IReadOnlyList<PaperView> Papers, int Version)
{
    public static AcceptanceView Of(TolerantAcceptance acceptance) => new(
        acceptance.Id, acceptance.SubjectId, acceptance.Department, acceptance.Matter, acceptance.CommitmentId, acceptance.Basis, acceptance.AcceptedOn, acceptance.Due,
        acceptance.State, acceptance.EndedOn,
        [.. acceptance.Papers.OrderBy(paper => paper.Id).Select(paper => new PaperView(paper.Id, paper.Title, paper.RequiredBy, paper.Missing, paper.SuppliedOn))], acceptance.Version);
}

/// <summary>A paper that the matter needs.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Title">What paper.</param>
/// <param name="RequiredBy">Law that requires it; null when it can be supplied later.</param>
/// <param name="Missing">Missing at acceptance.</param>
/// <param name="SuppliedOn">Day it was supplied.</param>
internal sealed record PaperView(Guid Id, string Title, string? RequiredBy, bool Missing, DateOnly? SuppliedOn);
