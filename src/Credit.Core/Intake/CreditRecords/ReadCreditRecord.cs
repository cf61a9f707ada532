using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Records;

namespace Credit.Core.Intake.CreditRecords;

/// <summary>Judges one row of credit records alone; what the catalogue and the register decide comes later.</summary>
internal static class ReadCreditRecord
{
    /// <summary>The typed record, or every reason against the row.</summary>
    /// <param name="raw">The row as read.</param>
    /// <param name="run">What all rows of the file share.</param>
    /// <param name="provider">Department that sent the file.</param>
    public static ReadRow<CreditRecordRow> Read(RawRow raw, IntakeRun run, string provider)
    {
        var row = new RowScan(raw, CreditRecordLayout.Layout, run);
        var kind = CreditRecordLayout.Kinds.Read(row, CreditRecordLayout.Kind);
        row.Require(kind is not null, CreditRecordLayout.Kind);
        var subject = Subject(row);
        var negative = CommonWords.Answers.Read(row, CreditRecordLayout.Negative);
        row.Require(negative is not null, CreditRecordLayout.Negative);
        var number = row.Required(row.DocumentNumber(CreditRecordLayout.DocumentNumber), CreditRecordLayout.DocumentNumber);
        var text = row.Required(row.Text(CreditRecordLayout.Text), CreditRecordLayout.Text);
        var formedOn = row.DecisionDay(CreditRecordLayout.FormedOn);
        var timing = row.TimingFrom(formedOn, CreditRecordLayout.FormedOn);
        var system = row.Text(CreditRecordLayout.SourceSystem);
        var publish = CommonWords.Answers.Read(row, CreditRecordLayout.Publish) == Answer.Yes;
        var until = row.Day(CreditRecordLayout.PublicUntil);
        if (subject?.IsMinorOn(run.Received) == true)
        {
            row.Reject(CellCodes.MinorOnList, CreditRecordLayout.CertificateNumber);
        }

        if (row.Verdict == RowVerdict.Rejected || kind is null || subject is null || negative is null || number is null || text is null || formedOn is null)
        {
            return new(raw.Number, Record: null, RowVerdict.Rejected, row.Issues);
        }

        var record = new CreditRecordRow
        {
            Provider = provider,
            Kind = kind.Value,
            Subject = subject,
            Negative = negative == Answer.Yes,
            DocumentNumber = number,
            Text = text,
            FormedOn = formedOn.Value,
            SourceSystem = system,
            Publish = publish,
            PublicUntil = until,
            Timing = timing,
        };
        record.Seal(run.Vault);
        return new(raw.Number, record, row.Verdict, row.Issues);
    }

    private static Counterpart? Subject(RowScan row)
    {
        var kind = CommonWords.Kinds.Read(row, CreditRecordLayout.SubjectKind);
        row.Require(kind is not null, CreditRecordLayout.SubjectKind);
        var name = row.Required(row.Name(CreditRecordLayout.Name, kind == CounterpartKind.NaturalPerson), CreditRecordLayout.Name);
        if (kind == CounterpartKind.NaturalPerson)
        {
            MustBeEmpty(row, CreditRecordLayout.Code, CellCodes.PersonHasOrganisationCode);
            MustBeEmpty(row, CreditRecordLayout.Representative, CellCodes.PersonHasLegalRepresentative);
            var type = row.CertificateType(CreditRecordLayout.CertificateType);
            row.Require(type is not null, CreditRecordLayout.CertificateType);
            var (number, birthDate) = row.Certificate(CreditRecordLayout.CertificateNumber, type);
            row.Require(number is not null, CreditRecordLayout.CertificateNumber);
            return name is null || type is null || number is null
                ? null
                : new Counterpart { Name = name, Kind = CounterpartKind.NaturalPerson, Certificate = type, CertificateNumber = number, BirthDate = birthDate };
        }

        // Of an unknown kind the code is judged all the same, so that the department hears of every mistake at once.
        var code = row.UnifiedCode(CreditRecordLayout.Code, ofSubject: true);
        if (kind is null)
        {
            return null;
        }

        row.Require(code is not null, CreditRecordLayout.Code);
        MustBeEmpty(row, CreditRecordLayout.CertificateNumber, CellCodes.OrganisationHasPersonId);
        var representative = row.Name(CreditRecordLayout.Representative, ofPerson: true);
        return name is null || code is null ? null : new Counterpart { Name = name, Kind = kind.Value, UnifiedCode = code, LegalRepresentative = representative };
    }

    private static void MustBeEmpty(RowScan row, int ordinal, string code)
    {
        if (!string.IsNullOrWhiteSpace(row.Raw(ordinal)))
        {
            row.Reject(code, ordinal);
        }
    }
}
