using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Reading;
using Credit.Domain.Policy;
using Npgsql;

namespace Credit.Core.Intake;

/// <summary>One kind of file: its layout, and how its rows get into the register. Implementing this role is the registration.</summary>
internal interface IIntakeKind
{
    /// <summary>The fields of the file. Its name is the kind, as in <c>/api/intake/{kind}</c>.</summary>
    Layout Layout { get; }

    /// <summary>Item of the catalogue its rows are collected under; null when the catalogue has none: nothing of the kind is collected.</summary>
    CatalogueItem? ItemIn(PolicyPack policy) => policy.Catalogue.SingleOrDefault(item => item.Key == Layout.Name);

    /// <summary>Working days in which its rows are reported.</summary>
    WorkingDays TermIn(PolicyPack policy) => policy.ReportingTermOf(Layout.Name);

    /// <summary>Takes in every row of a file inside the session's open transaction.</summary>
    /// <exception cref="SheetUnreadableException">The file breaks off; the caller rolls back.</exception>
    Task<IntakeTotals> TakeInAsync(IntakeSession session, CancellationToken cancel);

    /// <summary>Takes in rows of an earlier batch that waited for the registrar; their codes are confirmed in the session's run.</summary>
    /// <returns>The rows that were taken in.</returns>
    Task<IReadOnlyList<int>> ReleaseAsync(IntakeSession session, IReadOnlyList<RawRow> rows, CancellationToken cancel);
}

/// <summary>A kind whose stored records may be corrected by a later row (I86).</summary>
internal interface ICorrectableKind : IIntakeKind
{
    /// <summary>True when the records themselves write their correction into the log.</summary>
    bool AnnouncesCorrections => false;

    /// <summary>Puts a new version in force; the old one stays.</summary>
    /// <returns>The new and the replaced record; null when the row is no longer a correction of anything.</returns>
    Task<(Guid Record, Guid Replaced)?> CorrectAsync(IntakeSession session, RawRow row, CancellationToken cancel);
}

/// <summary>One batch being taken in.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Run">What all its rows share.</param>
/// <param name="Connection">Connection with the open transaction everything is written in.</param>
/// <param name="OpenSheet">Opens the file anew, from its first row.</param>
/// <param name="Progress">Tells how many rows were read; visible before the transaction commits.</param>
internal sealed record IntakeSession(IntakeBatch Batch, IntakeRun Run, NpgsqlConnection Connection, Func<SheetReader> OpenSheet, Action<int> Progress);

/// <summary>The fates of a batch's rows; the six add up to the rows (I88).</summary>
internal sealed record IntakeTotals
{
    public int Accepted { get; init; }

    public int AcceptedWithWarning { get; init; }

    public int Unchanged { get; init; }

    public int Conflicts { get; init; }

    public int Quarantined { get; init; }

    public int Rejected { get; init; }

    /// <summary>Stored rows that came after their due day.</summary>
    public int Late { get; init; }

    /// <summary>Blank rows passed over.</summary>
    public int BlankRows { get; init; }

    /// <summary>Findings about the file that were known only after its last row.</summary>
    public IReadOnlyList<FileFinding> Findings { get; init; } = [];

    /// <summary>SHA-256, hex, over the content hashes of the stored records; null when the records announce themselves.</summary>
    public string? RecordsHash { get; init; }

    public int Rows => Accepted + AcceptedWithWarning + Unchanged + Conflicts + Quarantined + Rejected;

    public int Stored => Accepted + AcceptedWithWarning;
}
