namespace Credit.OData;

/// <summary>How an answer is written.</summary>
/// <param name="Kind">Its outer form.</param>
/// <param name="Metadata">How much control information JSON carries.</param>
internal sealed record AnswerFormat(FormatKind Kind, MetadataLevel Metadata)
{
    /// <summary>JSON with minimal metadata: what is given where nothing else is asked for.</summary>
    public static readonly AnswerFormat Json = new(FormatKind.Json, MetadataLevel.Minimal);
}

/// <summary>Outer form of an answer.</summary>
internal enum FormatKind
{
    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>Comma-separated values.</summary>
    Csv,

    /// <summary>One JSON row a line.</summary>
    Ndjson,
}

/// <summary>Control information of a JSON answer.</summary>
internal enum MetadataLevel
{
    /// <summary>Next link and count only.</summary>
    None,

    /// <summary>Context, too.</summary>
    Minimal,

    /// <summary>Types and links of every row, too.</summary>
    Full,
}
