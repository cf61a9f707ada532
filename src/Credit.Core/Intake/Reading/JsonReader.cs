using System.Text.Json;

namespace Credit.Core.Intake.Reading;

/// <summary>Rows from an array of JSON objects, members named by field code or Chinese header; the row number is the position, first = 1.</summary>
internal sealed class JsonReader : SheetReader
{
    // Names outside the layout are reported, not read: a hundred say enough.
    private const int MostUnknown = 100;

    private readonly Stream _stream;
    private readonly Layout _layout;
    private readonly SheetLimits _limits;
    private readonly Dictionary<string, int> _members = new(StringComparer.Ordinal);
    private readonly string?[] _headers;

    /// <summary>Proves the whole text before any row is yielded.</summary>
    public JsonReader(Stream stream, Layout layout, SheetLimits limits)
    {
        (_stream, _layout, _limits) = (stream, layout, limits);
        _headers = new string?[layout.Fields.Count];
        Format = "JSON";
        try
        {
            Survey();
        }
        catch (InvalidOperationException damage)
        {
            // The name of a member holds half a character.
            throw new SheetUnreadableException(FileCodes.JsonMalformed, damage);
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<RawRow> ReadRows()
    {
        var columns = new ColumnMap(_layout, _headers);
        using var objects = new JsonRows(_stream, _limits);
        for (var number = 1; objects.Next() is { } row; number++)
        {
            using (row)
            {
                yield return ReadRow(number, row.RootElement, columns);
            }
        }
    }

    private void Survey()
    {
        var unknown = new List<string>();
        var twice = new List<string>();
        var count = 0;
        using var objects = new JsonRows(_stream, _limits);
        for (; objects.Next() is { } row; count++)
        {
            using (row)
            {
                var seen = 0UL;
                foreach (var member in row.RootElement.EnumerateObject())
                {
                    if (!_members.TryGetValue(member.Name, out var ordinal))
                    {
                        ordinal = _layout.Find(member.Name);
                        if (ordinal >= 0 || unknown.Count < MostUnknown)
                        {
                            _members.Add(member.Name, ordinal);
                        }

                        if (ordinal < 0 && unknown.Count < MostUnknown)
                        {
                            unknown.Add(HeaderText.Show(member.Name));
                        }
                    }

                    if (ordinal < 0)
                    {
                        continue;
                    }

                    _headers[ordinal] ??= HeaderText.Show(member.Name);
                    if ((seen & (1UL << ordinal)) != 0 && !twice.Contains(member.Name, StringComparer.Ordinal))
                    {
                        twice.Add(HeaderText.Show(member.Name));
                    }

                    seen |= 1UL << ordinal;
                }
            }
        }

        if (count > 0)
        {
            ReportColumns(_layout, ordinal => _headers[ordinal] is not null, unknown, twice);
        }
    }

    private RawRow ReadRow(int number, JsonElement row, ColumnMap columns)
    {
        var values = new string?[_headers.Length];
        List<RowIssue>? issues = null;
        foreach (var member in row.EnumerateObject())
        {
            var ordinal = _members.GetValueOrDefault(member.Name, -1);
            if (ordinal < 0)
            {
                continue;
            }

            switch (member.Value.ValueKind)
            {
                case JsonValueKind.String:
                    if (!TryText(member.Value, out values[ordinal]))
                    {
                        (issues ??= []).Add(new(ReaderCodes.TypeMismatch, _layout.Fields[ordinal].Code, member.Name, RowVerdict.Rejected));
                    }

                    break;
                case JsonValueKind.Number:
                    values[ordinal] = member.Value.GetRawText();
                    break;
                case JsonValueKind.Null:
                    break;
                default:
                    (issues ??= []).Add(new(ReaderCodes.TypeMismatch, _layout.Fields[ordinal].Code, member.Name, RowVerdict.Rejected));
                    break;
            }
        }

        return new RawRow(number, new FieldCells(columns, values), issues ?? (IReadOnlyList<RowIssue>)[]);
    }

    /// <summary>The text; false when it holds half a character, which JSON can write but no text can hold.</summary>
    private static bool TryText(JsonElement value, out string? text)
    {
        try
        {
            text = value.GetString() is { Length: > 0 } filled ? filled : null;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = null;
            return false;
        }
    }
}
