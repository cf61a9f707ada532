using Credit.Abstractions;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Administrative licences as received.</summary>
public sealed record OfficialLicenceRow
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

    /// <summary>Department that sent it.</summary>
    public string Department { get; init; } = "";

    /// <summary>Batch.</summary>
    public Guid BatchId { get; init; }

    /// <summary>Day received.</summary>
    public DateOnly ReceivedOn { get; init; }

    /// <summary>Last day in time.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Late.</summary>
    public bool Late { get; init; }
}

/// <summary>Administrative licences as received.</summary>
internal sealed class OfficialLicences(OfficialDbContext db) : IEntitySet<OfficialLicenceRow>
{
    public static string Name => "Licences";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Administrative licences as received.";

    public static void Shape(ISetShape<OfficialLicenceRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.SubjectName, each => each.SubjectCategory, each => each.SubjectCode, each => each.DocumentNumber, each => each.Category, each => each.DecidedOn, each => each.OrganCode, each => each.Department, each => each.BatchId, each => each.ReceivedOn, each => each.Late)
        .Sort(each => each.DecidedOn, each => each.ReceivedOn)
        .Search(each => each.SubjectName, each => each.SubjectCode, each => each.DocumentNumber, each => each.Organ)
        .Navigate<IntakeBatchRow>("Batch", each => each.BatchId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<OfficialLicenceRow> Rows() =>
        db.Licences.Where(each => each.Current).Select(each => new OfficialLicenceRow
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
            Department = each.Department,
            BatchId = each.BatchId,
            ReceivedOn = each.ReceivedOn,
            Due = each.Due,
            Late = each.Late,
        });
}
