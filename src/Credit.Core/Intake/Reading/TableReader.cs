using System.Text;
using System.Xml;

namespace Credit.Core.Intake.Reading;

/// <summary>Rows from a table with a header: CSV or a sheet of a workbook.</summary>
internal sealed class TableReader : SheetReader
{
    /// <summary>Filled rows that may stand above the header.</summary>
    private const int TitleRows = 20;

    /// <summary>So many cells must name fields before a row counts as a header.</summary>
    private const int HeaderCells = 3;

    private readonly Layout _layout;
    private readonly TableSource? _source;
    private readonly WorkbookParts? _parts;
    private int[] _ordinals = [];
    private string?[] _headers = [];

    private TableReader(Layout layout, TableSource? source, WorkbookParts? parts, string format)
    {
        (_layout, _source, _parts) = (layout, source, parts);
        Format = format;
        if (source is null)
        {
            Report(FileCodes.HeaderNotFound, refuses: true);
        }
    }

    /// <summary>Opens CSV at the current position.</summary>
    public static TableReader Text(Stream stream, Encoding encoding, Layout layout, SheetLimits limits)
    {
        var reader = new TableReader(layout, new CsvSource(stream, encoding, limits), parts: null, "CSV, " + encoding.WebName);
        var (found, blank) = reader.FindHeader();
        if (!found)
        {
            reader.Report(blank ? FileCodes.EmptyFile : FileCodes.HeaderNotFound, refuses: true);
        }

        return reader;
    }

    /// <summary>Opens the first sheet of a workbook that has a header of the layout.</summary>
    public static TableReader Workbook(Stream stream, Layout layout, SheetLimits limits)
    {
        WorkbookParts? parts = null;
        try
        {
            parts = new WorkbookParts(stream, limits);
            TableReader? chosen = null;
            var others = new List<string>();
            foreach (var (name, path) in parts.Sheets)
            {
                var candidate = new TableReader(layout, new WorksheetSource(parts, path), parts, "XLSX, " + name);
                if (chosen is null && candidate.FindHeader().Found)
                {
                    chosen = candidate;
                    continue;
                }

                if (chosen is not null && candidate.FindHeader().Found)
                {
                    others.Add(name);
                }

                candidate._source!.Dispose();
            }

            chosen ??= new TableReader(layout, source: null, parts, "XLSX");
            if (others.Count > 0)
            {
                chosen.Report(FileCodes.SheetIgnored, refuses: false, others);
            }

            return chosen;
        }
        catch (Exception damage) when (damage is XmlException or InvalidDataException or FormatException)
        {
            parts?.Dispose();
            throw new SheetUnreadableException(FileCodes.WorkbookDamaged, damage);
        }
        catch (SheetUnreadableException)
        {
            parts?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<RawRow> ReadRows()
    {
        var columns = new ColumnMap(_layout, _headers);
        while (_source!.Read())
        {
            if (ReadRow(columns) is { } row)
            {
                yield return row;
            }
            else
            {
                BlankRows++;
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source?.Dispose();
            _parts?.Dispose();
        }

        base.Dispose(disposing);
    }

    private (bool Found, bool Blank) FindHeader()
    {
        var titles = 0;
        while (titles <= TitleRows && _source!.Read())
        {
            var named = 0;
            var filled = 0;
            for (var column = 0; column < _source.Count; column++)
            {
                var text = _source.Text(column);
                if (!text.IsWhiteSpace())
                {
                    filled++;
                    named += _layout.Find(text.ToString()) >= 0 ? 1 : 0;
                }
            }

            if (named >= HeaderCells)
            {
                ReadHeader();
                return (true, false);
            }

            titles += filled > 0 ? 1 : 0;
        }

        return (false, titles == 0);
    }

    private void ReadHeader()
    {
        HeaderRow = _source!.Number;
        var width = _source.Count;
        while (width > 0 && _source.Text(width - 1).IsWhiteSpace())
        {
            width--;
        }

        _ordinals = new int[width];
        _headers = new string?[_layout.Fields.Count];
        var unknown = new List<string>();
        var twice = new List<string>();
        for (var column = 0; column < width; column++)
        {
            var header = HeaderText.Show(_source.Text(column).ToString());
            var ordinal = _ordinals[column] = _layout.Find(header);
            if (ordinal < 0)
            {
                unknown.Add(header.Length > 0 ? header : $"#{column + 1}");
            }
            else if (_headers[ordinal] is { } first)
            {
                twice.Add(first);
                twice.Add(header);
            }
            else
            {
                _headers[ordinal] = header;
            }
        }

        ReportColumns(_layout, ordinal => _headers[ordinal] is not null, unknown, twice);
    }

    /// <summary>The current record as a row; null when none of its known cells is filled.</summary>
    private RawRow? ReadRow(ColumnMap columns)
    {
        var source = _source!;
        var extra = ExtraCells(source);
        if (source.ExtraCellsShift && source.Count > _ordinals.Length && ShiftedRecord.TryRead(source, columns, _ordinals, extra) is { } shifted)
        {
            return shifted;
        }

        var values = new string?[_headers.Length];
        List<RowIssue>? issues = null;
        var filled = false;
        for (var column = 0; column < _ordinals.Length; column++)
        {
            var ordinal = _ordinals[column];
            if (ordinal < 0)
            {
                continue;
            }

            var value = values[ordinal] = source.Value(column);
            filled = filled || (value is not null && !string.IsNullOrWhiteSpace(value));
            var fault = source.FaultOf(column);
            if (fault != CellFault.None && Judge(fault, ordinal) is { } issue)
            {
                (issues ??= []).Add(issue);
                values[ordinal] = null;
                filled = true;
            }
        }

        if (!filled)
        {
            return null;
        }

        if (extra > 0)
        {
            (issues ??= []).Add(new(ReaderCodes.CellOutsideTable, "", Column: null, RowVerdict.AcceptedWithWarning));
        }

        return new RawRow(source.Number, new FieldCells(columns, values), issues ?? (IReadOnlyList<RowIssue>)[]);
    }

    /// <summary>Cells beyond the header, up to the last one that is filled.</summary>
    private int ExtraCells(TableSource source)
    {
        for (var column = source.Count - 1; column >= _ordinals.Length; column--)
        {
            if (!source.Text(column).IsWhiteSpace())
            {
                return column - _ordinals.Length + 1;
            }
        }

        return 0;
    }

    private RowIssue? Judge(CellFault fault, int ordinal)
    {
        var field = _layout.Fields[ordinal];
        var code = fault switch
        {
            CellFault.Error => ReaderCodes.CellError,
            CellFault.QuoteNotClosed => ReaderCodes.QuoteNotClosed,
            // Numbers and days are judged by their own range; everything else needs every digit.
            CellFault.PrecisionLost when field.Shape is not (FieldShape.Number or FieldShape.Date) => ReaderCodes.PrecisionLost,
            _ => null,
        };
        return code is null ? null : new RowIssue(code, field.Code, _headers[ordinal], RowVerdict.Rejected);
    }
}
