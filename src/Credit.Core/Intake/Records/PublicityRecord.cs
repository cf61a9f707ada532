using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Reading;
using Credit.Domain.Subjects;

namespace Credit.Core.Intake.Records;

/// <summary>行政相对人类别, as the national layouts divide the subjects.</summary>
internal enum CounterpartKind
{
    /// <summary>法人及非法人组织.</summary>
    Organisation,

    /// <summary>自然人.</summary>
    NaturalPerson,

    /// <summary>个体工商户.</summary>
    IndividualBusiness,
}

/// <summary>Whether a record may be shown to everybody.</summary>
internal enum Publication
{
    /// <summary>As it is, certificate numbers apart, which are never public.</summary>
    Public,

    /// <summary>Free texts hold personal data: only their masked form is public (R-3.1.4.i).</summary>
    Masked,

    /// <summary>Never public: the subject is a minor.</summary>
    Withheld,
}

/// <summary>What makes two rows speak of the same decision: document number, deciding organ and subject, never a name where a code exists (I86).</summary>
/// <param name="DocumentNumber">Normalised.</param>
/// <param name="Organ">Unified code of the organ; its name when the layout lets the code be absent.</param>
/// <param name="IdentifierType"><c>uscc</c>, or the key of the certificate type.</param>
/// <param name="Identifier">Normalised. Personal data when the subject is a natural person: keep it in memory only.</param>
internal readonly record struct RecordKey(string DocumentNumber, string Organ, string IdentifierType, string Identifier);

/// <summary>行政相对人: the party a decision is about. Certificate numbers stay in memory and the vault.</summary>
internal sealed record Counterpart
{
    /// <summary>行政相对人名称.</summary>
    public required string Name { get; init; }

    /// <summary>行政相对人类别.</summary>
    public required CounterpartKind Kind { get; init; }

    /// <summary>统一社会信用代码; null for natural persons.</summary>
    public string? UnifiedCode { get; init; }

    /// <summary>工商注册号.</summary>
    public string? RegistrationNumber { get; init; }

    /// <summary>组织机构代码.</summary>
    public string? OrganisationCode { get; init; }

    /// <summary>税务登记号.</summary>
    public string? TaxNumber { get; init; }

    /// <summary>事业单位证书号.</summary>
    public string? InstitutionNumber { get; init; }

    /// <summary>社会组织登记证号.</summary>
    public string? SocialOrganisationNumber { get; init; }

    /// <summary>法定代表人.</summary>
    public string? LegalRepresentative { get; init; }

    /// <summary>Certificate of the legal representative; never public.</summary>
    public PersonIdentifierType? LegalRepresentativeCertificate { get; init; }

    /// <summary>Number of the certificate of the legal representative; never public.</summary>
    public string? LegalRepresentativeNumber { get; init; }

    /// <summary>Certificate of a natural person.</summary>
    public PersonIdentifierType? Certificate { get; init; }

    /// <summary>Certificate number of a natural person; never public in full.</summary>
    public string? CertificateNumber { get; init; }

    /// <summary>Birth date inside the certificate number; null where it holds none.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>True when the person was younger than eighteen on that day.</summary>
    public bool IsMinorOn(DateOnly day) => BirthDate is { } birth && birth.AddYears(18) > day;

    /// <summary>Type and value of the identifier that tells this subject from all others.</summary>
    public (string Type, string Value) Identity => Kind == CounterpartKind.NaturalPerson
        ? (Certificate!.Key, CertificateNumber!)
        : ("uscc", UnifiedCode!);

    /// <summary>The official word for the kind.</summary>
    public static string TitleOf(CounterpartKind kind) => kind switch
    {
        CounterpartKind.Organisation => "法人及非法人组织",
        CounterpartKind.NaturalPerson => "自然人",
        _ => "个体工商户",
    };
}

/// <summary>A record of double publicity, one decision about one subject.</summary>
internal abstract record PublicityRecord
{
    /// <summary>The party the decision is about.</summary>
    public required Counterpart Counterpart { get; init; }

    /// <summary>决定书文号, normalised.</summary>
    public required string DocumentNumber { get; init; }

    /// <summary>Day of the decision: day 0 of the reporting term.</summary>
    public required DateOnly DecidedOn { get; init; }

    /// <summary>Name of the deciding organ.</summary>
    public required string Organ { get; init; }

    /// <summary>Unified code of the deciding organ.</summary>
    public string? OrganCode { get; init; }

    /// <summary>Whether and how the record may be shown.</summary>
    public Publication Publication { get; init; }

    /// <summary>When the record was due and whether it came in time.</summary>
    public Timing Timing { get; init; }

    /// <summary>Hash over the normalised content.</summary>
    public byte[] ContentHash { get; private set; } = [];

    /// <summary>The layout of the record.</summary>
    public abstract Layout Layout { get; }

    /// <summary>What makes two rows speak of the same decision.</summary>
    public RecordKey Key
    {
        get
        {
            var (type, value) = Counterpart.Identity;
            return new(DocumentNumber, OrganCode ?? Organ, type, value);
        }
    }

    /// <summary>Shows every stored field to the visitor, in the order of the layout.</summary>
    public abstract void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor;

    /// <summary>The normalised content as texts by ordinal.</summary>
    public string?[] Normalised()
    {
        var texts = new NormalisedTexts(Layout.Fields.Count);
        Visit(ref texts);
        return texts.Values;
    }

    /// <summary>Codes of the fields in which two records of the same decision differ.</summary>
    public IReadOnlyList<string> DifferencesTo(PublicityRecord other)
    {
        var (mine, theirs) = (Normalised(), other.Normalised());
        return [.. Enumerable.Range(0, mine.Length).Where(ordinal => mine[ordinal] != theirs[ordinal]).Select(ordinal => Layout.Fields[ordinal].Code)];
    }

    /// <summary>Computes <see cref="ContentHash"/>.</summary>
    /// <param name="key">Keys the hash; plain when null.</param>
    public void Seal(byte[]? key)
    {
        var hasher = new ContentHasher();
        try
        {
            Visit(ref hasher);
            ContentHash = hasher.Finish(key);
        }
        finally
        {
            hasher.Dispose();
        }
    }
}
