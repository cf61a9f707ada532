namespace Credit.Core.Intake;

/// <summary>What became of a row that waited for a decision.</summary>
internal enum RowResolution
{
    /// <summary>The correction was confirmed: a new version is in force, the old one stays (I86).</summary>
    Corrected,

    /// <summary>The correction was refused: what was stored stays in force.</summary>
    Dismissed,

    /// <summary>The registrar confirmed the code: the row was taken in after all.</summary>
    Released,
}

/// <summary>The fate of one row. Rows accepted without a finding are counted, not listed, unless they are late.</summary>
internal sealed class IntakeRow
{
    public Guid BatchId { get; init; }

    public int Row { get; init; }

    public RowVerdict Verdict { get; init; }

    /// <summary>Findings as JSON: code, field, column.</summary>
    public string Issues { get; init; } = "[]";

    /// <summary>The stored record, also the one it repeats or contradicts; null when there is none.</summary>
    public Guid? RecordId { get; init; }

    /// <summary>Row number of the earlier row it repeats, contradicts or changes.</summary>
    public int? RelatedRow { get; init; }

    /// <summary>Batch of that earlier row.</summary>
    public Guid? RelatedBatchId { get; init; }

    public DateOnly? Due { get; init; }

    public bool? OnTime { get; init; }

    /// <summary>The cells as they came, encrypted JSON; only where the row goes back to the sender.</summary>
    public byte[]? Cells { get; init; }

    /// <summary>What was decided about a conflict or a quarantined row; null while open.</summary>
    public RowResolution? Resolution { get; set; }

    /// <summary>Account that decided.</summary>
    public string? ResolvedBy { get; set; }

    /// <summary>Instant of the decision, UTC.</summary>
    public DateTimeOffset? ResolvedAt { get; set; }
}
