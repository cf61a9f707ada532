using Credit.Abstractions;
using Credit.Core.Store;
using Credit.OData.Changes;

namespace Credit.OData.Sets;

/// <summary>Credit records in their period of publicity.</summary>
public sealed record PublishedRecordRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>What it is about.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Item it is collected under.</summary>
    public string CatalogueItem { get; init; } = "";

    /// <summary>Speaks against the subject.</summary>
    public bool Negative { get; init; }

    /// <summary>Name; of natural persons the surname only.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>Kind of subject.</summary>
    public string SubjectKind { get; init; } = "";

    /// <summary>Unified code; null for natural persons.</summary>
    public string? SubjectCode { get; init; }

    /// <summary>Number of its document.</summary>
    public string? DocumentNumber { get; init; }

    /// <summary>What happened, personal data masked.</summary>
    public string Text { get; init; } = "";

    /// <summary>Key of the body it comes from.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Its name.</summary>
    public string ProviderName { get; init; } = "";

    /// <summary>形成日期.</summary>
    public DateOnly FormedOn { get; init; }

    /// <summary>Last day shown.</summary>
    public DateOnly PublicUntil { get; init; }
}

/// <summary>Credit records in their period of publicity.</summary>
internal sealed class PublishedRecords(PublicDbContext db) : IEntitySet<PublishedRecordRow>
{
    public static string Name => "CreditRecords";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Credit records in their period of publicity.";

    public static void Shape(ISetShape<PublishedRecordRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Kind, each => each.CatalogueItem, each => each.Negative, each => each.SubjectName, each => each.SubjectCode, each => each.Provider, each => each.FormedOn, each => each.PublicUntil)
        .Sort(each => each.FormedOn, each => each.PublicUntil)
        .Search(each => each.SubjectName, each => each.SubjectCode, each => each.DocumentNumber, each => each.ProviderName)
        .Navigate<PublicDepartmentRow>("ProviderDepartment", each => each.Provider, target => target.Key)
        .Follows("CreditRecord")
        .Follows("Subject", "SELECT r.id, r.subject_id FROM core.credit_record r WHERE r.subject_id = ANY ($1)")
        .Page(size: 100, max: 1000);

    public IQueryable<PublishedRecordRow> Rows() =>
        db.Records
            .Select(each => new PublishedRecordRow
            {
                Id = each.Id,
                Kind = each.Kind,
                CatalogueItem = each.CatalogueItem,
                Negative = each.Negative,
                SubjectName = each.SubjectName,
                SubjectKind = each.SubjectKind,
                SubjectCode = each.SubjectCode,
                DocumentNumber = each.DocumentNumber,
                Text = each.Text,
                Provider = each.Provider,
                ProviderName = each.ProviderName,
                FormedOn = each.FormedOn,
                PublicUntil = each.PublicUntil,
            });
}
