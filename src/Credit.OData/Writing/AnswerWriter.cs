using System.Buffers;
using System.Text.Json;

namespace Credit.OData.Writing;

/// <summary>Writes one list in one format: beginning, rows, end. Both lanes write through it.</summary>
internal abstract class AnswerWriter : IDisposable
{
    /// <summary>A writer of this format.</summary>
    /// <param name="format">Form and control information.</param>
    /// <param name="place">Where the rows live; null where they have no addresses.</param>
    /// <param name="layout">Their columns.</param>
    /// <param name="output">Where to.</param>
    public static AnswerWriter For(AnswerFormat format, Place? place, RowLayout layout, IBufferWriter<byte> output) => format.Kind switch
    {
        FormatKind.Csv => new CsvAnswer(layout, output),
        FormatKind.Ndjson => new NdjsonAnswer(format, place, layout, output),
        _ => new JsonAnswer(format, place, layout, output),
    };

    /// <summary>Begins the list.</summary>
    /// <param name="context">Its context.</param>
    /// <param name="count">Number of all rows; null when it was not asked for. CSV and NDJSON carry neither.</param>
    public abstract void Begin(string context, long? count);

    /// <summary>Writes one row.</summary>
    /// <param name="row">Its cells.</param>
    /// <param name="inside">Writes what is expanded inside it; CSV leaves that out.</param>
    public abstract void Row<TCells>(in TCells row, Action<Utf8JsonWriter>? inside = null)
        where TCells : ICells;

    /// <summary>Ends the list. CSV and NDJSON carry no links in their bodies.</summary>
    /// <param name="next">Address of the next page; null on the last.</param>
    /// <param name="delta">Address of the changes since; null when it was not asked for.</param>
    public abstract void End(string? next, string? delta = null);

    public virtual void Dispose()
    {
    }
}

/// <summary>One JSON document.</summary>
internal sealed class JsonAnswer(AnswerFormat format, Place? place, RowLayout layout, IBufferWriter<byte> output) : AnswerWriter
{
    private readonly Utf8JsonWriter _json = new(output, JsonValues.Writing);
    private readonly ControlLabels _labels = ControlLabels.For(format);
    private Utf8JsonWriter? _inside;
    private int _written;

    /// <summary>Which bytes of the answer are rows, once it has ended.</summary>
    public Range Rows { get; private set; }

    private int Written => (int)(_json.BytesCommitted + _json.BytesPending);

    public override void Begin(string context, long? count)
    {
        _json.WriteStartObject();
        if (format.Metadata != MetadataLevel.None)
        {
            _json.WriteString(_labels.Context, context);
        }

        if (count is { } number)
        {
            WriteCount(_json, _labels.Count, number, format);
        }

        _json.WriteStartArray("value"u8);
        Rows = Written..;
    }

    public override void Row<TCells>(in TCells row, Action<Utf8JsonWriter>? inside = null) => JsonRows.Write(_json, format, place, layout, row, null, inside);

    /// <summary>
    /// Writes one row that is written down already, in the form this answer has, past the writer into a buffer that holds this answer alone. All rows of an
    /// answer are written so, or none.
    /// </summary>
    /// <param name="row">A JSON object with at least one member.</param>
    /// <param name="inside">Writes what is expanded inside it.</param>
    public void Row(ReadOnlySpan<byte> row, Action<Utf8JsonWriter>? inside)
    {
        var buffer = (AnswerBuffer)output;
        if (_written == 0)
        {
            _json.Flush();
        }
        else
        {
            buffer.Write(","u8);
        }

        if (inside is null)
        {
            buffer.Write(row);
        }
        else
        {
            // What comes inside is written as an object of its own; its opening brace becomes the comma after the row's last member.
            buffer.Write(row[..^1]);
            var joint = buffer.Length;
            (_inside ??= new(buffer, JsonValues.Writing)).Reset();
            _inside.WriteStartObject();
            inside(_inside);
            _inside.WriteEndObject();
            _inside.Flush();
            buffer.Patch(joint, (byte)',');
        }

        _written = buffer.Length;
    }

    public override void End(string? next, string? delta = null)
    {
        Rows = Rows.Start..(_written > 0 ? _written : Written);
        _json.WriteEndArray();
        if (next is not null)
        {
            _json.WriteString(_labels.NextLink, next);
        }

        if (delta is not null)
        {
            _json.WriteString(_labels.DeltaLink, delta);
        }

        _json.WriteEndObject();
        _json.Flush();
    }

    public override void Dispose()
    {
        _json.Dispose();
        _inside?.Dispose();
        base.Dispose();
    }

    /// <summary>A count is a 64-bit number, and written as such.</summary>
    public static void WriteCount(Utf8JsonWriter json, JsonEncodedText label, long count, AnswerFormat format)
    {
        json.WritePropertyName(label);
        JsonValues.Write(json, new ValueCells([count]), 0, CellKind.Int64, format.Ieee754Compatible);
    }
}

/// <summary>One JSON row a line, without control information.</summary>
internal sealed class NdjsonAnswer(AnswerFormat format, Place? place, RowLayout layout, IBufferWriter<byte> output) : AnswerWriter
{
    private readonly Utf8JsonWriter _json = new(output, JsonValues.Writing);
    private readonly AnswerFormat _rows = format with { Metadata = MetadataLevel.None };

    public override void Begin(string context, long? count)
    {
    }

    public override void Row<TCells>(in TCells row, Action<Utf8JsonWriter>? inside = null)
    {
        JsonRows.Write(_json, _rows, place, layout, row, null, inside);
        _json.Flush();
        _json.Reset();
        output.Write("\n"u8);
    }

    public override void End(string? next, string? delta = null)
    {
    }

    public override void Dispose()
    {
        _json.Dispose();
        base.Dispose();
    }
}
