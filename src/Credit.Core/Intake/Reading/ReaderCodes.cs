namespace Credit.Core.Intake.Reading;

/// <summary>Codes of findings the reader itself makes about a row.</summary>
internal static class ReaderCodes
{
    /// <summary>More cells than the header has.</summary>
    public const string FieldCount = "FIELD_COUNT";

    /// <summary>The cell holds an error value.</summary>
    public const string CellError = "CELL_ERROR";

    /// <summary>A number lost its last digits.</summary>
    public const string PrecisionLost = "ID_PRECISION_LOST";

    /// <summary>A JSON value that cannot be a text.</summary>
    public const string TypeMismatch = "TYPE_MISMATCH";

    /// <summary>A quotation mark is never closed.</summary>
    public const string QuoteNotClosed = "QUOTE_NOT_CLOSED";

    /// <summary>A filled cell to the right of the table.</summary>
    public const string CellOutsideTable = "CELL_OUTSIDE_TABLE";
}
