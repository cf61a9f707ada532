using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Credit.Core.Intake.Reading;

/// <summary>The parts of an OOXML workbook that carry cells, opened under limits and without entities (X27).</summary>
internal sealed class WorkbookParts : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly SheetLimits _limits;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Opens the container and checks its directory.</summary>
    /// <exception cref="SheetUnreadableException">Not a workbook, or one larger than the limits.</exception>
    public WorkbookParts(Stream stream, SheetLimits limits)
    {
        _limits = limits;
        try
        {
            _archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (_archive.Entries.Count > limits.Parts)
            {
                throw new SheetUnreadableException(FileCodes.WorkbookTooLarge);
            }

            var total = 0L;
            foreach (var entry in _archive.Entries)
            {
                total += entry.Length;
                var bomb = entry.Length > 8 << 20 && entry.Length / Math.Max(1, entry.CompressedLength) > limits.Ratio;
                if (bomb || entry.Length > limits.PartBytes || total > limits.TotalBytes)
                {
                    throw new SheetUnreadableException(FileCodes.WorkbookTooLarge);
                }

                _entries[entry.FullName.Replace('\\', '/')] = entry;
            }
        }
        catch (InvalidDataException damage)
        {
            throw new SheetUnreadableException(FileCodes.NotAWorkbook, damage);
        }

        if (!_entries.ContainsKey("xl/workbook.xml"))
        {
            throw new SheetUnreadableException(FileCodes.NotAWorkbook);
        }

        ReadWorkbook();
        DateStyles = ReadStyles();
        SharedStrings = ReadSharedStrings();
    }

    /// <summary>Names and paths of the sheets in the order of their tabs.</summary>
    public List<(string Name, string Path)> Sheets { get; } = [];

    /// <summary>True when day 0 is 1904-01-01, as in workbooks of old Macintosh programs.</summary>
    public bool Epoch1904 { get; private set; }

    /// <summary>By cell style: whether its numbers are shown as dates.</summary>
    public IReadOnlyList<bool> DateStyles { get; }

    /// <summary>Texts that cells refer to by number.</summary>
    public IReadOnlyList<string> SharedStrings { get; }

    /// <summary>A forward reader over a part; null when the workbook has no such part.</summary>
    public XmlReader? Open(string path)
    {
        if (!_entries.TryGetValue(path, out var entry))
        {
            return null;
        }

        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersFromEntities = 1024,
            MaxCharactersInDocument = _limits.PartBytes,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = true,
        };
        // The directory of the container may lie about sizes, so the bytes are counted as they come.
        return XmlReader.Create(new BoundedStream(entry.Open(), _limits.PartBytes), settings);
    }

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();

    /// <summary>The text of a <c>si</c> or <c>is</c> element: its runs joined, its phonetic hints left out.</summary>
    public static string ReadRichText(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        string? first = null;
        StringBuilder? joined = null;
        var depth = xml.Depth;
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh")
            {
                xml.Skip();
                continue;
            }

            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "t")
            {
                var text = xml.ReadElementContentAsString();
                if (first is null)
                {
                    first = text;
                }
                else
                {
                    (joined ??= new StringBuilder(first)).Append(text);
                }

                continue;
            }

            xml.Read();
        }

        return Unescape(joined?.ToString() ?? first ?? "");
    }

    /// <summary>Control characters are written as <c>_x000D_</c> in workbooks.</summary>
    private static string Unescape(string text)
    {
        var at = text.IndexOf("_x", StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        var from = 0;
        for (; at >= 0; at = text.IndexOf("_x", at + 1, StringComparison.Ordinal))
        {
            if (at + 7 <= text.Length && text[at + 6] == '_' && ushort.TryParse(text.AsSpan(at + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var value)
                && !char.IsSurrogate((char)value))
            {
                plain.Append(text, from, at - from).Append((char)value);
                from = at + 7;
                at = from - 1;
            }
        }

        return plain.Append(text, from, text.Length - from).ToString();
    }

    private void ReadWorkbook()
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        using (var relations = Open("xl/_rels/workbook.xml.rels"))
        {
            while (relations is not null && relations.Read())
            {
                if (relations.LocalName == "Relationship" && relations.GetAttribute("Id") is { } id && relations.GetAttribute("Target") is { } target)
                {
                    targets[id] = target.StartsWith('/') ? target[1..] : "xl/" + target;
                }
            }
        }

        using var workbook = Open("xl/workbook.xml")!;
        while (workbook.Read())
        {
            if (workbook.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (workbook.LocalName == "workbookPr")
            {
                Epoch1904 = workbook.GetAttribute("date1904") is "1" or "true";
            }
            else if (workbook.LocalName == "sheet"
                && RelationOf(workbook) is { } relation
                && targets.TryGetValue(relation, out var path)
                && _entries.ContainsKey(path))
            {
                Sheets.Add((workbook.GetAttribute("name") ?? "", path));
            }
        }
    }

    private static string? RelationOf(XmlReader sheet) =>
        sheet.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
        ?? sheet.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");

    private List<bool> ReadStyles()
    {
        var styles = new List<bool>();
        var custom = new Dictionary<int, bool>();
        using var xml = Open("xl/styles.xml");
        var inCells = false;
        while (xml is not null && xml.Read())
        {
            if (xml.LocalName == "cellXfs")
            {
                inCells = xml.NodeType == XmlNodeType.Element;
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "numFmt" && int.TryParse(xml.GetAttribute("numFmtId"), out var id))
            {
                custom[id] = ShowsDate(xml.GetAttribute("formatCode") ?? "");
            }
            else if (inCells && xml.NodeType == XmlNodeType.Element && xml.LocalName == "xf")
            {
                var format = int.TryParse(xml.GetAttribute("numFmtId"), out var number) ? number : 0;
                // 14-22 and 45-47 are the built-in dates and times, 27-36 and 50-58 the Chinese ones.
                styles.Add(custom.TryGetValue(format, out var date) ? date : format is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58));
            }
        }

        return styles;
    }

    private static bool ShowsDate(string format)
    {
        var quoted = false;
        for (var at = 0; at < format.Length; at++)
        {
            switch (format[at])
            {
                case '"':
                    quoted = !quoted;
                    break;
                case '\\':
                    at++;
                    break;
                case '[' when !quoted:
                    at = Math.Max(at, format.IndexOf(']', at));
                    break;
                case 'y' or 'Y' or 'd' or 'D' or 'm' or 'M' when !quoted:
                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    private List<string> ReadSharedStrings()
    {
        var strings = new List<string>();
        var total = 0L;
        using var xml = Open("xl/sharedStrings.xml");
        var more = xml?.Read() ?? false;
        while (more)
        {
            if (xml!.NodeType == XmlNodeType.Element && xml.LocalName == "si")
            {
                var text = ReadRichText(xml);
                total += text.Length;
                if (total > _limits.SharedCharacters || strings.Count == _limits.SharedTexts)
                {
                    throw new SheetUnreadableException(FileCodes.WorkbookTooLarge);
                }

                strings.Add(text);
            }

            more = xml.Read();
        }

        return strings;
    }
}
