using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Merging;
using Credit.Domain.Policy;
using Npgsql;

namespace Credit.Core.Intake.Penalties;

/// <summary>How penalties lie in <c>core.penalty</c>.</summary>
internal sealed class PenaltyTable() : PublicityTable<PenaltyRecord>(
    "penalty", PenaltyLayout.Layout, "CF", ("CF_CFJG", "CF_CFJGDM", "CF_SJLY", "CF_SJLYDM"))
{
    public override IReadOnlyList<RecordColumn> Own { get; } =
    [
        new("violation", "text", "CF_WFXW"), new("facts", "text", "CF_SY"), new("legal_basis", "text", "CF_YJ"), new("categories", "text", "CF_CFLB"),
        new("content", "text", "CF_NR"), new("fine_yuan", "numeric", "CF_NR_FK"), new("confiscated_yuan", "numeric", "CF_NR_WFFF"),
        new("licences_withheld", "text", "CF_NR_ZKDX"), new("valid_to", "date", "CF_YXQ"), new("severity", "text", null),
    ];

    public override ReadRow<PenaltyRecord> Read(RawRow raw, IntakeRun run) => ReadPenalty.Read(raw, run);

    protected override void WriteOwn(NpgsqlBinaryImporter row, PenaltyRecord record, PolicyPack pack)
    {
        row.Write(record.Violation);
        row.Write(record.Facts);
        row.Write(record.LegalBasis);
        row.Write(record.Categories);
        row.Write(record.Content);
        row.WriteAmount(record.FineYuan);
        row.WriteAmount(record.ConfiscatedYuan);
        row.WriteText(record.Certificate);
        row.Write(record.ValidTo);
        row.WriteText(pack.SeverityOfPenalty(record.Categories)?.ToString());
    }

    // The department's own end wins within the longest term; without one the pack's months run from the decision (R-3.1.4.h, I20).
    public override DateOnly PublicUntil(PenaltyRecord record, PolicyPack pack) =>
        pack.PenaltyPublicUntil(record.DecidedOn, record.PublishedTo, pack.SeverityOfPenalty(record.Categories));

    public override bool Shown(PenaltyRecord record, PolicyPack pack) => pack.Publishes(pack.SeverityOfPenalty(record.Categories));

    public override (string Name, string Code) SourceOf(PenaltyRecord record) => (record.Source, record.SourceCode);

    public override string? RemarkOf(PenaltyRecord record) => record.Remark;

    protected override (string Field, string? Value)? OwnParticular(PenaltyRecord record) =>
        record.PublishedTo is { } day ? ("CF_GSJZQ", day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)) : null;
}
