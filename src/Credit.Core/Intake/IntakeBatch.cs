using Credit.Domain.Listing;

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

/// <summary>Where the rows of a batch come from.</summary>
internal enum BatchOrigin
{
    /// <summary>The department's own records.</summary>
    Department,

    /// <summary>政务服务大厅: copies of decisions that their departments report too (R-3.1.4.c).</summary>
    ServiceHall,
}

/// <summary>A file of records sent in by a department.</summary>
internal sealed class IntakeBatch
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary><c>subjects</c>, <c>licences</c>, <c>penalties</c>, <c>list-entries</c> or <c>records</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>File name as sent, without path.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the bytes.</summary>
    public required byte[] FileHash { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>Department that sent it.</summary>
    public required string Department { get; init; }

    /// <summary>Where its rows come from.</summary>
    public BatchOrigin Origin { get; init; }

    /// <summary>Site the records were published on before they came (R-3.1.4.b); null where the department stated none.</summary>
    public PublicationChannel? SiteChannel { get; init; }

    /// <summary>Their page there.</summary>
    public string? SitePage { get; init; }

    /// <summary>Day they were published there.</summary>
    public DateOnly? SiteOn { get; init; }

    /// <summary>Account that sent it.</summary>
    public required string SubmittedBy { get; init; }

    /// <summary>Civil day of arrival: what the 7 working days are measured against.</summary>
    public DateOnly ReceivedOn { get; init; }

    /// <summary>Instant of arrival, UTC.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    public BatchState State { get; set; }

    /// <summary>Intake code why the file as a whole was refused.</summary>
    public string? RefusedBecause { get; set; }

    /// <summary>Findings about the file as a whole, as JSON: dropped columns among them (R-3.2.4.a).</summary>
    public string Findings { get; set; } = "[]";

    /// <summary>How often taking it in broke off with a fault of ours; a kill of the host is none.</summary>
    public int Faults { get; set; }

    /// <summary>Rows read so far; when completed, the sum of the six fates.</summary>
    public int RowsRead { get; set; }

    /// <summary>Blank rows passed over; they are no rows.</summary>
    public int BlankRows { get; set; }

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
