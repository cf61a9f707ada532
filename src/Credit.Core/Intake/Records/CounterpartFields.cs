using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Reading;
using Credit.Domain.Subjects;

namespace Credit.Core.Intake.Records;

/// <summary>The thirteen fields about the counterpart that the penalty and the licence layout share under different prefixes.</summary>
internal sealed class CounterpartFields
{
    private readonly int _name;
    private readonly int _kind;
    private readonly int _unifiedCode;
    private readonly int _registrationNumber;
    private readonly int _organisationCode;
    private readonly int _taxNumber;
    private readonly int _institutionNumber;
    private readonly int _socialNumber;
    private readonly int _representative;
    private readonly int _representativeType;
    private readonly int _representativeNumber;
    private readonly int _type;
    private readonly int _number;

    /// <summary>Finds the ordinals once.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="prefix"><c>CF</c> or <c>XK</c>.</param>
    public CounterpartFields(Layout layout, string prefix)
    {
        _name = layout.Ordinal($"{prefix}_XDR_MC");
        _kind = layout.Ordinal($"{prefix}_XDR_LB");
        _unifiedCode = layout.Ordinal($"{prefix}_XDR_SHXYM");
        _registrationNumber = layout.Ordinal($"{prefix}_XDR_GSZC");
        _organisationCode = layout.Ordinal($"{prefix}_XDR_ZZJG");
        _taxNumber = layout.Ordinal($"{prefix}_XDR_SWDJ");
        _institutionNumber = layout.Ordinal($"{prefix}_XDR_SYDW");
        _socialNumber = layout.Ordinal($"{prefix}_XDR_SHZZ");
        _representative = layout.Ordinal($"{prefix}_FRDB");
        _representativeType = layout.Ordinal($"{prefix}_FR_ZJLX");
        _representativeNumber = layout.Ordinal($"{prefix}_FR_ZJHM");
        _type = layout.Ordinal($"{prefix}_XDR_ZJLX");
        _number = layout.Ordinal($"{prefix}_XDR_ZJHM");
    }

    /// <summary>The definitions of the thirteen fields.</summary>
    public static FieldDefinition[] Define(string prefix) =>
    [
        new($"{prefix}_XDR_MC", "行政相对人名称", 200, Mandatory: true, Synonyms: ["行政相对人", "相对人名称"]),
        new($"{prefix}_XDR_LB", "行政相对人类别", 16, Mandatory: true, FieldShape.Listed, "相对人类别", $"{prefix}_XDR_TYPE"),
        new($"{prefix}_XDR_SHXYM", "行政相对人代码_1(统一社会信用代码)", 18, Shape: FieldShape.Identifier, Synonyms: ["统一社会信用代码", "行政相对人代码_1", "行政相对人统一社会信用代码"]),
        new($"{prefix}_XDR_GSZC", "行政相对人代码_2(工商注册号)", 50, Shape: FieldShape.Identifier, Synonyms: ["工商注册号", "工商登记码", "行政相对人代码_2", "行政相对人代码_2(工商登记码)"]),
        new($"{prefix}_XDR_ZZJG", "行政相对人代码_3(组织机构代码)", 9, Shape: FieldShape.Identifier, Synonyms: ["组织机构代码", "行政相对人代码_3"]),
        new($"{prefix}_XDR_SWDJ", "行政相对人代码_4(税务登记号)", 20, Shape: FieldShape.Identifier, Synonyms: ["税务登记号", "行政相对人代码_4"]),
        new($"{prefix}_XDR_SYDW", "行政相对人代码_5(事业单位证书号)", 12, Shape: FieldShape.Identifier, Synonyms: ["事业单位证书号", "行政相对人代码_5"]),
        new($"{prefix}_XDR_SHZZ", "行政相对人代码_6(社会组织登记证号)", 50, Shape: FieldShape.Identifier, Synonyms: ["社会组织登记证号", "行政相对人代码_6"]),
        new($"{prefix}_FRDB", "法定代表人", 50, Synonyms: ["法定代表人姓名", "法定代表人(负责人)"]),
        new($"{prefix}_FR_ZJLX", "法定代表人证件类型", 64, Shape: FieldShape.Listed),
        new($"{prefix}_FR_ZJHM", "法定代表人证件号码", 64, Shape: FieldShape.Identifier, Synonyms: ["法定代表人身份证号", $"{prefix}_FR_SFZH"]),
        new($"{prefix}_XDR_ZJLX", "证件类型", 64, Shape: FieldShape.Listed, Synonyms: ["自然人证件类型", "(自然人)证件类型", "行政相对人证件类型"]),
        new($"{prefix}_XDR_ZJHM", "证件号码", 64, Shape: FieldShape.Identifier, Synonyms: ["自然人证件号码", "(自然人)证件号码", "行政相对人证件号码"]),
    ];

    /// <summary>Reads and judges the counterpart; null when it cannot be told who it is.</summary>
    public Counterpart? Read(RowScan row)
    {
        var kind = ReadKind(row);
        var name = row.Required(row.Name(_name, kind == CounterpartKind.NaturalPerson), _name);
        if (kind is null || name is null)
        {
            // Codes are judged all the same, so that the department hears of every mistake at once.
            row.UnifiedCode(_unifiedCode, ofSubject: true);
            return null;
        }

        return kind == CounterpartKind.NaturalPerson ? ReadPerson(row, name) : ReadOrganisation(row, name, kind.Value);
    }

