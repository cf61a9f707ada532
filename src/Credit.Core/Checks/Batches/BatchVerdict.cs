using Credit.Core.Receipts;
using Credit.Domain.Checks;

namespace Credit.Core.Checks.Batches;

/// <summary>What is asked about every row of a batch.</summary>
/// <param name="Purpose">What it is asked for; mandatory.</param>
/// <param name="Matter">The matter at hand; mandatory.</param>
/// <param name="ValidAt">Day on which it is asked what holds, as known now; today when absent.</param>
internal sealed record BatchQuestion(QueryPurpose? Purpose = null, CheckedMatter? Matter = null, DateOnly? ValidAt = null);

/// <summary>The head of a batch's answer: what holds for all rows, and their sums.</summary>
/// <param name="Number">查询编号: every decision about one of the subjects quotes it.</param>
/// <param name="AsOf">Instant of the answer, UTC.</param>
/// <param name="Position">Position of the register log that the state it was read from holds at least.</param>
/// <param name="ValidAt">Day on which it says what holds, as known at that position.</param>
/// <param name="Department">Department the measures are for.</param>
/// <param name="Purpose">Purpose stated.</param>
/// <param name="Matter">Matter asked about.</param>
/// <param name="Restricted">True when a hit restricts one of the subjects.</param>
/// <param name="RowCount">Rows, in the order asked.</param>
/// <param name="Faulty">Rows that name nobody: each says why.</param>
/// <param name="Unknown">Rows whose subject the register does not know: it is on no list.</param>
/// <param name="RestrictedRows">Rows whose subject is restricted.</param>
/// <param name="Hits">Entries found.</param>
/// <param name="RowsHash">SHA-256, in hex, over the SHA-256 of each row's text in order.</param>
/// <param name="Receipt">What the platform signs of it, once for all rows.</param>
internal sealed record BatchVerdict(
    string Number, DateTimeOffset AsOf, long Position, DateOnly ValidAt, string Department, QueryPurpose Purpose, CheckedMatter Matter, bool Restricted,
    int RowCount, int Faulty, int Unknown, int RestrictedRows, int Hits, string RowsHash, SignedReceipt? Receipt = null);

/// <summary>The whole answer in JSON, for the documents; <c>rows</c> follow the head in the order asked.</summary>
/// <param name="Number">查询编号.</param>
/// <param name="AsOf">Instant of the answer, UTC.</param>
/// <param name="Position">Position of the register log.</param>
/// <param name="ValidAt">Day on which it says what holds.</param>
/// <param name="Department">Department the measures are for.</param>
/// <param name="Purpose">Purpose stated.</param>
/// <param name="Matter">Matter asked about.</param>
/// <param name="Restricted">True when a hit restricts one of the subjects.</param>
/// <param name="RowCount">Number of rows.</param>
/// <param name="Faulty">Rows that name nobody.</param>
/// <param name="Unknown">Rows whose subject the register does not know.</param>
/// <param name="RestrictedRows">Rows whose subject is restricted.</param>
/// <param name="Hits">Entries found.</param>
/// <param name="RowsHash">SHA-256 over the rows' hashes.</param>
/// <param name="Receipt">What the platform signs of it.</param>
/// <param name="Rows">A verdict, or the errors, of each row.</param>
internal sealed record BatchAnswer(
    string Number, DateTimeOffset AsOf, long Position, DateOnly ValidAt, string Department, QueryPurpose Purpose, CheckedMatter Matter, bool Restricted,
    int RowCount, int Faulty, int Unknown, int RestrictedRows, int Hits, string RowsHash, SignedReceipt? Receipt, IReadOnlyList<BatchRow> Rows);

/// <summary>A row of the answer: canonical JSON (RFC 8785), so that its SHA-256 can be computed from it.</summary>
/// <param name="Index">Place among the rows, from 0.</param>
/// <param name="SubjectId">The subject; null when the register does not know it.</param>
/// <param name="Restricted">True when a hit restricts it.</param>
/// <param name="Hits">Entries in force; wording and legal bases of a measure stand in its memorandum.</param>
/// <param name="Standing">Where it stands; null for a subject the register does not know.</param>
/// <param name="Errors">Why the row names nobody; then it has this and its place only.</param>
internal sealed record BatchRow(
    int Index, Guid? SubjectId = null, bool? Restricted = null, IReadOnlyList<BatchHit>? Hits = null, BatchStanding? Standing = null, IReadOnlyList<BatchRowError>? Errors = null);

/// <summary>An entry in force.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="List">The list.</param>
/// <param name="Domain">领域.</param>
/// <param name="Recogniser">Key of the recognising department.</param>
/// <param name="ValidFrom">First day in force.</param>
/// <param name="ValidTo">Last day in force.</param>
/// <param name="Suspended">Under verification.</param>
/// <param name="Restricts">True when it restricts the subject.</param>
/// <param name="AnswersAs">Why the person answers for this entry of a unit; null for an entry of the subject's own.</param>
/// <param name="Measures">What the department must, or may, carry out.</param>
internal sealed record BatchHit(
    Guid EntryId, string List, string Domain, string Recogniser, DateOnly ValidFrom, DateOnly ValidTo, bool Suspended, bool Restricts, string? AnswersAs,
    IReadOnlyList<BatchMeasure> Measures);

/// <summary>A measure of the department.</summary>
/// <param name="MeasureKey">Key of the measure.</param>
/// <param name="Memorandum">Code of the memorandum.</param>
/// <param name="MemorandumVersion">Its version.</param>
/// <param name="Obligation">Mandatory or recommended.</param>
/// <param name="Canonical">Canonical measures it is an instance of.</param>
/// <param name="TaskId">Its task; null before it is given out.</param>
/// <param name="Due">Last day to act and feed back; null without a task.</param>
internal sealed record BatchMeasure(
    string MeasureKey, string Memorandum, int MemorandumVersion, string Obligation, IReadOnlyList<string> Canonical, Guid? TaskId, DateOnly? Due);

/// <summary>Where a subject stands, in codes.</summary>
/// <param name="Eligible">信易批, 绿色通道 and 容缺受理 are open.</param>
/// <param name="Reasons">Codes of every reason for and against.</param>
/// <param name="Committed">It made a commitment that is not broken.</param>
/// <param name="Class">Class of supervision.</param>
/// <param name="Basis">Why.</param>
/// <param name="Advice">Kinds of advice.</param>
internal sealed record BatchStanding(bool Eligible, IReadOnlyList<string> Reasons, bool Committed, string Class, string Basis, IReadOnlyList<string> Advice);

/// <summary>Why a row names nobody.</summary>
/// <param name="Code">Stable code, listed at <c>/enums/errors</c>.</param>
/// <param name="Field">The member or column at fault; null for the row.</param>
/// <param name="Clause">The rule.</param>
/// <param name="Chinese">The sentence in Chinese.</param>
/// <param name="English">The same in English.</param>
/// <param name="Hint">What to do about it, in Chinese.</param>
/// <param name="HintEnglish">The same in English.</param>
internal sealed record BatchRowError(string Code, string? Field, string Clause, string Chinese, string English, string? Hint, string? HintEnglish);
