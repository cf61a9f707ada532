using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Merging;
using Credit.Domain.Policy;
using Npgsql;

namespace Credit.Core.Intake.Licences;

/// <summary>How licences lie in <c>core.licence</c>.</summary>
internal sealed class LicenceTable() : PublicityTable<LicenceRecord>(
    "licence", LicenceLayout.Layout, "XK", ("XK_XKJG", "XK_XKJGDM", "XK_LYDW", "XK_LYDWDM"))
{
    public override IReadOnlyList<RecordColumn> Own { get; } =
    [
        new("document_name", "text", "XK_XKWS"), new("category", "text", "XK_XKLB"), new("certificate_name", "text", "XK_XKZS"),
        new("certificate_number", "text", "XK_XKBH"), new("content", "text", "XK_NR"), new("valid_from", "date", "XK_YXQZ"),
        new("valid_to", "date", "XK_YXQZI"), new("status", "text", "XK_ZT"),
    ];

    // How the standard writes a licence without an end.
    private static readonly DateOnly Unlimited = new(2099, 12, 31);

    public override ReadRow<LicenceRecord> Read(RawRow raw, IntakeRun run) => ReadLicence.Read(raw, run);

    protected override void WriteOwn(NpgsqlBinaryImporter row, LicenceRecord record, PolicyPack pack)
    {
        row.Write(record.DocumentName);
        row.Write(record.Category);
        row.WriteText(record.CertificateName);
        row.WriteText(record.CertificateNumber);
        row.Write(record.Content ?? "");
        row.WriteDay(record.ValidFrom);
        row.Write(record.ValidTo ?? Unlimited);
        row.Write(record.IsValid ? "1" : "2");
    }

    // A licence is shown while it is valid; one without an end for the pack's months from the decision (R-3.1.4.h).
    public override DateOnly PublicUntil(LicenceRecord record, PolicyPack pack) => record.ValidTo ?? record.DecidedOn.AddMonths(pack.PublicMonths);

    public override (string Name, string Code) SourceOf(LicenceRecord record) => (record.Source ?? "", record.SourceCode ?? "");

    public override string? RemarkOf(LicenceRecord record) => record.Remark;
}
