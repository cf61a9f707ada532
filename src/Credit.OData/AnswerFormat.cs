namespace Credit.OData;

/// <summary>How an answer is written.</summary>
/// <param name="Kind">Its outer form.</param>
/// <param name="Metadata">How much control information JSON carries.</param>
internal sealed record AnswerFormat(FormatKind Kind, MetadataLevel Metadata)
{
    /// <summary>JSON with minimal metadata: what is given where nothing else is asked for.</summary>
    public static readonly AnswerFormat Json = new(FormatKind.Json, MetadataLevel.Minimal);

    /// <summary>Int64 and Decimal are written as texts, for readers whose numbers are doubles.</summary>
    public bool Ieee754Compatible { get; init; }

    /// <summary>Spoken in OData 4.01, where control information has no prefix; else in 4.0.</summary>
    public bool Modern { get; init; }

    /// <summary>Columns that are null are left out.</summary>
    public bool OmitNulls { get; init; }

    /// <summary>Name of a piece of control information, <c>count</c> for example.</summary>
    public string Control(string name) => (Modern ? "@" : "@odata.") + name;

    /// <summary>Content type of the answer.</summary>
    public string ContentType => Kind switch
    {
        FormatKind.Csv => "text/csv; charset=utf-8; header=present",
        FormatKind.Ndjson => "application/x-ndjson; charset=utf-8",
        _ => $"application/json; {(Modern ? "" : "odata.")}metadata={Metadata.ToString().ToLowerInvariant()};{(Ieee754Compatible ? " IEEE754Compatible=true;" : "")} charset=utf-8",
    };
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
