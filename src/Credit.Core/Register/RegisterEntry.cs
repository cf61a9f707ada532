namespace Credit.Core.Register;

/// <summary>One accepted change. Append-only; written in the transaction of the change (I80).</summary>
internal sealed class RegisterEntry
{
    /// <summary>Order of writing; not a position: a later number may commit earlier.</summary>
    public long Id { get; init; }

    /// <summary>Instant of writing, UTC.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>Kind of aggregate, for example <c>ListEntry</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The aggregate.</summary>
    public required Guid AggregateId { get; init; }

    /// <summary>Version of the aggregate after the change.</summary>
    public int Version { get; init; }

    /// <summary>The subject concerned; null when none is.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>Wire name of the announcement.</summary>
    public required string WireName { get; init; }

    /// <summary>The announcement as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>Changed fields with their new values; folding them yields the current state (I82).</summary>
    public required string Changes { get; init; }

    /// <summary>Hash of the state before; null when it is new.</summary>
    public byte[]? BeforeHash { get; init; }

    /// <summary>Hash of the state after.</summary>
    public byte[]? AfterHash { get; init; }

    /// <summary>Clause the change rests on.</summary>
    public required string Clause { get; init; }

    /// <summary>Policy pack it was decided under.</summary>
    public required string PolicyPack { get; init; }

    /// <summary>Account that caused it; <c>system</c> for clockwork.</summary>
    public required string Actor { get; init; }

    /// <summary>Department of the actor; null for the system and the public.</summary>
    public string? Department { get; init; }
}

/// <summary>The place of a change in the one sequence: gap-free, assigned after commit, chained by hash (I81).</summary>
internal sealed class RegisterPosition
{
    /// <summary>1, 2, 3 … without gaps.</summary>
    public long Position { get; init; }

    /// <summary>The change.</summary>
    public long EntryId { get; init; }

    /// <summary>SHA-256 over the previous hash and the content of this change.</summary>
    public byte[] Hash { get; init; } = [];
}

/// <summary>How far a reaction has read the log.</summary>
internal sealed class ReactionCursor
{
    /// <summary>Name of the reaction.</summary>
    public required string Reaction { get; init; }

    /// <summary>Last position done.</summary>
    public long Position { get; set; }

    /// <summary>Failed tries at the next position.</summary>
    public int Tries { get; set; }
}

/// <summary>A change that a reaction could not digest: parked and visible, the others go on.</summary>
internal sealed class ParkedChange
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Name of the reaction.</summary>
    public required string Reaction { get; init; }

    /// <summary>Position in the log.</summary>
    public long Position { get; init; }

    /// <summary>Kind of failure, without data.</summary>
    public required string Failure { get; init; }

    /// <summary>Instant of parking, UTC.</summary>
    public DateTimeOffset ParkedAt { get; init; }

    /// <summary>Instant of a successful replay; null while parked.</summary>
    public DateTimeOffset? ReplayedAt { get; set; }
}
