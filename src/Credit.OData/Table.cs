using System.Text.Json;
using Credit.OData.Writing;

namespace Credit.OData;

/// <summary>Rows of an answer, with what is inside of each.</summary>
/// <param name="Set">Name of the set the rows are of; null where they are of none, as groups are.</param>
/// <param name="Layout">Their columns.</param>
/// <param name="Rows">Their values, in the order of the layout; values beyond it are for the server itself.</param>
internal sealed record Table(string? Set, RowLayout Layout, IReadOnlyList<object?[]> Rows)
{
    /// <summary>Number of all rows, whatever the page; null where it was not asked for.</summary>
    public long? Count { get; init; }

    /// <summary>Address of the next page; null on the last.</summary>
    public string? Next { get; init; }

    /// <summary>What the ways followed led to.</summary>
    public IReadOnlyList<Inside> Inside { get; init; } = [];

    /// <summary>Some of the rows, with what is inside of them.</summary>
    public Table Only(IReadOnlyList<int> rows) => this with
    {
        Rows = [.. rows.Select(row => Rows[row])],
        Inside = [.. Inside.Select(inside => inside with { Found = [.. rows.Select(row => inside.Found[row])] })],
    };

    /// <summary>Writes what is inside of a row; null where nothing is.</summary>
    public Action<Utf8JsonWriter>? Within(int row, AnswerFormat format, string root) => Inside.Count == 0 ? null : json =>
    {
        foreach (var inside in Inside)
        {
            inside.Write(json, inside.Found[row], format, root);
        }
    };
}

/// <summary>Where one way led from each row of a table.</summary>
/// <param name="Name">Name of the way.</param>
/// <param name="Shows">What is shown of it.</param>
/// <param name="Single">It leads to one row at most.</param>
/// <param name="Found">Rows found, for each row; of a number only the count is set.</param>
internal sealed record Inside(string Name, ExpandShows Shows, bool Single, IReadOnlyList<Table> Found)
{
    public void Write(Utf8JsonWriter json, Table found, AnswerFormat format, string root)
    {
        var labels = ControlLabels.For(format);
        if (found.Count is { } count)
        {
            JsonAnswer.WriteCount(json, JsonEncodedText.Encode(labels.Of(Name, "count")), count, format);
        }

        if (Shows == ExpandShows.Count)
        {
            return;
        }

        json.WritePropertyName(Name);
        if (Single)
        {
            WriteRow(json, found, 0, format, root);
            return;
        }

        json.WriteStartArray();
        for (var row = 0; row < found.Rows.Count; row++)
        {
            WriteRow(json, found, row, format, root);
        }

        json.WriteEndArray();
        if (found.Next is { } next)
        {
            json.WriteString(labels.Of(Name, "nextLink"), next);
        }
    }

    private void WriteRow(Utf8JsonWriter json, Table found, int row, AnswerFormat format, string root)
    {
        var place = new Place(root, found.Set!);
        if (row >= found.Rows.Count)
        {
            json.WriteNullValue();
        }
        else if (Shows == ExpandShows.References)
        {
            json.WriteStartObject();
            json.WriteString(ControlLabels.For(format).Id, place.AddressOf(new ValueCells(found.Rows[row]), found.Layout));
            json.WriteEndObject();
        }
        else
        {
            JsonRows.Write(json, format, place, found.Layout, new ValueCells(found.Rows[row]), null, found.Within(row, format, root));
        }
    }
}