    /// <summary>Doubts that need the day of the decision: minors are stored but never public.</summary>
    /// <returns>True when the record must be withheld.</returns>
    public bool WithholdMinor(RowScan row, Counterpart counterpart, DateOnly decidedOn)
    {
        var minor = counterpart.IsMinorOn(decidedOn);
        if (minor)
        {
            row.Warn(CellCodes.MinorNotPublished, _number);
        }

        return minor;
    }

    /// <summary>Shows every field to the visitor.</summary>
    public void Visit<TVisitor>(Counterpart counterpart, ref TVisitor visitor)
        where TVisitor : IFieldVisitor
    {
        visitor.Text(_name, counterpart.Name);
        visitor.Text(_kind, Counterpart.TitleOf(counterpart.Kind));
        visitor.Text(_unifiedCode, counterpart.UnifiedCode);
        visitor.Text(_registrationNumber, counterpart.RegistrationNumber);
        visitor.Text(_organisationCode, counterpart.OrganisationCode);
        visitor.Text(_taxNumber, counterpart.TaxNumber);
        visitor.Text(_institutionNumber, counterpart.InstitutionNumber);
        visitor.Text(_socialNumber, counterpart.SocialOrganisationNumber);
        visitor.Text(_representative, counterpart.LegalRepresentative);
        visitor.Text(_representativeType, counterpart.LegalRepresentativeCertificate?.Title);
        visitor.Text(_representativeNumber, counterpart.LegalRepresentativeNumber);
        visitor.Text(_type, counterpart.Certificate?.Title);
        visitor.Text(_number, counterpart.CertificateNumber);
    }

    private CounterpartKind? ReadKind(RowScan row)
    {
        var title = row.Required(row.Text(_kind), _kind);
        switch (title)
        {
            case null:
                return null;
            case "法人及非法人组织":
                return CounterpartKind.Organisation;
            case "自然人":
                return CounterpartKind.NaturalPerson;
            case "个体工商户":
                return CounterpartKind.IndividualBusiness;
            default:
                row.Reject(CellCodes.UnknownCodeValue, _kind);
                return null;
        }
    }

    private Counterpart? ReadPerson(RowScan row, string name)
    {
        // The standard keeps the two kinds apart: what a natural person cannot have must be empty.
        foreach (var ordinal in (ReadOnlySpan<int>)[_unifiedCode, _registrationNumber, _organisationCode, _taxNumber, _institutionNumber, _socialNumber])
        {
            MustBeEmpty(row, ordinal, CellCodes.PersonHasOrganisationCode);
        }

        foreach (var ordinal in (ReadOnlySpan<int>)[_representative, _representativeType, _representativeNumber])
        {
            MustBeEmpty(row, ordinal, CellCodes.PersonHasLegalRepresentative);
        }

        var type = row.CertificateType(_type);
        row.Require(type is not null, _type);
        var (number, birthDate) = row.Certificate(_number, type);
        row.Require(number is not null, _number);
        return type is null || number is null
            ? null
            : new Counterpart { Name = name, Kind = CounterpartKind.NaturalPerson, Certificate = type, CertificateNumber = number, BirthDate = birthDate };
    }

    private Counterpart? ReadOrganisation(RowScan row, string name, CounterpartKind kind)
    {
        // One mistake, one finding: the number says more than its type.
        MustBeEmpty(row, row.Text(_number) is null ? _type : _number, CellCodes.OrganisationHasPersonId);

        var code = row.UnifiedCode(_unifiedCode, ofSubject: true);
        row.Require(code is not null, _unifiedCode);
        var representative = row.Name(_representative, ofPerson: true);
        row.Require(representative is not null || kind == CounterpartKind.IndividualBusiness, _representative);
        var certificate = row.CertificateType(_representativeType);
        var (number, _) = row.Certificate(_representativeNumber, certificate);
        var counterpart = new Counterpart
        {
            Name = name,
            Kind = kind,
            UnifiedCode = code,
            RegistrationNumber = Bounded(row, _registrationNumber),
            OrganisationCode = row.LegacyOrganisationCode(_organisationCode),
            TaxNumber = Bounded(row, _taxNumber),
            InstitutionNumber = Bounded(row, _institutionNumber),
            SocialOrganisationNumber = Bounded(row, _socialNumber),
            LegalRepresentative = representative,
            LegalRepresentativeCertificate = certificate,
            LegalRepresentativeNumber = number,
        };
        return code is null ? null : counterpart;
    }

    private static string? Bounded(RowScan row, int ordinal)
    {
        var number = row.Text(ordinal);
        return number is null || row.IsSpoiled(ordinal) ? null : number;
    }

    private static void MustBeEmpty(RowScan row, int ordinal, string code)
    {
        if (row.Raw(ordinal) is { } value && !string.IsNullOrWhiteSpace(value))
        {
            row.Reject(code, ordinal);
        }
    }
}
