using System.Globalization;

namespace Credit.OData.Writing;

/// <summary>Where rows of an answer live: what links are made of.</summary>
/// <param name="Root">Address of the surface, without a slash at its end.</param>
/// <param name="Set">Name of the set.</param>
internal sealed record Place(string Root, string Set)
{
    /// <summary>Context of a list or of one row.</summary>
    /// <param name="shown">Names of the columns selected and, with their own parentheses, of what is expanded; null when nothing was selected or expanded.</param>
    /// <param name="single">Of one row.</param>
    public string Context(IReadOnlyCollection<string>? shown, bool single) =>
        $"{Root}/$metadata#{Set}{(shown is null ? "" : $"({string.Join(',', shown)})")}{(single ? "/$entity" : "")}";

    /// <summary>Address of the row with this key.</summary>
    public string AddressOf<TCells>(in TCells row, RowLayout layout)
        where TCells : ICells => $"{Root}/{Set}({KeyOf(row, layout)})";

    private static string KeyOf<TCells>(in TCells row, RowLayout layout)
        where TCells : ICells => layout.Columns[layout.Key].Kind switch
        {
            CellKind.Guid => row.Guid(layout.Key).ToString("D"),
            CellKind.Text => $"'{Uri.EscapeDataString(row.Text(layout.Key).Replace("'", "''", StringComparison.Ordinal))}'",
            CellKind.Int64 => row.Int64(layout.Key).ToString(CultureInfo.InvariantCulture),
            CellKind.Int16 or CellKind.Int32 => row.Int32(layout.Key).ToString(CultureInfo.InvariantCulture),
            CellKind.Decimal => row.Decimal(layout.Key).ToString(CultureInfo.InvariantCulture),
            CellKind.Date => row.Date(layout.Key).ToString("O", CultureInfo.InvariantCulture),
            CellKind.Instant => Uri.EscapeDataString(row.Instant(layout.Key).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)),
            var kind => throw new InvalidOperationException($"A {kind} is no key."),
        };
}
