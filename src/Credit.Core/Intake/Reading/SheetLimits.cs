namespace Credit.Core.Intake.Reading;

/// <summary>How much of a file is read before it is refused as an attack or a mistake.</summary>
/// <param name="RecordCharacters">Longest record or JSON object, in characters or bytes.</param>
/// <param name="PartBytes">Largest unpacked part of a workbook.</param>
/// <param name="TotalBytes">All unpacked parts of a workbook together.</param>
/// <param name="Parts">Parts of a workbook.</param>
/// <param name="Ratio">Unpacked to packed size of a part above 8 MB.</param>
/// <param name="SharedCharacters">All shared strings of a workbook together.</param>
/// <param name="SharedTexts">Number of shared strings of a workbook.</param>
internal sealed record SheetLimits(
    int RecordCharacters = 1 << 20,
    long PartBytes = 1L << 30,
    long TotalBytes = 2L << 30,
    int Parts = 1024,
    int Ratio = 250,
    int SharedCharacters = 64 << 20,
    int SharedTexts = 4 << 20)
{
    /// <summary>The limits of the platform.</summary>
    public static SheetLimits Default { get; } = new();
}

/// <summary>The file cannot be read on: damaged, or larger than the limits. Rows already read stand for nothing.</summary>
/// <param name="code">Intake code, for example <c>WORKBOOK_DAMAGED</c>.</param>
/// <param name="inner">What the parser said; null when a limit was reached.</param>
internal sealed class SheetUnreadableException(string code, Exception? inner = null) : Exception(code, inner)
{
    /// <summary>Intake code.</summary>
    public string Code { get; } = code;
}
