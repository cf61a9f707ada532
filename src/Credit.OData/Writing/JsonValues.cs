using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Credit.OData.Writing;

/// <summary>Cells as JSON. The one place where a value gets its form: both lanes and all formats come here.</summary>
internal static class JsonValues
{
    public static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Others = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one cell.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="row">The row.</param>
    /// <param name="cell">Which cell.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="exact">Numbers a double may not hold are written as text (IEEE754Compatible).</param>
    public static void Write<TCells>(Utf8JsonWriter json, in TCells row, int cell, CellKind kind, bool exact)
        where TCells : ICells
    {
        if (row.IsNull(cell))
        {
            json.WriteNullValue();
            return;
        }

        switch (kind)
        {
            case CellKind.Text:
                json.WriteStringValue(row.Text(cell));
                break;
            case CellKind.Guid:
                json.WriteStringValue(row.Guid(cell));
                break;
            case CellKind.Boolean:
                json.WriteBooleanValue(row.Boolean(cell));
                break;
            case CellKind.Int16 or CellKind.Int32:
                json.WriteNumberValue(row.Int32(cell));
                break;
            case CellKind.Int64 when exact:
                WriteText(json, row.Int64(cell), default);
                break;
            case CellKind.Int64:
                json.WriteNumberValue(row.Int64(cell));
                break;
            case CellKind.Decimal when exact:
                WriteText(json, row.Decimal(cell), default);
                break;
            case CellKind.Decimal:
                json.WriteNumberValue(row.Decimal(cell));
                break;
            case CellKind.Double:
                WriteDouble(json, row.Double(cell));
                break;
            case CellKind.Date:
                WriteText(json, row.Date(cell), "O");
                break;
            case CellKind.Instant:
                // The writer trims trailing zeros of the fraction, and writes UTC as Z.
                json.WriteStringValue(row.Instant(cell).UtcDateTime);
                break;
            case CellKind.Time:
                WriteText(json, row.Time(cell), "HH:mm:ss.FFFFFFF");
                break;
            default:
                JsonSerializer.Serialize(json, row.Other(cell), Others);
                break;
        }
    }

    private static void WriteText<T>(Utf8JsonWriter json, T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[64];
        json.WriteStringValue(value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture) ? text[..length] : throw new FormatException());
    }

    private static void WriteDouble(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "INF" : "-INF");
        }
    }
}
