namespace Credit.Core.Intake;

/// <summary>Where a batch stands.</summary>
internal enum BatchState
{
    /// <summary>The file is stored; nothing can be lost any more.</summary>
    Received,

    /// <summary>Rows are being read and checked.</summary>
    Reading,

    /// <summary>All rows have their fate.</summary>
    Completed,

    /// <summary>The file as a whole could not be taken: the reason is a code.</summary>
    Refused,
}

/// <summary>A file of records sent in by a department.</summary>
internal sealed class IntakeBatch
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary><c>subjects</c>, <c>licences</c>, <c>penalties</c> or <c>list-entries</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>File name as sent, without path.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the bytes.</summary>
    public required byte[] FileHash { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>Department that sent it.</summary>
    public required string Department { get; init; }

    /// <summary>Account that sent it.</summary>
    public required string SubmittedBy { get; init; }

    /// <summary>Civil day of arrival: what the 7 working days are measured against.</summary>
    public DateOnly ReceivedOn { get; init; }

    /// <summary>Instant of arrival, UTC.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    public BatchState State { get; set; }

    /// <summary>Intake code why the file as a whole was refused.</summary>
    public string? RefusedBecause { get; set; }

    /// <summary>Columns of the file that the catalogue does not know, dropped and reported (R-3.2.4.a).</summary>
    public string[] DroppedColumns { get; set; } = [];

    /// <summary>Rows read so far.</summary>
    public int RowsRead { get; set; }

    public int Accepted { get; set; }

    public int AcceptedWithWarning { get; set; }

    public int Unchanged { get; set; }

    public int Conflicts { get; set; }

    public int Quarantined { get; set; }

    public int Rejected { get; set; }

    /// <summary>Stored rows that came after their due day.</summary>
    public int Late { get; set; }

    /// <summary>Instant of completion, UTC.</summary>
    public DateTimeOffset? CompletedAt { get; set; }
}

/// <summary>The bytes of a batch, encrypted: they hold identifiers of natural persons.</summary>
internal sealed class IntakeFile
{
    public Guid BatchId { get; init; }

    public required byte[] Content { get; init; }
}

/// <summary>The fate of one row. Rows accepted without a finding are counted, not listed, unless they are late.</summary>
internal sealed class IntakeRow
{
    public Guid BatchId { get; init; }

    public int Row { get; init; }

    public RowVerdict Verdict { get; init; }

    /// <summary>Findings as JSON: code, field, column.</summary>
    public string Issues { get; init; } = "[]";

    /// <summary>The stored record; null when none was.</summary>
    public Guid? RecordId { get; init; }

    /// <summary>Row number of the earlier row it repeats or contradicts; null when that came with another batch.</summary>
    public int? RelatedRow { get; init; }

    public DateOnly? Due { get; init; }

    public bool? OnTime { get; init; }

    /// <summary>The cells as they came, encrypted JSON; only where the row goes back to the sender.</summary>
    public byte[]? Cells { get; init; }
}
