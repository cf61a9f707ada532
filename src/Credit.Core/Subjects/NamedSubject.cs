using Credit.Domain.Subjects;

namespace Credit.Core.Subjects;

/// <summary>A subject asked about, by identifier only: a name finds nobody (I18). It travels in a body, never in an address.</summary>
/// <param name="Kind">Kind of subject.</param>
/// <param name="Code">Unified social credit code; organisations and individually-owned businesses.</param>
/// <param name="CertificateType">Type of certificate; natural persons.</param>
/// <param name="CertificateNumber">Certificate number; natural persons. Kept nowhere.</param>
internal sealed record NamedSubject(SubjectKind Kind, string? Code = null, string? CertificateType = null, string? CertificateNumber = null)
{
    /// <summary>The reference the finder wants.</summary>
    public SubjectReference ToReference() => new()
    {
        Kind = Kind,
        Name = "",
        Code = Code,
        CertificateType = CertificateType,
        CertificateNumber = CertificateNumber,
    };
}
