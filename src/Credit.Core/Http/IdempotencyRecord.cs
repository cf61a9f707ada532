namespace Credit.Core.Http;

/// <summary>The first answer to a request with an Idempotency-Key; the same request again gets it byte for byte (I85).</summary>
internal sealed class IdempotencyRecord
{
    /// <summary>Account and department of the caller.</summary>
    public required string Caller { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 over method, path and body.</summary>
    public required byte[] RequestHash { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>State of a record whose request runs and has changed nothing yet.</summary>
    public const int Running = 0;

    /// <summary>State of a record whose request has changed the register, in the same transaction; its answer is still to come.</summary>
    public const int TookEffect = -1;

    /// <summary>State of a record whose request changed the register and then failed: it is never run again.</summary>
    public const int Lost = -2;

    /// <summary>Status of the answer, or one of the states above while there is none.</summary>
    public int Status { get; set; }

    /// <summary>Headers of the answer as JSON.</summary>
    public string? Headers { get; set; }

    public byte[]? Body { get; set; }
}
