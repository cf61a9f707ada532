using Credit.Abstractions;
using Credit.Core.Store;
using Credit.OData.Changes;

namespace Credit.OData.Sets;

/// <summary>Administrative penalties in their period of publicity.</summary>
public sealed record PublishedPenaltyRow
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

    /// <summary>Document number.</summary>
    public string DocumentNumber { get; init; } = "";

    /// <summary>Type of violation.</summary>
    public string Violation { get; init; } = "";

    /// <summary>Facts, personal data masked.</summary>
    public string Facts { get; init; } = "";

    /// <summary>Legal basis.</summary>
    public string LegalBasis { get; init; } = "";

    /// <summary>Kinds of penalty.</summary>
    public string Categories { get; init; } = "";

    /// <summary>Content.</summary>
    public string Content { get; init; } = "";

    /// <summary>Fine, yuan.</summary>
    public decimal? FineYuan { get; init; }

    /// <summary>Confiscated, yuan.</summary>
    public decimal? ConfiscatedYuan { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }

    /// <summary>End of validity.</summary>
    public DateOnly ValidTo { get; init; }

    /// <summary>Last day shown.</summary>
    public DateOnly PublicUntil { get; init; }

    /// <summary>Deciding organ.</summary>
    public string Organ { get; init; } = "";

    /// <summary>Its unified code.</summary>
    public string OrganCode { get; init; } = "";

    /// <summary>Site of the department or of the government that published it first; null where the department stated none.</summary>
    public string? SiteChannel { get; init; }

    /// <summary>The page there.</summary>
    public string? SitePage { get; init; }

    /// <summary>Day it was published there.</summary>
    public DateOnly? SiteOn { get; init; }

    /// <summary>Instant since which the platform shows it, UTC.</summary>
    public DateTimeOffset? ShownSince { get; init; }
}

/// <summary>Administrative penalties in their period of publicity.</summary>
internal sealed class PublishedPenalties(PublicDbContext db) : IEntitySet<PublishedPenaltyRow>
{
    public static string Name => "Penalties";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Administrative penalties in their period of publicity.";

    public static void Shape(ISetShape<PublishedPenaltyRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.SubjectName, each => each.SubjectCategory, each => each.SubjectCode, each => each.DocumentNumber, each => each.FineYuan, each => each.DecidedOn, each => each.PublicUntil, each => each.Organ, each => each.OrganCode, each => each.Violation)
        .Sort(each => each.SubjectName, each => each.DecidedOn, each => each.PublicUntil)
        .Search(each => each.SubjectName, each => each.SubjectCode, each => each.DocumentNumber, each => each.Organ)
        .Follows("IntakeBatch", "SELECT p.id, b.batch_id FROM core.penalty b JOIN core.penalty p ON p.natural_key = b.natural_key WHERE b.batch_id = ANY ($1)")
        .Follows("PublicityRecord", "SELECT p.id, b.id FROM core.penalty b JOIN core.penalty p ON p.natural_key = b.natural_key WHERE b.id = ANY ($1)")
        .Page(size: 100, max: 1000);

    public IQueryable<PublishedPenaltyRow> Rows() =>
        db.Penalties.Select(each => new PublishedPenaltyRow
        {
            Id = each.Id,
            SubjectName = each.SubjectName,
            SubjectCategory = each.SubjectCategory,
            SubjectCode = each.SubjectCode,
            LegalRepresentative = each.LegalRepresentative,
            DocumentNumber = each.DocumentNumber,
            Violation = each.Violation,
            Facts = each.Facts,
            LegalBasis = each.LegalBasis,
            Categories = each.Categories,
            Content = each.Content,
            FineYuan = each.FineYuan,
            ConfiscatedYuan = each.ConfiscatedYuan,
            DecidedOn = each.DecidedOn,
            ValidTo = each.ValidTo,
            PublicUntil = each.PublicUntil,
            Organ = each.Organ,
            OrganCode = each.OrganCode,
            SiteChannel = each.SiteChannel,
            SitePage = each.SitePage,
            SiteOn = each.SiteOn,
            ShownSince = each.ShownSince,
        });
}
