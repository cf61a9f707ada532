using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Credit.Core.Intake.Reading;

/// <summary>Which fields of a layout a file has, and under which header.</summary>
/// <param name="layout">The layout the ordinals belong to.</param>
/// <param name="headers">Header as the file has it, by ordinal; null when the column is absent.</param>
internal sealed class ColumnMap(Layout layout, string?[] headers)
{
    /// <summary>The layout the ordinals belong to.</summary>
    public Layout Layout { get; } = layout;

    /// <summary>Header of the column as the file has it; null when absent.</summary>
    public string? HeaderOf(int ordinal) => headers[ordinal];
}

/// <summary>The cells of one row, by ordinal on the hot path and by field code for everybody else.</summary>
/// <param name="columns">Shared by all rows of a file.</param>
/// <param name="values">By ordinal.</param>
internal sealed class FieldCells(ColumnMap columns, string?[] values) : IReadOnlyDictionary<string, string?>
{
    /// <summary>Which columns the file has.</summary>
    public ColumnMap Columns => columns;

    /// <inheritdoc/>
    public int Count => Keys.Count();

    /// <inheritdoc/>
    public IEnumerable<string> Keys => this.Select(cell => cell.Key);

    /// <inheritdoc/>
    public IEnumerable<string?> Values => this.Select(cell => cell.Value);

    /// <summary>Raw value by ordinal; null when empty or when the column is absent.</summary>
    public string? this[int ordinal] => values[ordinal];

    /// <inheritdoc/>
    public string? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    /// <summary>Cells of a row that did not come from a file, for example from a form.</summary>
    /// <param name="layout">The layout of the row.</param>
    /// <param name="cells">Values by field code.</param>
    public static FieldCells From(Layout layout, IReadOnlyDictionary<string, string?> cells)
    {
        if (cells is FieldCells same && ReferenceEquals(same.Columns.Layout, layout))
        {
            return same;
        }

        var headers = new string?[layout.Fields.Count];
        var values = new string?[layout.Fields.Count];
        for (var ordinal = 0; ordinal < values.Length; ordinal++)
        {
            if (cells.TryGetValue(layout.Fields[ordinal].Code, out values[ordinal]))
            {
                headers[ordinal] = layout.Fields[ordinal].Code;
            }
        }

        return new FieldCells(new ColumnMap(layout, headers), values);
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string? value)
    {
        var ordinal = columns.Layout.Find(key);
        value = ordinal < 0 ? null : values[ordinal];
        return ordinal >= 0 && columns.HeaderOf(ordinal) is not null;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string?>> GetEnumerator()
    {
        for (var ordinal = 0; ordinal < values.Length; ordinal++)
        {
            if (columns.HeaderOf(ordinal) is not null)
            {
                yield return new(columns.Layout.Fields[ordinal].Code, values[ordinal]);
            }
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
