using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Records;
using Credit.Domain.Subjects;

namespace Credit.Core.Intake.Subjects;

/// <summary>
/// Judges one row of the registry of subjects. A wrong code is kept with its fault, so that the rate can be computed.
/// Shared and second codes (CODE_DUPLICATE) and repeated rows are found set-based, by <see cref="SubjectRecord.Key"/> and content hash.
/// </summary>
internal static class ReadSubject
{
    /// <summary>The typed record, or every reason against the row.</summary>
    /// <param name="raw">The row as read.</param>
    /// <param name="run">What all rows of the file share.</param>
    public static ReadRow<SubjectRecord> Read(RawRow raw, IntakeRun run)
    {
        var row = new RowScan(raw, SubjectLayout.Layout, run);
        var kind = CommonWords.Kinds.Read(row, SubjectLayout.Kind);
        row.Require(kind is not null, SubjectLayout.Kind);
        if (kind == CounterpartKind.NaturalPerson)
        {
            // Natural persons are not registered and this layout has no place for their certificate.
            row.Reject(CellCodes.UnknownCodeValue, SubjectLayout.Kind);
        }

        var name = row.Required(row.Name(SubjectLayout.Name, ofPerson: false), SubjectLayout.Name);
        var registrationNumber = row.Text(SubjectLayout.RegistrationNumber);
        var organisationCode = ReadOrganisationCode(row);
        var (code, fault) = ReadCode(row, isKnownOtherwise: registrationNumber is not null || organisationCode is not null);
        var representative = row.Required(row.Name(SubjectLayout.Representative, ofPerson: true), SubjectLayout.Representative);
        var certificate = row.CertificateType(SubjectLayout.RepresentativeType);
        var (number, _) = row.Certificate(SubjectLayout.RepresentativeNumber, certificate);
        var formerCode = ReadFormerCode(row);
        var registrar = ReadRegistrar(row, code, fault);
        var registrarCode = row.UnifiedCode(SubjectLayout.RegistrarCode, ofSubject: false);
        var area = ReadArea(row);
        var capital = row.Yuan(SubjectLayout.Capital, doubtLarge: false);
        var establishedOn = row.DecisionDay(SubjectLayout.EstablishedOn);
        var termTo = row.Day(SubjectLayout.TermTo, isEndOfValidity: true, isLongTermOrdinary: true);
        row.MustNotEndBefore(SubjectLayout.TermTo, termTo, establishedOn);
        var approvedOn = PastDay(row, SubjectLayout.ApprovedOn);
        var cancelledOn = PastDay(row, SubjectLayout.CancelledOn);
        row.MustNotEndBefore(SubjectLayout.CancelledOn, cancelledOn, establishedOn);
        var status = SubjectWords.Statuses.Read(row, SubjectLayout.Status);
        row.Require(status is not null, SubjectLayout.Status);
        row.Require(status != RegistryStatus.Cancelled || cancelledOn is not null, SubjectLayout.CancelledOn, CellCodes.MissingConditional);
        var change = SubjectWords.Changes.Read(row, SubjectLayout.Change);
        var texts = ReadTexts(row);
        if (row.Verdict == RowVerdict.Rejected)
        {
            return new(raw.Number, Record: null, RowVerdict.Rejected, row.Issues);
        }

        var record = texts with
        {
            Name = name!,
            Code = code,
            CodeFault = fault,
            OrganisationCode = organisationCode,
            RegistrationNumber = registrationNumber,
            Kind = kind!.Value,
            Representative = representative!,
            RepresentativeCertificate = certificate,
            RepresentativeNumber = number,
            Registrar = registrar!,
            RegistrarCode = registrarCode,
            Area = area,
            CapitalYuan = capital,
            EstablishedOn = establishedOn!.Value,
            TermTo = termTo,
            Status = status!.Value,
            ApprovedOn = approvedOn,
            CancelledOn = cancelledOn,
            Change = change,
            FormerCode = formerCode,
        };
        record.Seal(run.Vault);
        return new(raw.Number, record, row.Verdict, row.Issues);
    }

