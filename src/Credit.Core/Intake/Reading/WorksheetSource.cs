using System.Globalization;
using System.Xml;

namespace Credit.Core.Intake.Reading;

/// <summary>The rows of one sheet of a workbook. Cached results of formulas count as values; formulas are never evaluated.</summary>
internal sealed class WorksheetSource : TableSource
{
    private const int MaxColumns = 1024;

    private readonly WorkbookParts _parts;
    private readonly XmlReader _xml;
    private readonly List<string?> _texts = new(64);
    private readonly List<CellFault> _faults = new(64);
    private int _number;

    /// <summary>Reads one sheet from its first row.</summary>
    /// <param name="parts">Stays open.</param>
    /// <param name="path">Path of the part of the sheet.</param>
    public WorksheetSource(WorkbookParts parts, string path)
    {
        _parts = parts;
        _xml = parts.Open(path) ?? throw new SheetUnreadableException(FileCodes.WorkbookDamaged);
    }

    /// <inheritdoc/>
    public override int Number => _number;

    /// <inheritdoc/>
    public override int Count => _texts.Count;

    /// <inheritdoc/>
    public override bool ExtraCellsShift => false;

    /// <inheritdoc/>
    public override bool Read()
    {
        _texts.Clear();
        _faults.Clear();
        try
        {
            while (_xml.Read())
            {
                if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName == "row")
                {
                    _number = int.TryParse(_xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > _number
                        ? number
                        : _number + 1;
                    ReadCells();
                    return true;
                }
            }

            return false;
        }
        catch (Exception damage) when (damage is XmlException or InvalidDataException or FormatException)
        {
            throw new SheetUnreadableException(FileCodes.WorkbookDamaged, damage);
        }
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<char> Text(int column) => Value(column);

    /// <inheritdoc/>
    public override string? Value(int column) => column < _texts.Count ? _texts[column] : null;

    /// <inheritdoc/>
    public override CellFault FaultOf(int column) => column < _faults.Count ? _faults[column] : CellFault.None;

    /// <inheritdoc/>
    public override void Dispose() => _xml.Dispose();

    private void ReadCells()
    {
        if (_xml.IsEmptyElement)
        {
            return;
        }

        var depth = _xml.Depth;
        var column = -1;
        _xml.Read();
        while (_xml.Depth > depth)
        {
            if (_xml.NodeType != XmlNodeType.Element || _xml.LocalName != "c")
            {
                _xml.Read();
                continue;
            }

            column = ColumnOf(_xml.GetAttribute("r"), column + 1);
            var (text, fault) = ReadCell();
            if (column < MaxColumns && (text is not null || fault != CellFault.None))
            {
                while (_texts.Count <= column)
                {
                    _texts.Add(null);
                    _faults.Add(CellFault.None);
                }

                _texts[column] = text;
                _faults[column] = fault;
            }
        }
    }

    private static int ColumnOf(string? reference, int next)
    {
        if (reference is null)
        {
            return next;
        }

        var column = 0;
        foreach (var letter in reference)
        {
            if (letter is < 'A' or > 'Z' || column > MaxColumns)
            {
                break;
            }

            column = (column * 26) + letter - 'A' + 1;
        }

        return column == 0 ? next : column - 1;
    }

    private (string? Text, CellFault Fault) ReadCell()
    {
        var type = _xml.GetAttribute("t");
        var style = int.TryParse(_xml.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : 0;
        string? value = null;
        if (!_xml.IsEmptyElement)
        {
            var depth = _xml.Depth;
            _xml.Read();
            while (_xml.Depth > depth)
            {
                if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName == "is")
                {
                    value = WorkbookParts.ReadRichText(_xml);
                }
                else if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName == "v")
                {
                    value = _xml.ReadElementContentAsString();
                    continue;
                }

                _xml.Read();
            }
        }

        _xml.Read();
        if (string.IsNullOrEmpty(value))
        {
            return (null, CellFault.None);
        }

        return type switch
        {
            "s" => (Shared(value), CellFault.None),
            "inlineStr" or "str" or "d" => (value, CellFault.None),
            "b" => (value == "1" ? "TRUE" : "FALSE", CellFault.None),
            "e" => (null, CellFault.Error),
            _ => SerialNumber.Show(value, style < _parts.DateStyles.Count && _parts.DateStyles[style], _parts.Epoch1904),
        };
    }

    private string? Shared(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _parts.SharedStrings.Count
            ? _parts.SharedStrings[index] is { Length: > 0 } text ? text : null
            : throw new SheetUnreadableException(FileCodes.WorkbookDamaged);
}
