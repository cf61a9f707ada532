using Credit.Domain.Policy;

namespace Credit.Domain.Records;

/// <summary>How far a double-publicity record may be shown.</summary>
public enum PublicationScope
{
    /// <summary>In full.</summary>
    Full,

    /// <summary>With personal data in its texts masked.</summary>
    Masked,

    /// <summary>Never: minors, and what law keeps closed.</summary>
    Never,
}

/// <summary>What licences and penalties have in common: double publicity within 7 working days of the decision (R-3.1.4.a). Written by intake, set-based.</summary>
public abstract class PublicityRecord
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The subject; null when the record's subject is not in the registry yet.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>Name of the administrative counterpart.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>行政相对人类别 as in the standard.</summary>
    public string SubjectCategory { get; init; } = "";

    /// <summary>Unified code; null for natural persons.</summary>
    public string? SubjectCode { get; init; }

    /// <summary>Masked identifier of a natural person; null for others.</summary>
    public string? SubjectMask { get; init; }

    /// <summary>Keyed hash of a natural person's identifier; null for others.</summary>
    public string? SubjectLookup { get; init; }

    /// <summary>Sealed identifier of a natural person; null for others.</summary>
    public byte[]? SubjectSealed { get; init; }

    /// <summary>Name of the legal representative; null for natural persons.</summary>
    public string? LegalRepresentative { get; init; }

    /// <summary>Keyed hash of the certificate number of the legal representative; null when none was given.</summary>
    public string? RepresentativeLookup { get; init; }

    /// <summary>That number, sealed.</summary>
    public byte[]? RepresentativeSealed { get; init; }

    /// <summary>Fields of the standard without a column of their own, as JSON by field code; null when all are empty.</summary>
    public string? Particulars { get; init; }

    /// <summary>文书号.</summary>
    public string DocumentNumber { get; init; } = "";

    /// <summary>Day of the decision: starts the 7 working days.</summary>
    public DateOnly DecidedOn { get; init; }

    /// <summary>Deciding organ.</summary>
    public string Organ { get; init; } = "";

    /// <summary>Its unified code.</summary>
    public string OrganCode { get; init; } = "";

    /// <summary>Reporting organ.</summary>
    public string Source { get; init; } = "";

    /// <summary>Its unified code.</summary>
    public string SourceCode { get; init; } = "";

    /// <summary>Remark.</summary>
    public string? Remark { get; init; }

    /// <summary>Keyed hash over document number, organ and subject: one record (I86).</summary>
    public Guid NaturalKey { get; init; }

    /// <summary>Keyed hash over the normalised content.</summary>
    public byte[] ContentHash { get; init; } = [];

    /// <summary>Version, counted from 1; a correction is a new version and the old one stays.</summary>
    public int Version { get; init; } = 1;

    /// <summary>True for the version in force.</summary>
    public bool Current { get; init; } = true;

    /// <summary>Catalogue item the record is collected under (I90).</summary>
    public string CatalogueItem { get; init; } = "";

    /// <summary>Department that sent it.</summary>
    public string Department { get; init; } = "";

    /// <summary>Batch it came with.</summary>
    public Guid BatchId { get; init; }

    /// <summary>Row in the file.</summary>
    public int Row { get; init; }

    /// <summary>Day received.</summary>
    public DateOnly ReceivedOn { get; init; }

    /// <summary>Last day in time; null when it reaches a year without a calendar.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Received after <see cref="Due"/>; stored, never edited away (I27, I28).</summary>
    public bool Late { get; init; }

    /// <summary>How far it may be shown.</summary>
    public PublicationScope Scope { get; init; }

    /// <summary>Last day shown to the public (R-3.1.4.h).</summary>
    public DateOnly PublicUntil { get; init; }
}

/// <summary>An administrative penalty (行政处罚).</summary>
public sealed class Penalty : PublicityRecord
{
    /// <summary>违法行为类型.</summary>
    public string Violation { get; init; } = "";

