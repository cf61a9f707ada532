using System.Text;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Subjects;

/// <summary>A subject as a request names it: by identifier. The name is needed only to register one that is new; it never matches.</summary>
internal sealed record SubjectReference
{
    /// <summary>Kind of subject.</summary>
    public required SubjectKind Kind { get; init; }

    /// <summary>Name as registered.</summary>
    public required string Name { get; init; }

    /// <summary>Unified social credit code; organisations and individually-owned businesses.</summary>
    public string? Code { get; init; }

    /// <summary>Type of certificate, for example 身份证; natural persons.</summary>
    public string? CertificateType { get; init; }

    /// <summary>Certificate number; natural persons. Encrypted at once, never shown again.</summary>
    public string? CertificateNumber { get; init; }

    /// <summary>Name of the legal representative.</summary>
    public string? LegalRepresentative { get; init; }

    /// <summary>全球法人识别编码; optional, but checked.</summary>
    public string? Lei { get; init; }
}

/// <summary>Finds a subject by identifier (I18), or registers it under a valid one.</summary>
internal sealed class SubjectFinder(CreditDbContext db, SubjectIdentities identities)
{
    public static readonly Refusal NameDiffers = new(
        "person-name-differs", "该证件号码登记的姓名与所填姓名不一致，请核对。", "The person with that certificate has another name: check name and number.", Clause.R("3.1.1.a"), "subject.name");

    /// <summary>The same name, however its characters are encoded and spaced (X45).</summary>
    public static bool SameName(string one, string other) => Plain(one) == Plain(other);

    /// <summary>The subject; a new one is added to the context, not yet saved.</summary>
    public async Task<Outcome<Subject>> FindOrRegisterAsync(SubjectReference reference, DateOnly today, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(reference.Name))
        {
            return new Refusal("name-missing", "请填写主体名称。", "State the subject's name.", Clause.R("3.2.3.a"), "subject.name");
        }

        var lei = string.IsNullOrWhiteSpace(reference.Lei) ? null : LegalEntityIdentifier.Normalise(reference.Lei);
        if (lei is not null && LegalEntityIdentifier.Check(lei) is var wrong and not CodeFault.None)
        {
            return new Refusal(
                "lei-invalid", $"全球法人识别编码无效({wrong})。", $"The legal entity identifier is not valid ({wrong}).", Clause.Standard("ISO 17442"), "subject.lei");
        }

        if (TextLength.Against(reference.Name, TextLength.Name, "subject.name") is { } tooLong)
        {
            return tooLong;
        }

        var identifier = reference.Kind == SubjectKind.NaturalPerson ? Person(reference, today) : identities.Identify(reference, today);
        if (!identifier.Accepted)
        {
            return Outcome<Subject>.Refused(identifier.Refusals);
        }

        var held = identifier.Value;
        if (await HolderAsync(held, cancel) is { } known)
        {
            return known.Kind == SubjectKind.NaturalPerson && known.Name.Length > 0 && !SameName(known.Name, reference.Name) ? NameDiffers : known;
        }

        var registered = Subject.Register(
            reference.Kind, reference.Name.Trim(), new SubjectParticulars { LegalRepresentative = reference.LegalRepresentative, Lei = lei }, Clause.R("3.1.1.a"), held);
        db.Add(registered);
        return registered;
    }

    /// <summary>The subject that holds the identifier, whatever it is called; null when none does. Nothing is registered.</summary>
    /// <param name="reference">The name in it says nothing here.</param>
    /// <param name="today">Today in the district.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<Outcome<Subject?>> FindAsync(SubjectReference reference, DateOnly today, CancellationToken cancel)
    {
        var identifier = identities.Identify(reference, today);
        return identifier.Accepted ? await HolderAsync(identifier.Value, cancel) : Outcome<Subject?>.Refused(identifier.Refusals);
    }

    private static string Plain(string name) => string.Concat(name.Normalize(NormalizationForm.FormKC).Where(letter => !char.IsWhiteSpace(letter)));

    private Task<Subject?> HolderAsync(SubjectIdentifier held, CancellationToken cancel) => db.Subjects
        .Where(subject => subject.Identifiers.Any(each => each.Scheme == held.Scheme && each.Lookup == held.Lookup))
        .SingleOrDefaultAsync(cancel);

    private Outcome<SubjectIdentifier> Person(SubjectReference reference, DateOnly today) =>
        identities.Identify(reference, today).Then<SubjectIdentifier>(identifier =>
            PersonIdentifiers.TryFind(identifier.Scheme, out var type)
            && PersonIdentifiers.BirthDate(type, reference.CertificateNumber!) is { } born && born.AddYears(18) > today
                ? new Refusal("minor-on-list", "未满十八周岁的自然人不得列入名单。", "A person under 18 is not listed.", Clause.Standard("I21"), "subject.certificateNumber")
                : identifier);
}
