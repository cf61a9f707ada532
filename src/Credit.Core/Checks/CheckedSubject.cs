using Credit.Core.Subjects;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Core.Checks;

/// <summary>Who is asked about. A name finds nobody (I18).</summary>
/// <param name="Kind">Kind of subject.</param>
/// <param name="Code">Unified social credit code; organisations and individually-owned businesses.</param>
/// <param name="CertificateType">Type of certificate; natural persons.</param>
/// <param name="CertificateNumber">Certificate number; natural persons. Kept nowhere.</param>
internal sealed record CheckedSubject(SubjectKind Kind, string? Code = null, string? CertificateType = null, string? CertificateNumber = null)
{
    /// <summary>The identifier, or what is wrong with it.</summary>
    /// <param name="identities">Reads identifiers.</param>
    /// <param name="today">Today in the district.</param>
    /// <param name="place">Where the subject stands in the body.</param>
    public Outcome<SubjectIdentifier> Identify(SubjectIdentities identities, DateOnly today, string place)
    {
        var named = identities.Identify(
            new() { Kind = Kind, Name = "", Code = Code, CertificateType = CertificateType, CertificateNumber = CertificateNumber }, today);
        return named.Accepted
            ? named
            : Outcome<SubjectIdentifier>.Refused([.. named.Refusals.Select(refusal => refusal with { Field = refusal.Field?.Replace("subject", place, StringComparison.Ordinal) })]);
    }

    /// <inheritdoc/>
    public override string ToString() => nameof(CheckedSubject);
}
