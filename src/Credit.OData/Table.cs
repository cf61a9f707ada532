namespace Credit.OData;

/// <summary>Rows of an answer with what is shown of each.</summary>
/// <param name="Set">Name of the set the rows are of; null where they are of none, as groups are.</param>
/// <param name="Type">Name of their type in the model, with its namespace; null where they are of none.</param>
/// <param name="Shown">What is shown of a row, in the order of its values.</param>
/// <param name="Rows">Rows; values beyond those shown are for the server itself.</param>
/// <param name="Key">Index of the key among the values; null where rows have none.</param>
internal sealed record Table(string? Set, string? Type, IReadOnlyList<Shown> Shown, IReadOnlyList<object?[]> Rows, int? Key)
{
    /// <summary>Number of all rows, whatever the page; null where it was not asked for.</summary>
    public long? Count { get; init; }

    /// <summary>Address of the next page; null on the last.</summary>
    public string? Next { get; init; }
}

/// <summary>One thing shown of every row.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its values.</param>
/// <param name="Kind">A value, or where a way led: then values are tables, numbers or, for a single row, tables of one.</param>
internal sealed record Shown(string Name, Type Type, ShownKind Kind = ShownKind.Value);

/// <summary>What a value of a row is.</summary>
internal enum ShownKind
{
    /// <summary>A value of a column.</summary>
    Value,

    /// <summary>A <see cref="Table"/> of rows.</summary>
    Rows,

    /// <summary>A <see cref="Table"/> of one row; null for none.</summary>
    Row,

    /// <summary>The number of rows.</summary>
    Count,

    /// <summary>A <see cref="Table"/> of rows shown by address.</summary>
    References,

    /// <summary>A <see cref="Table"/> of one row shown by address; null for none.</summary>
    Reference,
}
