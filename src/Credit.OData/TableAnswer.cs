using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Credit.OData.Writing;

namespace Credit.OData;

/// <summary>Writes tables: lists, one row, one value, addresses.</summary>
internal static class TableAnswer
{
    public static Answer Write(Table table, BoundQuery query, string root, string context)
    {
        var format = query.Format;
        var place = table.Set is null ? null : new Place(root, table.Set);
        return query.Shows switch
        {
            Shows.Rows => List(table, format, place, root, context),
            Shows.Row when format.Kind != FormatKind.Json => List(table, format, place, root, context),
            Shows.Row => Answers.Json(format, json => JsonRows.Write(json, format, place, table.Layout, new ValueCells(table.Rows[0]), context, table.Within(0, format, root))),
            Shows.Property => Property(table, format, context),
            Shows.Value or Shows.ValueCount => Value(table, query.Shows == Shows.ValueCount),
            Shows.References => Answers.Json(format, json => References(json, table, format, place!, context)),
            _ => Answers.Json(format, json =>
            {
                json.WriteStartObject();
                WriteContext(json, format, context);
                json.WriteString(ControlLabels.For(format).Id, place!.AddressOf(new ValueCells(table.Rows[0]), table.Layout));
                json.WriteEndObject();
            }),
        };
    }

    /// <summary>The tag of a list, as every lane makes it.</summary>
    /// <param name="table">Its rows, with all columns of the set, shown or read along.</param>
    /// <param name="all">All columns of the set.</param>
    /// <param name="format">Form of the answer.</param>
    /// <param name="asked">The address asked for.</param>
    public static string TagOf(Table table, RowLayout all, AnswerFormat format, Asked asked)
    {
        int[] cells = [.. all.Columns.Select(column => Array.FindIndex(table.Layout.Columns, each => each.Name == column.Name))];
        using var whole = new AnswerBuffer();
        using var tagged = new JsonAnswer(AnswerFormat.Json, new Place(asked.Root, table.Set!), all, whole);
        tagged.Begin("", null);
        foreach (var row in table.Rows)
        {
            tagged.Row(new ValueCells([.. cells.Select(cell => row[cell])]));
        }

        tagged.End(null);
        return EntityTags.Of(whole.Written.Span[tagged.Rows], table.Count, table.Next is not null, asked.AsOf, format);
    }

    private static Answer List(Table table, AnswerFormat format, Place? place, string root, string context)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var answer = AnswerWriter.For(format, place, table.Layout, buffer))
        {
            answer.Begin(context, table.Count);
            for (var row = 0; row < table.Rows.Count; row++)
            {
                answer.Row(new ValueCells(table.Rows[row]), table.Within(row, format, root));
            }

            answer.End(table.Next);
        }

        return new(format.ContentType, buffer.WrittenMemory) { Next = format.Kind == FormatKind.Json ? null : table.Next };
    }

    private static Answer Property(Table table, AnswerFormat format, string context) =>
        // A single value that is null is no content, not a null in a body.
        table.Rows[0][0] is null ? Answer.Nothing : Answers.Json(format, json =>
        {
            json.WriteStartObject();
            WriteContext(json, format, context);
            if (format.Metadata == MetadataLevel.Full && table.Layout.Columns[0].Kind.ToldType() is { } type)
            {
                json.WriteString(ControlLabels.For(format).Type, format.Modern ? type : "#" + type);
            }

            json.WritePropertyName("value"u8);
            JsonValues.Write(json, new ValueCells(table.Rows[0]), 0, table.Layout.Columns[0].Kind, format.Ieee754Compatible);
            json.WriteEndObject();
        });

    private static Answer Value(Table table, bool count)
    {
        return table.Rows[0][0] is not { } value ? Answer.Nothing : Answers.Text(value switch
        {
            Array many when count => many.Length.ToString(CultureInfo.InvariantCulture),
            string text => text,
            bool truth => truth ? "true" : "false",
            DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
            DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        });
    }

    private static void References(Utf8JsonWriter json, Table table, AnswerFormat format, Place place, string context)
    {
        json.WriteStartObject();
        WriteContext(json, format, context);
        var labels = ControlLabels.For(format);
        if (table.Count is { } count)
        {
            JsonAnswer.WriteCount(json, labels.Count, count, format);
        }

        json.WriteStartArray("value"u8);
        foreach (var row in table.Rows)
        {
            json.WriteStartObject();
            json.WriteString(labels.Id, place.AddressOf(new ValueCells(row), table.Layout));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (table.Next is { } next)
        {
            json.WriteString(labels.NextLink, next);
        }

        json.WriteEndObject();
    }

    private static void WriteContext(Utf8JsonWriter json, AnswerFormat format, string context)
    {
        if (format.Metadata != MetadataLevel.None)
        {
            json.WriteString(ControlLabels.For(format).Context, context);
        }
    }
}
