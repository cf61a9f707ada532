using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Records;

namespace Credit.Core.Intake.Licences;

/// <summary>Judges one row of a licence file (R-3.1.1.b, R-3.1.4). Whether it is already stored is decided later, by key and content hash.</summary>
internal static class ReadLicence
{
    private const string OtherCategory = "其他";

    /// <summary>The typed record, or every reason against the row.</summary>
    /// <param name="raw">The row as read.</param>
    /// <param name="run">What all rows of the file share.</param>
    public static ReadRow<LicenceRecord> Read(RawRow raw, IntakeRun run)
    {
        var row = new RowScan(raw, LicenceLayout.Layout, run);
        var counterpart = LicenceLayout.Counterpart.Read(row);
        var documentName = row.Required(row.Text(LicenceLayout.DocumentName), LicenceLayout.DocumentName);
        var documentNumber = row.Required(row.DocumentNumber(LicenceLayout.DocumentNumber), LicenceLayout.DocumentNumber);
        var remark = row.Text(LicenceLayout.Remark);
        var category = ReadCategory(row, remark);
        var certificateName = row.Text(LicenceLayout.CertificateName);
        var certificateNumber = row.Text(LicenceLayout.CertificateNumber);
        var content = row.Text(LicenceLayout.Content);
        var decidedOn = row.DecisionDay(LicenceLayout.DecidedOn);
        var validFrom = row.Day(LicenceLayout.ValidFrom);
        var validTo = row.Day(LicenceLayout.ValidTo, isEndOfValidity: true);
        row.MustNotEndBefore(LicenceLayout.ValidTo, validTo, validFrom);
        row.MustNotEndBefore(LicenceLayout.ValidTo, validTo, decidedOn);
        var organ = row.Required(row.Text(LicenceLayout.Organ), LicenceLayout.Organ);
        var organCode = row.UnifiedCode(LicenceLayout.OrganCode, ofSubject: false);
        var status = ReadStatus(row);
        var source = row.Text(LicenceLayout.Source);
        var sourceCode = row.UnifiedCode(LicenceLayout.SourceCode, ofSubject: false);
        var timing = row.TimingFrom(decidedOn, LicenceLayout.DecidedOn);
        if (row.Verdict == RowVerdict.Rejected || counterpart is null)
        {
            return new(raw.Number, Record: null, RowVerdict.Rejected, row.Issues);
        }

        (int, string?)[] texts =
            [(LicenceLayout.DocumentName, documentName), (LicenceLayout.CertificateName, certificateName), (LicenceLayout.Content, content), (LicenceLayout.Remark, remark)];
        if (row.RefuseForbiddenKinds(counterpart, texts))
        {
            return new(raw.Number, Record: null, RowVerdict.Rejected, row.Issues);
        }

        var withheld = LicenceLayout.Counterpart.WithholdMinor(row, counterpart, decidedOn!.Value);
        var publication = row.Judge(
            withheld,
            texts);
        var record = new LicenceRecord
        {
            Counterpart = counterpart,
            DocumentName = documentName!,
            DocumentNumber = documentNumber!,
            Category = category!,
            CertificateName = certificateName,
            CertificateNumber = certificateNumber,
            Content = content,
            DecidedOn = decidedOn.Value,
            ValidFrom = validFrom,
            ValidTo = validTo,
            Organ = organ!,
            OrganCode = organCode,
            IsValid = status!.Value,
            Source = source,
            SourceCode = sourceCode,
            Remark = remark,
            Publication = publication,
            Timing = timing,
        };
        record.Seal(run.Vault);
        return new(raw.Number, record, row.Verdict, row.Issues);
    }

    private static string? ReadCategory(RowScan row, string? remark)
    {
        var category = row.Required(row.Text(LicenceLayout.Category), LicenceLayout.Category);
        switch (category)
        {
            case null or "普通" or "特许" or "认可" or "核准" or "登记":
                return category;
            case OtherCategory:
                // The standard wants the remark to say what "other" is.
                row.Require(remark is not null, LicenceLayout.Remark, CellCodes.MissingConditional);
                return category;
            default:
                row.Reject(CellCodes.UnknownCodeValue, LicenceLayout.Category);
                return null;
        }
    }

    private static bool? ReadStatus(RowScan row)
    {
        var status = row.Required(row.Text(LicenceLayout.Status), LicenceLayout.Status);
        switch (status)
        {
            case null:
                return null;
            case "1" or "2":
                return status == "1";
            case "有效" or "无效" or "１" or "２":
                row.Warn(CellCodes.StatusNormalised, LicenceLayout.Status);
                return status is "有效" or "１";
            default:
                row.Reject(CellCodes.UnknownCodeValue, LicenceLayout.Status);
                return null;
        }
    }
}
