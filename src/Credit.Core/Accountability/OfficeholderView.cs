using Credit.Core.Subjects;
using Credit.Domain.Accountability;
using Credit.Domain.Subjects;

namespace Credit.Core.Accountability;

/// <summary>A natural person as a request names one: by certificate, which is sealed at once and never shown again.</summary>
/// <param name="Name">Name; registers the person when the certificate is new, matches nobody.</param>
/// <param name="CertificateType">Type of certificate, for example 身份证.</param>
/// <param name="CertificateNumber">Certificate number.</param>
internal sealed record PersonReference(string Name, string CertificateType, string CertificateNumber)
{
    /// <summary>The reference the finder wants.</summary>
    public SubjectReference ToReference() => new()
    {
        Kind = SubjectKind.NaturalPerson,
        Name = Name,
        CertificateType = CertificateType,
        CertificateNumber = CertificateNumber,
    };

    // A record would print its members into whatever logs it.
    public override string ToString() => nameof(PersonReference);
}

/// <summary>How a person's name is shown where no need to know it was stated.</summary>
internal static class NameMask
{
    /// <summary>The surname, and nothing of the given name.</summary>
    public static string Of(string name) => name.Length == 0 ? "" : $"{name[..(char.IsHighSurrogate(name[0]) ? 2 : 1)]}＊";
}

/// <summary>An office of an organisation.</summary>
/// <param name="Id">Identity.</param>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="PersonId">The person.</param>
/// <param name="PersonName">Surname of the person.</param>
/// <param name="PersonMask">Masked identifier of the person.</param>
/// <param name="Office">The office.</param>
/// <param name="Since">First day in office.</param>
/// <param name="Until">Last day in office; null while in office.</param>
/// <param name="State">Where it stands: it counts once confirmed.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record OfficeholderView(
    Guid Id, Guid OrganisationId, Guid PersonId, string PersonName, string? PersonMask, Responsibility Office, DateOnly Since, DateOnly? Until, OfficeState State,
    int Version)
{
    public static OfficeholderView Of(Officeholder holder) => new(
        holder.Id, holder.OrganisationId, holder.PersonId, NameMask.Of(holder.PersonName), holder.PersonMask, holder.Office, holder.Since, holder.Until,
        holder.State, holder.Version);
}

/// <summary>An accountability item as the recogniser sees it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="EntryId">The organisation's entry.</param>
/// <param name="PersonId">The person.</param>
/// <param name="PersonName">Surname of the person.</param>
/// <param name="PersonMask">Masked identifier of the person.</param>
/// <param name="Responsibility">In what the person answers.</param>
/// <param name="NamedFor">Why, where the recogniser named the person.</param>
/// <param name="ActOn">Day of the act.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record AccountabilityView(
    Guid Id, Guid EntryId, Guid PersonId, string PersonName, string? PersonMask, Responsibility Responsibility, string? NamedFor, DateOnly ActOn,
    AccountabilityState State, int Version)
{
    public static AccountabilityView Of(AccountabilityItem item) => new(
        item.Id, item.EntryId, item.PersonId, NameMask.Of(item.PersonName), item.PersonMask, item.Responsibility, item.NamedFor, item.ActOn, item.State,
        item.Version);
}
