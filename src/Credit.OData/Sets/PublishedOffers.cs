using Credit.Abstractions;
using Credit.Core.Store;
using Credit.OData.Changes;

namespace Credit.OData.Sets;

/// <summary>Preferential offers that are open.</summary>
public sealed record PublishedOfferRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>信易批, 信易行, 信易游, 信易住, 信易租, 税易贷, 信易贷, 信易债, support of individuals, or promotion.</summary>
    public string Programme { get; init; } = "";

    /// <summary>Kind of provider.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Name of the provider.</summary>
    public string ProviderName { get; init; } = "";

    /// <summary>Title.</summary>
    public string Title { get; init; } = "";

    /// <summary>What is given.</summary>
    public string Terms { get; init; } = "";

    /// <summary>What the subject must be.</summary>
    public string Need { get; init; } = "";

    /// <summary>Years without negative record; null where the need is another.</summary>
    public int? CleanYears { get; init; }

    /// <summary>Whom it is for.</summary>
    public string Audience { get; init; } = "";

    /// <summary>Key of the department that keeps it.</summary>
    public string Department { get; init; } = "";

    /// <summary>Day it opened.</summary>
    public DateOnly OpenedOn { get; init; }
}

/// <summary>Preferential offers that are open.</summary>
internal sealed class PublishedOffers(PublicDbContext db) : IEntitySet<PublishedOfferRow>
{
    public static string Name => "Offers";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Preferential offers that are open.";

    public static void Shape(ISetShape<PublishedOfferRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Programme, each => each.Provider, each => each.ProviderName, each => each.Need, each => each.Audience, each => each.Department, each => each.OpenedOn)
        .Sort(each => each.Programme, each => each.OpenedOn)
        .Search(each => each.Title, each => each.Programme, each => each.ProviderName)
        .Navigate<PublicDepartmentRow>("ResponsibleDepartment", each => each.Department, target => target.Key)
        .Follows("Offer")
        .Page(size: 100, max: 1000);

    public IQueryable<PublishedOfferRow> Rows() =>
        db.Offers.Select(each => new PublishedOfferRow
        {
            Id = each.Id,
            Programme = each.Programme,
            Provider = each.Provider,
            ProviderName = each.ProviderName,
            Title = each.Title,
            Terms = each.Terms,
            Need = each.Need,
            CleanYears = each.CleanYears,
            Audience = each.Audience,
            Department = each.Department,
            OpenedOn = each.OpenedOn,
        });
}
