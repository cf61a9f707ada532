namespace Credit.OData.Changes;

/// <summary>One file of a set.</summary>
/// <param name="Path">Where to fetch it.</param>
/// <param name="Rows">Rows in it; of a delta, lines.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of the file as it is sent, in hex.</param>
internal sealed record BulkFile(string Path, long Rows, long Bytes, string Sha256);

/// <summary>What there is of a set as files.</summary>
/// <param name="Set">The set.</param>
/// <param name="Position">Position that the files are as of, as the public is told it.</param>
/// <param name="AsOf">Instant of that state, UTC.</param>
/// <param name="Day">Civil day whose rows they show; the files end with it.</param>
/// <param name="Rows">Rows of the state.</param>
/// <param name="Digest">State digest, as <c>/feeds/digest</c> gives it for the position.</param>
/// <param name="Ndjson">The snapshot, one row a line, as the change stream writes them.</param>
/// <param name="Csv">The snapshot as a table.</param>
/// <param name="DeltaFrom">Position from which the delta leads here; null when there was no file before.</param>
/// <param name="Delta">Changes since the files before, one a line; null when there were none.</param>
/// <param name="Changes">Where to follow what comes after.</param>
internal sealed record BulkManifest(
    string Set, long Position, DateTimeOffset AsOf, DateOnly Day, long Rows, string Digest, BulkFile Ndjson, BulkFile Csv, long? DeltaFrom, BulkFile? Delta, string Changes);
