namespace Credit.Core.Intake;

/// <summary>What came of one row.</summary>
internal enum RowVerdict
{
    /// <summary>Stored as given.</summary>
    Accepted,

    /// <summary>Stored after a normalisation or with a doubt that is recorded.</summary>
    AcceptedWithWarning,

    /// <summary>Already stored with the same content: nothing to do.</summary>
    Unchanged,

    /// <summary>Already stored with other content: a correction to be confirmed, never overwritten silently (I86).</summary>
    Conflict,

    /// <summary>Kept aside until the registrar confirms a code whose check digit fails.</summary>
    Quarantined,

    /// <summary>Not stored; comes back with the reasons.</summary>
    Rejected,
}

/// <summary>One finding in a row.</summary>
/// <param name="Code">Stable upper-case code, explained in Chinese and English by the table of intake codes.</param>
/// <param name="Field">Field code of the layout, for example <c>CF_WSH</c>.</param>
/// <param name="Column">Header of the column as the file had it; null when the column is absent.</param>
/// <param name="Verdict">The verdict this finding alone would lead to.</param>
internal sealed record RowIssue(string Code, string Field, string? Column, RowVerdict Verdict)
{
    /// <summary>The rule of the domain that refuses, where the code alone does not say which; null otherwise.</summary>
    public Credit.Domain.Policy.Refusal? Reason { get; init; }
}

/// <summary>One data row of a file, cells by field code, as read: nothing trimmed, nothing converted.</summary>
/// <param name="Number">Row number a spreadsheet shows (header and blank rows counted); in JSON the position, first = 1.</param>
/// <param name="Cells">Raw cell values by field code; fields whose column is absent are missing.</param>
/// <param name="Issues">Findings of the reader itself (cell count, error cells, lost precision, wrong JSON types).</param>
internal sealed record RawRow(int Number, IReadOnlyDictionary<string, string?> Cells, IReadOnlyList<RowIssue> Issues);

/// <summary>One row after validation.</summary>
/// <typeparam name="TRecord">The typed record of the layout.</typeparam>
/// <param name="Number">Row number.</param>
/// <param name="Record">The record to store; null when rejected.</param>
/// <param name="Verdict">Verdict so far: duplicates and register look-ups come later.</param>
/// <param name="Issues">All findings, the reader's included.</param>
internal sealed record ReadRow<TRecord>(int Number, TRecord? Record, RowVerdict Verdict, IReadOnlyList<RowIssue> Issues)
    where TRecord : class;
