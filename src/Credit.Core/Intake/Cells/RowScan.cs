using Credit.Core.Intake.Reading;

namespace Credit.Core.Intake.Cells;

/// <summary>One row under validation: hands out normalised cells and collects every finding, not only the first (I88).</summary>
internal sealed class RowScan
{
    private readonly FieldCells _cells;
    private List<RowIssue>? _issues;

    /// <summary>Starts with the reader's own findings; fields they spoil are not judged again.</summary>
    public RowScan(RawRow row, Layout layout, IntakeRun run)
    {
        Run = run;
        _cells = FieldCells.From(layout, row.Cells);
        Layout = layout;
        foreach (var issue in row.Issues)
        {
            (_issues ??= []).Add(issue);
            Verdict = Worse(Verdict, issue.Verdict);
            if (issue.Verdict == RowVerdict.Rejected && layout.Find(issue.Field) is >= 0 and var ordinal)
            {
                Spoiled |= 1UL << ordinal;
            }
        }
    }

    /// <summary>What all rows of the file share.</summary>
    public IntakeRun Run { get; }

    /// <summary>The layout of the row.</summary>
    public Layout Layout { get; }

    /// <summary>The worst verdict of all findings so far.</summary>
    public RowVerdict Verdict { get; private set; }

    /// <summary>All findings so far.</summary>
    public IReadOnlyList<RowIssue> Issues => _issues ?? (IReadOnlyList<RowIssue>)[];

    /// <summary>One bit per ordinal: fields already refused, so that one mistake is reported once.</summary>
    private ulong Spoiled { get; set; }

    /// <summary>Raw cell; null when empty, absent or refused by the reader.</summary>
    public string? Raw(int ordinal) => IsSpoiled(ordinal) ? null : _cells[ordinal];

    /// <summary>True when a finding already refuses this field.</summary>
    public bool IsSpoiled(int ordinal) => (Spoiled & (1UL << ordinal)) != 0;

    /// <summary>Records a doubt; the value is kept.</summary>
    public void Warn(string code, int ordinal) => Add(code, ordinal, RowVerdict.AcceptedWithWarning);

    /// <summary>Records a reason to refuse the row; the field is not judged again.</summary>
    public void Reject(string code, int ordinal)
    {
        Spoiled |= 1UL << ordinal;
        Add(code, ordinal, RowVerdict.Rejected);
    }

    /// <summary>Records a code that only the registrar can confirm.</summary>
    public void Quarantine(string code, int ordinal) => Add(code, ordinal, RowVerdict.Quarantined);

    /// <summary>Refuses the row when the value is absent, unless another finding already says why.</summary>
    public void Require(bool present, int ordinal, string code = CellCodes.MissingMandatory)
    {
        if (!present && !IsSpoiled(ordinal))
        {
            Reject(code, ordinal);
        }
    }

    /// <summary>Passes a compulsory value on, or refuses the row when it is absent.</summary>
    public string? Required(string? value, int ordinal)
    {
        Require(value is not null, ordinal);
        return value;
    }

    private static RowVerdict Worse(RowVerdict one, RowVerdict other) => one > other ? one : other;

    private void Add(string code, int ordinal, RowVerdict verdict)
    {
        (_issues ??= []).Add(new RowIssue(code, Layout.Fields[ordinal].Code, _cells.Columns.HeaderOf(ordinal), verdict));
        Verdict = Worse(Verdict, verdict);
    }
}
