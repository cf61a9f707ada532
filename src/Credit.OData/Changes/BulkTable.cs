using System.Text.Json;

namespace Credit.OData.Changes;

/// <summary>Rows as lines of a table that spreadsheets read.</summary>
internal static class BulkTable
{
    /// <summary>A row's cells, separated by commas.</summary>
    /// <param name="row">The row as JSON.</param>
    /// <param name="columns">Its columns, in order.</param>
    public static string LineOf(string row, string[] columns)
    {
        using var json = JsonDocument.Parse(row);
        return string.Join(',', columns.Select(column => Cell(json.RootElement.GetProperty(column))));
    }

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => Quoted(value.GetString()!),
        JsonValueKind.Array => Quoted(string.Join('；', value.EnumerateArray().Select(each => each.ToString()))),
        _ => value.GetRawText(),
    };

    // A text that begins like a formula is made one that does not; spreadsheets would run it.
    private static string Quoted(string text) =>
        $"\"{(text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