    private static (string? Code, CodeFault Fault) ReadCode(RowScan row, bool isKnownOtherwise)
    {
        var code = row.Identifier(SubjectLayout.Code, CellCodes.UsccCaseNormalised);
        if (code is null)
        {
            if (isKnownOtherwise)
            {
                row.Warn(CellCodes.CodeMissingLegacy, SubjectLayout.Code);
            }
            else
            {
                row.Require(present: false, SubjectLayout.Code);
            }

            return (null, CodeFault.Empty);
        }

        var fault = row.Run.CheckUnifiedCode(code, SubjectLayout.Code);
        if (fault == CodeFault.IsIdNumber)
        {
            // Kept as a code it would become public: the one fault that cannot wait for its correction.
            row.Reject(CellCodes.UsccIsIdNumber, SubjectLayout.Code);
            return (null, fault);
        }

        if (fault != CodeFault.None)
        {
            row.Warn(CellCodes.CodeWrong, SubjectLayout.Code);
        }

        return (code, fault);
    }

    private static string? ReadFormerCode(RowScan row)
    {
        // A former code may be wrong, that is why codes change; only personal data is kept out.
        var code = row.Identifier(SubjectLayout.FormerCode, CellCodes.UsccCaseNormalised);
        if (code is not null && row.Run.CheckUnifiedCode(code, SubjectLayout.FormerCode) == CodeFault.IsIdNumber)
        {
            row.Reject(CellCodes.UsccIsIdNumber, SubjectLayout.FormerCode);
        }

        return code;
    }

    private static string? ReadOrganisationCode(RowScan row)
    {
        var code = row.Identifier(SubjectLayout.OrganisationCode);
        if (code is not null && OrganizationCode.Check(code) != CodeFault.None)
        {
            row.Warn(CellCodes.OrganisationCodeCheckDigit, SubjectLayout.OrganisationCode);
        }

        return code;
    }

    private static string? ReadRegistrar(RowScan row, string? code, CodeFault fault)
    {
        var registrar = row.Required(row.Text(SubjectLayout.Registrar), SubjectLayout.Registrar);
        if (registrar is not null && code is not null && fault is CodeFault.None or CodeFault.CheckDigit
            && !UnifiedCreditCode.RegistrarMayAssign(registrar!, code!))
        {
            row.Reject(CellCodes.RegistrarCategory, SubjectLayout.Registrar);
        }

        return registrar;
    }

    private static string? ReadArea(RowScan row)
    {
        var area = row.Identifier(SubjectLayout.Area);
        if (area is not null && !AreaCodes.EverExisted(area))
        {
            row.Reject(CellCodes.UnknownCodeValue, SubjectLayout.Area);
        }

        return area;
    }

    private static DateOnly? PastDay(RowScan row, int ordinal)
    {
        var day = row.Day(ordinal);
        if (day > row.Run.Received)
        {
            row.Reject(CellCodes.DateFuture, ordinal);
            return null;
        }

        return day;
    }

    /// <summary>The free texts; what is compulsory is filled in by the caller.</summary>
    private static SubjectRecord ReadTexts(RowScan row)
    {
        var scope = row.Text(SubjectLayout.Scope);
        var remark = row.Text(SubjectLayout.Remark);
        return new()
        {
            Name = "",
            Kind = default,
            Representative = "",
            Registrar = "",
            EstablishedOn = default,
            Status = default,
            LegalForm = row.Text(SubjectLayout.LegalForm),
            Town = row.Text(SubjectLayout.Town),
            Address = row.Text(SubjectLayout.Address),
            Industry = row.Identifier(SubjectLayout.Industry),
            IndustryName = row.Text(SubjectLayout.IndustryName),
            Scope = scope,
            FormerName = row.Name(SubjectLayout.FormerName, ofPerson: false),
            Remark = remark,
            Publication = row.Judge(withheld: false, [(SubjectLayout.Scope, scope), (SubjectLayout.Remark, remark)]),
        };
    }
}
