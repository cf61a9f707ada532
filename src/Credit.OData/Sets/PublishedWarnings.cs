using Credit.Abstractions;
using Credit.Core.Store;
using Credit.OData.Changes;

namespace Credit.OData.Sets;

/// <summary>Subjects on the warning list: watched in several key domains at once.</summary>
public sealed record PublishedWarningRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Name; of natural persons the surname only.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>Kind of subject.</summary>
    public string SubjectKind { get; init; } = "";

    /// <summary>Unified social credit code; null for natural persons.</summary>
    public string? SubjectCode { get; init; }

    /// <summary>Number of key domains in which the subject is watched.</summary>
    public int DomainCount { get; init; }

    /// <summary>First day on the list.</summary>
    public DateOnly BegunOn { get; init; }

    /// <summary>Last day on the list, as things stand.</summary>
    public DateOnly LastDay { get; init; }
}

/// <summary>Subjects on the warning list: watched in several key domains at once.</summary>
internal sealed class PublishedWarnings(PublicDbContext db) : IEntitySet<PublishedWarningRow>
{
    public static string Name => "Warnings";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Subjects on the warning list: watched in several key domains at once.";

    public static void Shape(ISetShape<PublishedWarningRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.SubjectName, each => each.SubjectKind, each => each.SubjectCode, each => each.DomainCount, each => each.BegunOn, each => each.LastDay)
        .Sort(each => each.SubjectName, each => each.BegunOn, each => each.LastDay)
        .Search(each => each.SubjectName, each => each.SubjectCode)
        .Follows("WarningEntry")
        .Page(size: 100, max: 1000);

    public IQueryable<PublishedWarningRow> Rows() =>
        db.Warnings.Select(each => new PublishedWarningRow
        {
            Id = each.Id,
            SubjectName = each.SubjectName,
            SubjectKind = each.SubjectKind,
            SubjectCode = each.SubjectCode,
            DomainCount = each.DomainCount,
            BegunOn = each.BegunOn,
            LastDay = each.LastDay,
        });
}
