using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Records;
using Credit.Domain.Subjects;

namespace Credit.Core.Intake.ListEntries;

/// <summary>Who a proposal is about (R-3.2.3.a).</summary>
internal static class ReadListedSubject
{
    /// <summary>The subject; null when it cannot be told who it is.</summary>
    public static Counterpart? Subject(RowScan row)
    {
        var kind = CommonWords.Kinds.Read(row, ListEntryLayout.Kind);
        row.Require(kind is not null, ListEntryLayout.Kind);
        var name = row.Required(row.Name(ListEntryLayout.Name, kind == CounterpartKind.NaturalPerson), ListEntryLayout.Name);
        switch (kind)
        {
            case null:
                // The code is judged all the same, so that the department hears of every mistake at once.
                row.UnifiedCode(ListEntryLayout.Code, ofSubject: true);
                return null;
            case CounterpartKind.NaturalPerson:
                return Person(row, name);
            default:
                return Organisation(row, name, kind.Value);
        }
    }

    /// <summary>The optional LEI, checked when given.</summary>
    public static string? Lei(RowScan row)
    {
        var lei = row.Identifier(ListEntryLayout.Lei);
        if (lei is not null && LegalEntityIdentifier.Check(lei) != CodeFault.None)
        {
            row.Reject(CellCodes.LeiCheckDigits, ListEntryLayout.Lei);
        }

        return lei;
    }

    /// <summary>The person directly responsible. The layout names no certificate type: a number as long as an identity number must be one.</summary>
    public static ResponsiblePerson? Responsible(RowScan row)
    {
        var name = row.Name(ListEntryLayout.Responsible, ofPerson: true);
        var post = row.Text(ListEntryLayout.ResponsiblePost);
        var isIdentityNumber = row.Raw(ListEntryLayout.ResponsibleNumber) is { } raw && raw.Count(char.IsDigit) >= 15 && raw.Trim()[0] != '9';
        var (number, _) = row.Certificate(ListEntryLayout.ResponsibleNumber, isIdentityNumber ? PersonIdentifiers.ResidentIdentityCard : null);
        row.Require(name is not null || (post is null && number is null), ListEntryLayout.Responsible, CellCodes.MissingConditional);
        return name is null ? null : new(name, post, number);
    }

    private static Counterpart? Person(RowScan row, string? name)
    {
        MustBeEmpty(row, ListEntryLayout.Code, CellCodes.PersonHasOrganisationCode);
        MustBeEmpty(row, ListEntryLayout.Lei, CellCodes.PersonHasOrganisationCode);
        MustBeEmpty(row, ListEntryLayout.Representative, CellCodes.PersonHasLegalRepresentative);
        MustBeEmpty(row, ListEntryLayout.RepresentativeType, CellCodes.PersonHasLegalRepresentative);
        MustBeEmpty(row, ListEntryLayout.RepresentativeNumber, CellCodes.PersonHasLegalRepresentative);
        var type = row.CertificateType(ListEntryLayout.CertificateType);
        row.Require(type is not null, ListEntryLayout.CertificateType);
        var (number, birthDate) = row.Certificate(ListEntryLayout.CertificateNumber, type);
        row.Require(number is not null, ListEntryLayout.CertificateNumber);
        return name is null || type is null || number is null
            ? null
            : new Counterpart { Name = name, Kind = CounterpartKind.NaturalPerson, Certificate = type, CertificateNumber = number, BirthDate = birthDate };
    }

    private static Counterpart? Organisation(RowScan row, string? name, CounterpartKind kind)
    {
        // One mistake, one finding: the number says more than its type.
        MustBeEmpty(row, row.Text(ListEntryLayout.CertificateNumber) is null ? ListEntryLayout.CertificateType : ListEntryLayout.CertificateNumber, CellCodes.OrganisationHasPersonId);
        var code = row.UnifiedCode(ListEntryLayout.Code, ofSubject: true);
        row.Require(code is not null, ListEntryLayout.Code);
        var representative = row.Required(row.Name(ListEntryLayout.Representative, ofPerson: true), ListEntryLayout.Representative);
        var certificate = row.CertificateType(ListEntryLayout.RepresentativeType);
        row.Require(certificate is not null, ListEntryLayout.RepresentativeType);
        var (number, _) = row.Certificate(ListEntryLayout.RepresentativeNumber, certificate);
        row.Require(number is not null, ListEntryLayout.RepresentativeNumber);
        return name is null || code is null
            ? null
            : new Counterpart
            {
                Name = name,
                Kind = kind,
                UnifiedCode = code,
                LegalRepresentative = representative,
                LegalRepresentativeCertificate = certificate,
                LegalRepresentativeNumber = number,
            };
    }

    private static void MustBeEmpty(RowScan row, int ordinal, string code)
    {
        if (!string.IsNullOrWhiteSpace(row.Raw(ordinal)))
        {
            row.Reject(code, ordinal);
        }
    }
}
