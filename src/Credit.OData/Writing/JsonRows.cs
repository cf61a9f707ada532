using System.Text.Json;

namespace Credit.OData.Writing;

/// <summary>Labels of control information in the spelling an answer was asked for in.</summary>
internal sealed class ControlLabels(string prefix)
{
    public static readonly ControlLabels Prefixed = new("@odata.");
    public static readonly ControlLabels Plain = new("@");

    public JsonEncodedText Context { get; } = JsonEncodedText.Encode(prefix + "context");

    public JsonEncodedText Count { get; } = JsonEncodedText.Encode(prefix + "count");

    public JsonEncodedText NextLink { get; } = JsonEncodedText.Encode(prefix + "nextLink");

    public JsonEncodedText DeltaLink { get; } = JsonEncodedText.Encode(prefix + "deltaLink");

    public JsonEncodedText Type { get; } = JsonEncodedText.Encode(prefix + "type");

    public JsonEncodedText Id { get; } = JsonEncodedText.Encode(prefix + "id");

    public JsonEncodedText ReadLink { get; } = JsonEncodedText.Encode(prefix + "readLink");

    /// <summary>A control of one member, <c>Owner@odata.count</c> for example.</summary>
    public string Of(string member, string control) => member + prefix + control;

    public static ControlLabels For(AnswerFormat format) => format.Modern ? Plain : Prefixed;
}

/// <summary>Rows as JSON objects, alone, in a list or inside another row.</summary>
internal static class JsonRows
{
    /// <summary>Writes one row as an object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="format">How much control information, in which spelling.</param>
    /// <param name="place">Where the row lives; null where it has no address.</param>
    /// <param name="layout">Its columns.</param>
    /// <param name="row">Its cells.</param>
    /// <param name="context">Context of an answer that is this one row; null inside others.</param>
    /// <param name="inside">Writes what is expanded inside it; null when nothing is.</param>
    public static void Write<TCells>(
        Utf8JsonWriter json, AnswerFormat format, Place? place, RowLayout layout, in TCells row, string? context = null, Action<Utf8JsonWriter>? inside = null)
        where TCells : ICells
    {
        json.WriteStartObject();
        if (context is not null && format.Metadata != MetadataLevel.None)
        {
            json.WriteString(ControlLabels.For(format).Context, context);
        }

        var full = format.Metadata == MetadataLevel.Full;
        if (full)
        {
            WriteLinks(json, format, place, layout, row);
        }
        else if (format.Metadata == MetadataLevel.Minimal)
        {
            WriteMissingId(json, format, place, layout, row);
        }

        for (var cell = 0; cell < layout.Shown; cell++)
        {
            var column = layout.Columns[cell];
            if (format.OmitNulls && column.IsNullable && row.IsNull(cell))
            {
                continue;
            }

            if (full && column.Kind.ToldType() is { } type)
            {
                json.WriteString(format.Modern ? column.PlainTypeLabel : column.TypeLabel, format.Modern ? type : "#" + type);
            }

            json.WritePropertyName(column.Label);
            JsonValues.Write(json, row, cell, column.Kind, format.Ieee754Compatible);
        }

        inside?.Invoke(json);
        if (full && place is not null && layout is { Key: >= 0, Navigations.Count: > 0 })
        {
            var address = place.AddressOf(row, layout);
            foreach (var navigation in layout.Navigations)
            {
                json.WriteString(ControlLabels.For(format).Of(navigation, "associationLink"), $"{address}/{navigation}/$ref");
                json.WriteString(ControlLabels.For(format).Of(navigation, "navigationLink"), $"{address}/{navigation}");
            }
        }

        json.WriteEndObject();
    }

    // Without all of its key nobody could tell which row it is (JSON format, 4.6.4). What has no address says so to readers of 4.0.
    private static void WriteMissingId<TCells>(Utf8JsonWriter json, AnswerFormat format, Place? place, RowLayout layout, in TCells row)
        where TCells : ICells
    {
        if (layout.Type is null && !format.Modern)
        {
            json.WriteNull(ControlLabels.For(format).Id);
        }
        else if (place is not null && layout.Key >= layout.Shown)
        {
            json.WriteString(ControlLabels.For(format).Id, place.AddressOf(row, layout));
        }
    }

    // The feeds are read-only: a row has an address to be read at, none to be edited at.
    private static void WriteLinks<TCells>(Utf8JsonWriter json, AnswerFormat format, Place? place, RowLayout layout, in TCells row)
        where TCells : ICells
    {
        var labels = ControlLabels.For(format);
        if (layout.Type is { } type)
        {
            json.WriteString(labels.Type, "#" + type);
        }
        else
        {
            WriteMissingId(json, format, place, layout, row);
        }

        if (place is not null && layout.Key >= 0)
        {
            var address = place.AddressOf(row, layout);
            json.WriteString(labels.Id, address);
            json.WriteString(labels.ReadLink, address);
        }
    }
}
