using Credit.Domain.Accountability;
using Credit.Domain.Checks;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;

namespace Credit.Core.Checks;

/// <summary>What a check needs to know of an entry that came into force.</summary>
/// <param name="Id">The entry.</param>
/// <param name="SubjectId">Its subject.</param>
/// <param name="List">The list.</param>
/// <param name="Domain">领域.</param>
/// <param name="Recogniser">Key of the recognising department.</param>
/// <param name="ValidFrom">First day in force.</param>
/// <param name="ValidTo">Last day in force.</param>
/// <param name="State">Where it stands.</param>
/// <param name="AbleButRefuses">The subject is able to perform but refuses.</param>
/// <param name="PolicyPack">Pack it was decided under.</param>
/// <param name="ExitedOn">First day no longer in force; null while it has not exited.</param>
/// <param name="ExitReason">Why it exited; null likewise.</param>
internal sealed record EntryFacts(
    Guid Id, Guid SubjectId, ListKind List, string Domain, string Recogniser, DateOnly ValidFrom, DateOnly ValidTo, EntryState State, bool AbleButRefuses,
    string PolicyPack, DateOnly? ExitedOn, ExitReason? ExitReason)
{
    /// <summary>Under verification: nothing of it is executed (R-3.5.7.c).</summary>
    public bool Suspended => State == EntryState.Verifying;

    /// <summary>In force on the day asked about, as known now.</summary>
    public bool Holds(HitQuestion question) => Holding.Holds(State, ValidFrom, ValidTo, ExitedOn, ExitReason, question.ValidAt, question.Today);
}

/// <summary>That a person answers for an entry of a unit.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="EntryId">The unit's entry.</param>
/// <param name="Responsibility">In what it answers.</param>
internal sealed record AnswerFacts(Guid PersonId, Guid EntryId, Responsibility Responsibility);

/// <summary>A measure as it was when its task was given out; most tasks share theirs with many others.</summary>
internal sealed record TaskTerms(
    string MeasureKey, string Memorandum, int MemorandumVersion, string Wording, MeasureObligation Obligation, IReadOnlyList<string> Canonical,
    BasisSource BasisFrom, IReadOnlyList<CitedBasis> LegalBases);

/// <summary>What a check needs to know of a department's task.</summary>
/// <param name="Id">The task.</param>
/// <param name="Department">Department that carries it out.</param>
/// <param name="PersonId">The person it reaches beside the unit; null when it reaches the subject itself.</param>
/// <param name="State">Progress.</param>
/// <param name="Execution">Whether it is executed just now.</param>
/// <param name="Excused">The department said why it did not carry it out.</param>
/// <param name="Due">Last day to act and feed back.</param>
/// <param name="Terms">The measure.</param>
internal readonly record struct TaskFacts(
    Guid Id, string Department, Guid? PersonId, TaskState State, TaskExecution Execution, bool Excused, DateOnly Due, TaskTerms Terms);
