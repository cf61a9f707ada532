namespace Credit.Core.Intake.Reading;

/// <summary>What is wrong with a cell before anybody looks at its meaning.</summary>
internal enum CellFault : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The spreadsheet shows an error value.</summary>
    Error,

    /// <summary>A number with more digits than a spreadsheet keeps.</summary>
    PrecisionLost,

    /// <summary>The quotation mark that opens the cell is never closed, so the cell swallowed what follows.</summary>
    QuoteNotClosed,
}

/// <summary>Records of cells, one after the other; only the current one is in memory.</summary>
internal abstract class TableSource : IDisposable
{
    /// <summary>Row number a spreadsheet shows.</summary>
    public abstract int Number { get; }

    /// <summary>Cells of the current record.</summary>
    public abstract int Count { get; }

    /// <summary>True when cells beyond the header mean that the record is shifted, as an unquoted comma does.</summary>
    public abstract bool ExtraCellsShift { get; }

    /// <summary>Goes to the next record; false at the end.</summary>
    public abstract bool Read();

    /// <summary>Raw text of a cell, empty beyond <see cref="Count"/>; valid until the next <see cref="Read"/>.</summary>
    public abstract ReadOnlySpan<char> Text(int column);

    /// <summary>Raw text of a cell as a string; null when empty.</summary>
    public abstract string? Value(int column);

    /// <summary>What is wrong with a cell.</summary>
    public virtual CellFault FaultOf(int column) => CellFault.None;

    /// <inheritdoc/>
    public abstract void Dispose();
}
