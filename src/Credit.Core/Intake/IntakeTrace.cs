namespace Credit.Core.Intake;

/// <summary>
/// What a row of subjects, proposals or credit records became, so that the same row is known when it comes again. Records of the double
/// publicity carry this themselves.
/// </summary>
internal sealed class IntakeTrace
{
    /// <summary><c>subjects</c>, <c>list-entries</c> or <c>records</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Keyed hash over what tells this row from all others.</summary>
    public required string Key { get; init; }

    /// <summary>Keyed hash over the normalised content last taken in.</summary>
    public required byte[] ContentHash { get; set; }

    /// <summary>The normalised content, sealed: tells in which fields a contradicting row differs.</summary>
    public required byte[] Content { get; set; }

    /// <summary>The subject, entry or record; of a corrected record the version in force.</summary>
    public Guid RecordId { get; set; }

    /// <summary>Batch of the row last taken in.</summary>
    public Guid BatchId { get; set; }

    /// <summary>Its number.</summary>
    public int Row { get; set; }
}
