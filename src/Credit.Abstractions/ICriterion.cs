using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Abstractions;

/// <summary>What a criterion gets to see of a proposal.</summary>
/// <param name="SubjectKind">Kind of subject proposed.</param>
/// <param name="Facts">The facts as stated.</param>
/// <param name="Basis">The kind of basis relied on.</param>
/// <param name="RecognisedOn">Day of the decision.</param>
/// <param name="Validity">Days the entry is to be in force.</param>
/// <param name="AbleButRefuses">The subject is able to perform but refuses.</param>
public sealed record ProposalFacts(
    SubjectKind SubjectKind, string Facts, BasisKind Basis, DateOnly RecognisedOn, Validity Validity, bool AbleButRefuses)
{
    /// <summary>处罚类别 of the published penalties that the proposal cites; empty when it cites none.</summary>
    public IReadOnlyList<string> PenaltyCategories { get; init; } = [];
}

/// <summary>A recognition standard: who may be listed, where, for how long, and how it is repaired (R-3.2.1.a).</summary>
public interface ICriterion
{
    /// <summary>Key, unique in the host: module key and name, for example <c>tax/major-violation</c>.</summary>
    string Key { get; }

    /// <summary>Title of the standard as published.</summary>
    string Title { get; }

    /// <summary>Level of the standard; only national and provincial ones can back a list.</summary>
    StandardLevel Level { get; }

    /// <summary>Number of the document by which superior authority and provincial government approved it; compulsory for provincial standards.</summary>
    string? Approval => null;

    /// <summary>List the standard admits to.</summary>
    ListKind List { get; }

    /// <summary>Domain (领域) as the policy and the intake files name it, for example <c>税收征管</c>.</summary>
    string Domain { get; }

    /// <summary>First day the standard is in force.</summary>
    DateOnly EffectiveFrom { get; }

    /// <summary>Last day the standard is in force; null while it is.</summary>
    DateOnly? EffectiveTo => null;

    /// <summary>Longest term of an entry under this standard, in months; null when the standard sets none.</summary>
    int? LongestTermInMonths { get; }

    /// <summary>Working days the standard gives the subject to state its case after the prior notice; null where it sets none. The longer of it and the policy pack's counts.</summary>
    int? DefenceWorkingDays => null;

    /// <summary>Months an entry stays before repair or early exit can be applied for under this standard; null where it sets none. The longer of it and the policy pack's counts (I60).</summary>
    int? EarliestExitInMonths => null;

    /// <summary>True when the subject can be restored before the term ends.</summary>
    bool Repairable { get; }

    /// <summary>True when the standard wants every subject told, or the proposal made public, before recognition; natural persons always are (R-3.2.2.c).</summary>
    bool NoticeBeforeRecognition => false;

    /// <summary>
    /// True when the facts meet the standard by something that can be read off them, as a revoked licence can. A watch entry on
    /// such facts is refused (R-3.5.5.a). False where only an officer can tell.
    /// </summary>
    bool IsPlainlyMet(ProposalFacts proposal) => false;

    /// <summary>Reasons against the proposal under this standard; none when it is met.</summary>
    IEnumerable<Refusal> Check(ProposalFacts proposal);
}
