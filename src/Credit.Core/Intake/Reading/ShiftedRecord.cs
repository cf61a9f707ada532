namespace Credit.Core.Intake.Reading;

/// <summary>
/// A record with more cells than the header: somewhere a comma inside a text was not quoted. The row is rejected; the likeliest
/// place is found so that the department is pointed to the right cell and the other cells are judged in their own columns.
/// </summary>
internal static class ShiftedRecord
{
    /// <summary>The record with the surplus cells joined where the rest of the record then fits best; null when it fits best as it stands, as after a comma at the end of every line.</summary>
    /// <param name="source">At the record.</param>
    /// <param name="columns">Columns of the file.</param>
    /// <param name="ordinals">Ordinal by column; negative where unknown.</param>
    /// <param name="filled">Cells too many, up to the last filled one: the record must be shifted by at least so many.</param>
    public static RawRow? TryRead(TableSource source, ColumnMap columns, int[] ordinals, int filled)
    {
        var fields = columns.Layout.Fields;
        var best = -1;
        var extra = 0;
        // As it stands, unless something would then be lost to the right of the table.
        var bestScore = (Fit: filled > 0 ? int.MinValue : Fit(source, fields, ordinals, split: -1, 0), Room: int.MaxValue);
        for (var surplus = Math.Max(1, filled); surplus <= source.Count - ordinals.Length; surplus++)
        {
            for (var split = 0; split < ordinals.Length; split++)
            {
                if (ordinals[split] < 0 || fields[ordinals[split]].Shape != FieldShape.Text)
                {
                    continue;
                }

                // Among places that fit equally well, the longest text is the likeliest to hold a comma.
                var score = (Fit(source, fields, ordinals, split, surplus), fields[ordinals[split]].MaxLength);
                if (score.CompareTo(bestScore) > 0)
                {
                    (best, extra, bestScore) = (split, surplus, score);
                }
            }
        }

        if (best < 0 && filled == 0)
        {
            return null;
        }

        best = Math.Max(best, 0);
        var values = new string?[fields.Count];
        for (var column = 0; column < ordinals.Length; column++)
        {
            if (ordinals[column] < 0)
            {
                continue;
            }

            values[ordinals[column]] = column == best
                ? string.Join(',', Enumerable.Range(column, extra + 1).Select(source.Value))
                : source.Value(column < best ? column : column + extra);
        }

        var at = ordinals[best];
        var issue = at < 0
            ? new RowIssue(ReaderCodes.FieldCount, "", Column: null, RowVerdict.Rejected)
            : new RowIssue(ReaderCodes.FieldCount, fields[at].Code, columns.HeaderOf(at), RowVerdict.Rejected);
        return new RawRow(source.Number, new FieldCells(columns, values), [issue]);
    }

    private static int Fit(TableSource source, IReadOnlyList<FieldDefinition> fields, int[] ordinals, int split, int extra)
    {
        var fit = 0;
        for (var column = 0; column < ordinals.Length; column++)
        {
            if (ordinals[column] < 0)
            {
                continue;
            }

            var text = source.Text(split < 0 || column <= split ? column : column + extra).Trim();
            var field = fields[ordinals[column]];
            if (text.IsEmpty)
            {
                fit += field.Mandatory ? -1 : 0;
                continue;
            }

            fit += Fits(text, field) ? 1 : -1;
        }

        return fit;
    }

    private static bool Fits(ReadOnlySpan<char> text, FieldDefinition field) => field.Shape switch
    {
        FieldShape.Date => text.Length <= 11 && char.IsAsciiDigit(text[0]),
        FieldShape.Number => char.IsAsciiDigit(text[^1]) && text.Length <= 20,
        FieldShape.Identifier => text.IndexOfAnyExceptInRange('0', 'z') < 0 && text.Length <= 20,
        FieldShape.Listed => text.Length <= 60 && !text.ContainsAny("，。《》"),
        _ => field.MaxLength == 0 || text.Length <= field.MaxLength,
    };
}