    /// <summary>违法事实.</summary>
    public string Facts { get; init; } = "";

    /// <summary>处罚依据.</summary>
    public string LegalBasis { get; init; } = "";

    /// <summary>处罚类别, separated by semicolons.</summary>
    public string Categories { get; init; } = "";

    /// <summary>处罚内容.</summary>
    public string Content { get; init; } = "";

    /// <summary>Fine in yuan; null when none.</summary>
    public decimal? FineYuan { get; init; }

    /// <summary>Confiscated gains and goods in yuan; null when none.</summary>
    public decimal? ConfiscatedYuan { get; init; }

    /// <summary>Licences withheld or revoked.</summary>
    public string? LicencesWithheld { get; init; }

    /// <summary>Grade of the conduct, by its heaviest kind; null where the framework knows none.</summary>
    public Severity? Severity { get; init; }

    /// <summary>处罚有效期.</summary>
    public DateOnly ValidTo { get; init; }
}

/// <summary>An administrative licence (行政许可).</summary>
public sealed class Licence : PublicityRecord
{
    /// <summary>许可决定文书名称.</summary>
    public string DocumentName { get; init; } = "";

    /// <summary>许可类别.</summary>
    public string Category { get; init; } = "";

    /// <summary>许可证书名称.</summary>
    public string? CertificateName { get; init; }

    /// <summary>许可编号.</summary>
    public string? CertificateNumber { get; init; }

    /// <summary>许可内容.</summary>
    public string Content { get; init; } = "";

    /// <summary>有效期自.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>有效期至.</summary>
    public DateOnly ValidTo { get; init; }

    /// <summary>1 有效, 2 无效.</summary>
    public string Status { get; init; } = "";
}

/// <summary>A batch was taken in; its rows' fates add up (I88).</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Kind">Kind of records.</param>
/// <param name="Department">Department that sent it.</param>
/// <param name="Rows">Rows in the file.</param>
/// <param name="Stored">Rows stored.</param>
/// <param name="RecordsHash">SHA-256, hex, over the content hashes of the stored records, new ones in row order, then those that replace copies of the service hall; null when the records announce themselves.</param>
[WireName("intake-batch.completed.v1")]
public sealed record BatchCompleted(Guid BatchId, string Kind, string Department, int Rows, int Stored, string? RecordsHash);

/// <summary>A file as a whole could not be taken in; nothing of it was stored.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Kind">Kind of records.</param>
/// <param name="Department">Department that sent it.</param>
/// <param name="Code">Intake code of the reason.</param>
[WireName("intake-batch.refused.v1")]
public sealed record BatchRefused(Guid BatchId, string Kind, string Department, string Code);

/// <summary>A correction was dismissed: what is stored stays in force.</summary>
/// <param name="BatchId">Batch the correction came with.</param>
/// <param name="Kind">Kind of record.</param>
/// <param name="Row">Its row.</param>
[WireName("intake-row.dismissed.v1")]
public sealed record CorrectionDismissed(Guid BatchId, string Kind, int Row);

/// <summary>A correction of a record was confirmed: a new version is in force, the old one stays (I86).</summary>
/// <param name="RecordId">The new version.</param>
/// <param name="ReplacedId">The version before.</param>
/// <param name="Kind">Kind of record.</param>
/// <param name="BatchId">Batch the correction came with.</param>
/// <param name="Row">Its row.</param>
[WireName("publicity-record.corrected.v1")]
public sealed record PublicityRecordCorrected(Guid RecordId, Guid ReplacedId, string Kind, Guid BatchId, int Row);

/// <summary>Rows that waited for the registrar were taken in, because the code was confirmed.</summary>
/// <param name="BatchId">Batch they came with.</param>
/// <param name="Kind">Kind of records.</param>
/// <param name="Rows">How many.</param>
[WireName("intake-batch.rows-released.v1")]
public sealed record RowsReleased(Guid BatchId, string Kind, int Rows);
