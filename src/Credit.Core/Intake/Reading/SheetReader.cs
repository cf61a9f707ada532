namespace Credit.Core.Intake.Reading;

/// <summary>
/// Opens a file of a department, whatever its format and encoding, judges it as a whole, and yields its rows one by one (R-3.1.1.b).
/// Columns outside the layout are reported and never read (R-3.2.4.a).
/// </summary>
internal abstract class SheetReader : IDisposable
{
    private readonly List<FileFinding> _findings = [];

    /// <summary>Everything found about the file as a whole so far; <c>NO_DATA_ROWS</c> joins when the rows have been read.</summary>
    public IReadOnlyList<FileFinding> Findings => _findings;

    /// <summary>True when no row may be read.</summary>
    public bool Refused => _findings.Exists(finding => finding.Refuses);

    /// <summary>Row number of the header; 0 in JSON and in refused files.</summary>
    public int HeaderRow { get; protected set; }

    /// <summary>Format and encoding, for people.</summary>
    public string Format { get; protected init; } = "";

    /// <summary>Rows read and yielded so far.</summary>
    public int RowsRead { get; protected set; }

    /// <summary>Blank rows below the header passed over so far.</summary>
    public int BlankRows { get; protected set; }

    /// <summary>Opens a file. Content decides the format, but a name that promises a workbook must hold one.</summary>
    /// <param name="stream">Seekable; stays open and must stay unmoved by others until the reader is disposed.</param>
    /// <param name="fileName">Name as uploaded; only its extension matters.</param>
    /// <param name="layout">The fields to look for.</param>
    /// <param name="limits">The limits of the platform when null.</param>
    /// <returns>A reader; a file that cannot be read yields a reader that is <see cref="Refused"/>.</returns>
    public static SheetReader Open(Stream stream, string fileName, Layout layout, SheetLimits? limits = null)
    {
        limits ??= SheetLimits.Default;
        try
        {
            if (stream.Length == 0)
            {
                return new RefusedReader(FileCodes.EmptyFile);
            }

            Span<byte> head = stackalloc byte[512];
            stream.Position = 0;
            head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            if (head.StartsWith("PK\u0003\u0004"u8))
            {
                return TableReader.Workbook(stream, layout, limits);
            }

            var extension = Path.GetExtension(fileName);
            if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) || extension.StartsWith(".xls", StringComparison.OrdinalIgnoreCase))
            {
                return new RefusedReader(FileCodes.NotAWorkbook);
            }

            var (encoding, refusal) = TextSniffer.Find(stream);
            if (encoding is null)
            {
                return new RefusedReader(refusal!);
            }

            if (extension.Equals(".json", StringComparison.OrdinalIgnoreCase) || LooksLikeJson(head))
            {
                return encoding is System.Text.UTF8Encoding ? new JsonReader(stream, layout, limits) : new RefusedReader(FileCodes.EncodingUnknown);
            }

            stream.Position = 0;
            return TableReader.Text(stream, encoding, layout, limits);
        }
        catch (SheetUnreadableException unreadable)
        {
            return new RefusedReader(unreadable.Code);
        }
    }

    /// <summary>The rows, once. Yields nothing when the file is refused.</summary>
    /// <exception cref="SheetUnreadableException">The file breaks off in the middle; nothing of it may be stored.</exception>
    public IEnumerable<RawRow> Rows()
    {
        if (Refused)
        {
            yield break;
        }

        foreach (var row in ReadRows())
        {
            RowsRead++;
            yield return row;
        }

        if (RowsRead == 0)
        {
            Report(FileCodes.NoDataRows, refuses: false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The rows of a file that is not refused.</summary>
    protected abstract IEnumerable<RawRow> ReadRows();

    /// <summary>Adds a finding about the file.</summary>
    protected void Report(string code, bool refuses, params IReadOnlyList<string> columns) => _findings.Add(new(code, refuses, columns));

    /// <summary>Reports what the headers of a file say about it.</summary>
    /// <param name="layout">The fields looked for.</param>
    /// <param name="isPresent">By ordinal: whether the file has the field.</param>
    /// <param name="unknown">Headers that name no field.</param>
    /// <param name="twice">Headers of fields that occur twice.</param>
    protected void ReportColumns(Layout layout, Func<int, bool> isPresent, IReadOnlyList<string> unknown, IReadOnlyList<string> twice)
    {
        if (unknown.Count > 0)
        {
            Report(FileCodes.UnknownColumnDropped, refuses: false, unknown);
        }

        if (twice.Count > 0)
        {
            Report(FileCodes.ColumnTwice, refuses: true, twice);
        }

        string[] missing = [.. layout.Fields.Where((field, ordinal) => field.Mandatory && !isPresent(ordinal)).Select(field => field.Header)];
        if (missing.Length > 0)
        {
            Report(FileCodes.MandatoryColumnMissing, refuses: true, missing);
        }
    }

    /// <summary>Releases what was opened on top of the stream.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private static bool LooksLikeJson(ReadOnlySpan<byte> head)
    {
        head = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        head = head.TrimStart(" \t\r\n"u8);
        return head.Length > 0 && (head[0] == '{' || (head[0] == '[' && head[1..].TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)']', ..]));
    }

    private sealed class RefusedReader : SheetReader
    {
        public RefusedReader(string code) => Report(code, refuses: true);

        protected override IEnumerable<RawRow> ReadRows() => [];
    }
}
