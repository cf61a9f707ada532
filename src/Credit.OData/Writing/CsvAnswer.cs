using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Credit.OData.Writing;

/// <summary>
/// Comma-separated values (RFC 4180) with a byte order mark, so that spreadsheets read Chinese, and a row of names. A text that a
/// spreadsheet would take for a formula begins with an apostrophe (X26). Null is an empty cell, an empty text <c>""</c>.
/// </summary>
internal sealed class CsvAnswer(RowLayout layout, IBufferWriter<byte> output) : AnswerWriter
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public override void Begin(string context, long? count)
    {
        output.Write("\uFEFF"u8);
        for (var cell = 0; cell < layout.Shown; cell++)
        {
            Separate(cell);
            WriteText(layout.Columns[cell].Name);
        }

        output.Write("\r\n"u8);
    }

    public override void Row<TCells>(in TCells row, Action<Utf8JsonWriter>? inside = null)
    {
        for (var cell = 0; cell < layout.Shown; cell++)
        {
            Separate(cell);
            if (!row.IsNull(cell))
            {
                WriteCell(row, cell, layout.Columns[cell].Kind);
            }
        }

        output.Write("\r\n"u8);
    }

    public override void End(string? next, string? delta = null)
    {
    }

    private void Separate(int cell)
    {
        if (cell > 0)
        {
            output.Write(","u8);
        }
    }

    private void WriteCell<TCells>(in TCells row, int cell, CellKind kind)
        where TCells : ICells
    {
        switch (kind)
        {
            case CellKind.Text:
                WriteText(row.Text(cell));
                break;
            case CellKind.Guid:
                WritePlain(row.Guid(cell), "D");
                break;
            case CellKind.Boolean:
                output.Write(row.Boolean(cell) ? "true"u8 : "false"u8);
                break;
            case CellKind.Int16 or CellKind.Int32:
                WritePlain(row.Int32(cell), default);
                break;
            case CellKind.Int64:
                WritePlain(row.Int64(cell), default);
                break;
            case CellKind.Decimal:
                WritePlain(row.Decimal(cell), default);
                break;
            case CellKind.Double:
                WritePlain(row.Double(cell), "R");
                break;
            case CellKind.Date:
                WritePlain(row.Date(cell), "O");
                break;
            case CellKind.Instant:
                WritePlain(row.Instant(cell).UtcDateTime, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'");
                break;
            case CellKind.Time:
                WritePlain(row.Time(cell), "HH:mm:ss.FFFFFFF");
                break;
            default:
                WriteText(JsonSerializer.Serialize(row.Other(cell), Readable));
                break;
        }
    }

    private void WritePlain<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        if (!value.TryFormat(output.GetSpan(64), out var length, format, CultureInfo.InvariantCulture))
        {
            throw new FormatException();
        }

        output.Advance(length);
    }

    private void WriteText(string text)
    {
        var dangerous = text.Length > 0 && IsFormula(text[0]);
        if (text.Length > 0 && !dangerous && text.AsSpan().IndexOfAny(Quoted) < 0)
        {
            Encoding.UTF8.GetBytes(text, output);
            return;
        }

        output.Write("\""u8);
        if (dangerous)
        {
            output.Write("'"u8);
        }

        Encoding.UTF8.GetBytes(text.Replace("\"", "\"\"", StringComparison.Ordinal), output);
        output.Write("\""u8);
    }

    // Spreadsheets take the wide forms for the narrow ones.
    private static bool IsFormula(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠';
}
