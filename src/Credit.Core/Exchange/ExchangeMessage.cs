namespace Credit.Core.Exchange;

/// <summary>Where a message to a partner stands.</summary>
internal enum MessageState
{
    /// <summary>To be sent.</summary>
    Queued,

    /// <summary>Handed over; its receipt is awaited.</summary>
    Sent,

    /// <summary>The partner has it: its receipt is here.</summary>
    Received,

    /// <summary>The partner refused it too often: it waits for a person, who was told (I96).</summary>
    Parked,
}

/// <summary>
/// A step of the log on its way to the city. What is in the log is in the queue exactly once (I87); the later steps of a subject
/// wait until the earlier ones are received.
/// </summary>
internal sealed class ExchangeMessage
{
    /// <summary>Position of the step in the log.</summary>
    public long Position { get; init; }

    /// <summary>Subject, or what else the step is about: messages of one lane keep their order.</summary>
    public Guid Lane { get; init; }

    public MessageState State { get; set; }

    /// <summary>How often it was handed over or refused.</summary>
    public int Tries { get; set; }

    /// <summary>Not to be tried before this instant, UTC; null at once.</summary>
    public DateTimeOffset? NextTryAt { get; set; }

    /// <summary>Kind of the last failure, without data.</summary>
    public string? Failure { get; set; }

    /// <summary>Number of the partner's receipt.</summary>
    public string? Receipt { get; set; }

    /// <summary>Instant of receipt or parking, UTC.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
