using Credit.Abstractions;
using Credit.Core.Store;
using Credit.OData.Changes;

namespace Credit.OData.Sets;

/// <summary>Administrative licences in their period of publicity.</summary>
public sealed record PublishedLicenceRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Name; of natural persons the surname only.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>行政相对人类别.</summary>
    public string SubjectCategory { get; init; } = "";

    /// <summary>Unified code; null for natural persons.</summary>
    public string? SubjectCode { get; init; }

    /// <summary>Name of the legal representative.</summary>
    public string? LegalRepresentative { get; init; }

    /// <summary>Name of the document.</summary>
    public string DocumentName { get; init; } = "";

    /// <summary>Document number.</summary>
    public string DocumentNumber { get; init; } = "";

    /// <summary>许可类别.</summary>
    public string Category { get; init; } = "";

    /// <summary>Certificate.</summary>
    public string? CertificateName { get; init; }

    /// <summary>Content.</summary>
    public string Content { get; init; } = "";

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }

    /// <summary>Start of validity.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>End of validity.</summary>
    public DateOnly ValidTo { get; init; }

    /// <summary>Deciding organ.</summary>
    public string Organ { get; init; } = "";

    /// <summary>Its unified code.</summary>
    public string OrganCode { get; init; } = "";

    /// <summary>1 valid, 2 not.</summary>
    public string Status { get; init; } = "";

    /// <summary>Site of the department or of the government that published it first; null where the department stated none.</summary>
    public string? SiteChannel { get; init; }

    /// <summary>The page there.</summary>
    public string? SitePage { get; init; }

    /// <summary>Day it was published there.</summary>
    public DateOnly? SiteOn { get; init; }

    /// <summary>Instant since which the platform shows it, UTC.</summary>
    public DateTimeOffset? ShownSince { get; init; }
}

/// <summary>Administrative licences in their period of publicity.</summary>
internal sealed class PublishedLicences(PublicDbContext db) : IEntitySet<PublishedLicenceRow>
{
    public static string Name => "Licences";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Administrative licences in their period of publicity.";

    public static void Shape(ISetShape<PublishedLicenceRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.SubjectName, each => each.SubjectCategory, each => each.SubjectCode, each => each.DocumentNumber, each => each.Category, each => each.DecidedOn, each => each.ValidTo, each => each.Organ, each => each.OrganCode, each => each.Status)
        .Sort(each => each.SubjectName, each => each.DecidedOn, each => each.ValidTo)
        .Search(each => each.SubjectName, each => each.SubjectCode, each => each.DocumentNumber, each => each.Organ)
        .Follows("IntakeBatch", "SELECT l.id, b.batch_id FROM core.licence b JOIN core.licence l ON l.natural_key = b.natural_key WHERE b.batch_id = ANY ($1)")
        .Follows("PublicityRecord", "SELECT l.id, b.id FROM core.licence b JOIN core.licence l ON l.natural_key = b.natural_key WHERE b.id = ANY ($1)")
        .Page(size: 100, max: 1000);

    public IQueryable<PublishedLicenceRow> Rows() =>
        db.Licences.Select(each => new PublishedLicenceRow
        {
            Id = each.Id,
            SubjectName = each.SubjectName,
            SubjectCategory = each.SubjectCategory,
            SubjectCode = each.SubjectCode,
            LegalRepresentative = each.LegalRepresentative,
            DocumentName = each.DocumentName,
            DocumentNumber = each.DocumentNumber,
            Category = each.Category,
            CertificateName = each.CertificateName,
            Content = each.Content,
            DecidedOn = each.DecidedOn,
            ValidFrom = each.ValidFrom,
            ValidTo = each.ValidTo,
            Organ = each.Organ,
            OrganCode = each.OrganCode,
            Status = each.Status,
            SiteChannel = each.SiteChannel,
            SitePage = each.SitePage,
            SiteOn = each.SiteOn,
            ShownSince = each.ShownSince,
        });
}
