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

    /// <summary>Status of the answer; 0 while the first request runs.</summary>
    public int Status { get; set; }

    /// <summary>Headers of the answer as JSON.</summary>
    public string? Headers { get; set; }

    public byte[]? Body { get; set; }
}
