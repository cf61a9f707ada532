using System.Text.Json.Serialization;
using Credit.Core.Receipts;
using Credit.Domain.Accountability;
using Credit.Domain.Checks;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;

namespace Credit.Core.Checks;

/// <summary>What a check found, as it is told and kept.</summary>
/// <param name="Number">查询编号: the decision quotes it.</param>
/// <param name="AsOf">Instant of the answer, UTC.</param>
/// <param name="Position">Position of the register log that the state it was read from holds at least.</param>
/// <param name="ValidAt">Day on which it says what holds, as known at that position.</param>
/// <param name="Department">Department the measures are for.</param>
/// <param name="Purpose">Purpose stated.</param>
/// <param name="Matter">Matter asked about.</param>
/// <param name="Restricted">True when a hit restricts one of the subjects now.</param>
/// <param name="Subjects">The subjects in the order asked.</param>
/// <param name="Receipt">What the platform signs of it; verifiable by anybody with its published keys.</param>
internal sealed record CheckVerdict(
    string Number, DateTimeOffset AsOf, long Position, DateOnly ValidAt, string Department, QueryPurpose Purpose, CheckedMatter Matter, bool Restricted,
    IReadOnlyList<SubjectVerdict> Subjects, SignedReceipt? Receipt = null)
{
    /// <summary>Subjects of the register it is about, each once.</summary>
    [JsonIgnore]
    public Guid[] KnownSubjects => [.. Subjects.Select(subject => subject.SubjectId).OfType<Guid>().Distinct()];
}

/// <summary>The matter at hand.</summary>
/// <param name="Kind">Kind of matter.</param>
/// <param name="Reference">Reference number of the matter.</param>
/// <param name="Procedure">The department's procedure, as its list of powers names it.</param>
/// <param name="Measure">Key of one canonical measure, for example <c>P01</c>, where only that is asked about; absent for all that concern the matter.</param>
internal sealed record CheckedMatter(MatterKind Kind, string Reference, string Procedure, string? Measure = null)
{
    /// <summary>True when a measure counts for this matter.</summary>
    public bool Concerns(IReadOnlyList<string> canonical) => Measure is null ? MatterMeasures.Concern(Kind, canonical) : canonical.Contains(Measure);
}

/// <summary>What was found about one subject.</summary>
/// <param name="Index">Place among the subjects asked about, from 0.</param>
/// <param name="SubjectId">The subject; null when the register does not know it.</param>
/// <param name="Restricted">True when a hit restricts it now.</param>
/// <param name="Hits">Entries in force; none when it is on no list.</param>
/// <param name="Standing">Conveniences, class of supervision and advice; null for a subject the register does not know.</param>
internal sealed record SubjectVerdict(int Index, Guid? SubjectId, bool Restricted, IReadOnlyList<Hit> Hits, StandingAnswer? Standing);

/// <summary>An entry in force.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="List">The list.</param>
/// <param name="Domain">领域.</param>
/// <param name="Recogniser">Key of the recognising department.</param>
/// <param name="ValidFrom">First day in force.</param>
/// <param name="ValidTo">Last day in force.</param>
/// <param name="Suspended">Under verification: its measures are not executed.</param>
/// <param name="Restricts">True when it restricts the subject now; red entries never do (R-3.1.6.c).</param>
/// <param name="AnswersAs">Why the person answers for this entry of a unit; null for an entry of the subject's own (R-3.4.6.c).</param>
/// <param name="Measures">What the department must, or may, carry out in this matter now; none while suspended.</param>
internal sealed record Hit(
    Guid EntryId, ListKind List, string Domain, string Recogniser, DateOnly ValidFrom, DateOnly ValidTo, bool Suspended, bool Restricts,
    Responsibility? AnswersAs, IReadOnlyList<MeasureDue> Measures);

/// <summary>A measure of the department.</summary>
/// <param name="MeasureKey">Key of the measure.</param>
/// <param name="Memorandum">Code of the memorandum.</param>
/// <param name="MemorandumVersion">Its version: that of the task, else the one in force when the entry was.</param>
/// <param name="Wording">Official wording.</param>
/// <param name="Obligation">Mandatory or recommended.</param>
/// <param name="Canonical">Canonical measures it is an instance of.</param>
/// <param name="BasisFrom">Whether the memorandum or the dictionary of measures names the legal bases (R-3.5.3.a).</param>
/// <param name="LegalBases">What it rests on.</param>
/// <param name="TaskId">Its task; null in the moments before it is given out.</param>
/// <param name="Due">Last day to act and feed back; null without a task.</param>
internal sealed record MeasureDue(
    string MeasureKey, string Memorandum, int MemorandumVersion, string Wording, MeasureObligation Obligation, IReadOnlyList<string> Canonical,
    BasisSource BasisFrom, IReadOnlyList<CitedBasis> LegalBases, Guid? TaskId, DateOnly? Due);
