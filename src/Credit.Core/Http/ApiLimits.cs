namespace Credit.Core.Http;

/// <summary>The limits clients meet, published at <c>/.well-known/api-limits</c> and bound from the section <c>Limits</c>.</summary>
internal sealed class ApiLimits
{
    /// <summary>Largest body of a command, in bytes.</summary>
    public long BodyBytes { get; set; } = 2 * 1024 * 1024;

    /// <summary>Largest file of an intake, in bytes.</summary>
    public long FileBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>Rows of a batch of checks.</summary>
    public int BatchCheckRows { get; set; } = 100_000;

    /// <summary>Largest body or file of a batch of checks, in bytes.</summary>
    public long BatchCheckBytes { get; set; } = 32L * 1024 * 1024;

    /// <summary>Longest request line, in bytes.</summary>
    public int RequestLineBytes { get; set; } = 16 * 1024;

    /// <summary>Deepest nesting of JSON.</summary>
    public int JsonDepth { get; } = JsonRules.MaxDepth;

    /// <summary>Requests for a token per address and minute.</summary>
    public int SignInsPerMinute { get; set; } = 120;

    /// <summary>Verifications of credit reports and of receipts per address and minute.</summary>
    public int VerificationsPerMinute { get; set; } = 30;

    /// <summary>Reports of misconduct per address and minute.</summary>
    public int ReportsPerMinute { get; set; } = 20;

    /// <summary>Receipts tried per address and minute (X38).</summary>
    public int FollowUpsPerMinute { get; set; } = 5;

    /// <summary>Requests of any kind per address and minute from whoever has no token.</summary>
    public int AnonymousPerMinute { get; set; } = 30_000;

    /// <summary>Requests to the feeds (<c>/odata</c>, <c>/feeds</c>, <c>/bulk</c>) per account and minute.</summary>
    public int FeedsPerMinute { get; set; } = 120_000;

    /// <summary>Batches of feed requests (<c>$batch</c>) per address, or account, and minute; each may hold a hundred requests.</summary>
    public int FeedBatchesPerMinute { get; set; } = 3_000;

    /// <summary>Streams of changes that wait for what comes, at once, from one address, or of a subject's account.</summary>
    public int StreamsPerAddress { get; set; } = 100;

    /// <summary>Streams of changes that wait, at once, of one account of a department or partner.</summary>
    public int StreamsPerAccount { get; set; } = 200;

    /// <summary>Streams of changes that wait, at once, of all who are no department or partner; the rest of <see cref="Streams"/> is kept for departments and partners.</summary>
    public int AnonymousStreams { get; set; } = 1_500;

    /// <summary>Streams of changes that wait, at once, of everybody.</summary>
    public int Streams { get; set; } = 2_000;

    /// <summary>Downloads of bulk files at once per address, or account. Further ones wait for their turn.</summary>
    public int DownloadsPerCaller { get; set; } = 8;

    /// <summary>Downloads of bulk files at once of all who are no department or partner; the rest of <see cref="Downloads"/> is kept for departments and partners.</summary>
    public int AnonymousDownloads { get; set; } = 48;

    /// <summary>Downloads of bulk files at once of everybody. Further ones wait for their turn.</summary>
    public int Downloads { get; set; } = 64;

    /// <summary>Downloads that may wait for their turn, per caller; four times as many of everybody.</summary>
    public int DownloadsWaiting { get; set; } = 250;

    /// <summary>Life of a token, in seconds.</summary>
    public int TokenSeconds { get; } = 3600;

    /// <summary>Longest <c>Idempotency-Key</c>, in characters.</summary>
    public int IdempotencyKeyLength { get; } = Idempotency.MaxKeyLength;

    /// <summary>Days for which an answer is kept for its <c>Idempotency-Key</c>.</summary>
    public int IdempotencyDays { get; } = 30;
}
