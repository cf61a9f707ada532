using Credit.Abstractions;
using Credit.Core.Store;
using Credit.OData.Changes;

namespace Credit.OData.Sets;

/// <summary>Serious cases exposed to the public.</summary>
public sealed record PublishedExposureRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Title.</summary>
    public string Title { get; init; } = "";

    /// <summary>Subject; natural persons anonymous.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>What happened and what it did to society.</summary>
    public string Facts { get; init; } = "";

    /// <summary>Department.</summary>
    public string Department { get; init; } = "";

    /// <summary>Day it became public.</summary>
    public DateOnly PublishedOn { get; init; }
}

/// <summary>Serious cases exposed to the public, while their entries are public.</summary>
internal sealed class PublishedExposures(PublicDbContext db) : IEntitySet<PublishedExposureRow>
{
    public static string Name => "Exposures";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Serious cases exposed to the public, while their entries are public.";

    public static void Shape(ISetShape<PublishedExposureRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Department, each => each.PublishedOn)
        .Sort(each => each.PublishedOn)
        .Search(each => each.Title, each => each.SubjectName)
        .Navigate<PublicDepartmentRow>("ResponsibleDepartment", each => each.Department, target => target.Key)
        .Follows("ExposureItem")
        .Follows("ListEntry", "SELECT x.id, x.entry_id FROM core.exposure_item x WHERE x.entry_id = ANY ($1)")
        .Page(size: 100, max: 1000);

    public IQueryable<PublishedExposureRow> Rows() =>
        db.Exposures.Select(each => new PublishedExposureRow
        {
            Id = each.Id,
            Title = each.Title,
            SubjectName = each.SubjectName,
            Facts = each.Facts,
            Department = each.Department,
            PublishedOn = each.PublishedOn,
        });
}
