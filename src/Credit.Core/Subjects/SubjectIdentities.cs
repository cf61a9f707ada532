using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Core.Subjects;

/// <summary>Reads identifiers as requests name them. Nothing is looked for, and no register is needed.</summary>
internal sealed class SubjectIdentities(PersonVault vault)
{
    private static readonly string KnownTypes = string.Join('、', PersonIdentifiers.All.Select(type => type.Title));

    /// <summary>The identifier a reference names, or what is wrong with it. Nothing is looked for.</summary>
    /// <param name="reference">The name in it says nothing here.</param>
    /// <param name="today">Today in the district.</param>
    public Outcome<SubjectIdentifier> Identify(SubjectReference reference, DateOnly today) =>
        reference.Kind == SubjectKind.NaturalPerson ? Certificate(reference, today) : Organisation(reference, today);

    /// <summary>Keyed lookup of any identifier, codes of organisations included: for rows that keep no identifier.</summary>
    public string KeyedLookup(SubjectIdentifier held) => held.Cipher is null ? vault.Lookup(held.Scheme, held.Lookup) : held.Lookup;

    private static Outcome<SubjectIdentifier> Organisation(SubjectReference reference, DateOnly today)
    {
        var code = UnifiedCreditCode.Normalise(reference.Code ?? "");
        var fault = UnifiedCreditCode.Check(code);
        return fault == CodeFault.None
            ? SubjectIdentifier.Plain(SubjectIdentifier.Uscc, code, today)
            : new Refusal(
                "subject-code-invalid",
                $"统一社会信用代码无效({fault})。",
                $"The unified social credit code is not valid ({fault}).",
                Clause.Standard("GB 32100-2015"),
                "subject.code");
    }

    private Outcome<SubjectIdentifier> Certificate(SubjectReference reference, DateOnly today)
    {
        if (!PersonIdentifiers.TryFind(reference.CertificateType ?? "", out var type))
        {
            return new Refusal(
                "certificate-type-unknown",
                $"请填写证件类型({KnownTypes})。",
                $"Name a known type of certificate ({KnownTypes}).",
                Clause.R("3.2.3.a"),
                "subject.certificateType");
        }

        var number = PersonIdentifiers.Normalise(type, reference.CertificateNumber ?? "");
        if (PersonIdentifiers.Check(type, number) is var fault and not CodeFault.None)
        {
            return new Refusal(
                "certificate-number-invalid",
                $"证件号码无效({fault})。",
                $"The certificate number is not valid ({fault}).",
                Clause.R("3.2.3.a"),
                "subject.certificateNumber");
        }

        return SubjectIdentifier.Sealed(type.Key, vault.Lookup(type.Key, number), vault.Seal(number), MaskedIdentifier.Of(number).ToString(), today);
    }
}
