namespace Credit.Core.Intake.Reading;

/// <summary>Codes of findings about a file as a whole.</summary>
internal static class FileCodes
{
    /// <summary>Zero bytes, or nothing but blank lines.</summary>
    public const string EmptyFile = "EMPTY_FILE";

    /// <summary>No row names the fields of the layout.</summary>
    public const string HeaderNotFound = "HEADER_NOT_FOUND";

    /// <summary>A compulsory column is absent.</summary>
    public const string MandatoryColumnMissing = "MANDATORY_COLUMN_MISSING";

    /// <summary>Two columns mean the same field.</summary>
    public const string ColumnTwice = "COLUMN_TWICE";

    /// <summary>Columns outside the catalogue are not read (R-3.2.4.a).</summary>
    public const string UnknownColumnDropped = "UNKNOWN_COLUMN_DROPPED";

    /// <summary>A header without data.</summary>
    public const string NoDataRows = "NO_DATA_ROWS";

    /// <summary>Named or shaped like a workbook, but not one that can be opened.</summary>
    public const string NotAWorkbook = "NOT_A_WORKBOOK";

    /// <summary>A workbook whose parts are broken.</summary>
    public const string WorkbookDamaged = "WORKBOOK_DAMAGED";

    /// <summary>Unpacked larger than the limits allow.</summary>
    public const string WorkbookTooLarge = "WORKBOOK_TOO_LARGE";

    /// <summary>Another sheet of the workbook has a header too and is not read.</summary>
    public const string SheetIgnored = "SHEET_IGNORED";

    /// <summary>Neither UTF-8 nor GB18030.</summary>
    public const string EncodingUnknown = "ENCODING_UNKNOWN";

    /// <summary>The text holds the character NUL.</summary>
    public const string NulCharacter = "NUL_CHARACTER";

    /// <summary>Not JSON, or JSON broken somewhere.</summary>
    public const string JsonMalformed = "JSON_MALFORMED";

    /// <summary>JSON, but not an array of objects.</summary>
    public const string JsonNotARowArray = "JSON_NOT_A_ROW_ARRAY";

    /// <summary>Taking the file in failed again and again for a reason of ours; nothing of it was stored.</summary>
    public const string IntakeFailed = "INTAKE_FAILED";

    /// <summary>A record longer than any honest one, usually an unclosed quotation mark.</summary>
    public const string RecordTooLong = "RECORD_TOO_LONG";
}

/// <summary>One finding about a file as a whole.</summary>
/// <param name="Code">One of <see cref="FileCodes"/>.</param>
/// <param name="Refuses">True when no row of the file may be stored.</param>
/// <param name="Columns">Headers concerned; empty when the finding is not about columns.</param>
internal sealed record FileFinding(string Code, bool Refuses, IReadOnlyList<string> Columns);
