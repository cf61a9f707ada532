using Credit.Abstractions;
using Credit.Core.Store;
using Credit.OData.Changes;

namespace Credit.OData.Sets;

/// <summary>Honest exemplars shown in public.</summary>
public sealed record PublishedExemplarRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Name; of natural persons the surname only.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>Kind of subject.</summary>
    public string SubjectKind { get; init; } = "";

    /// <summary>Unified social credit code; null for natural persons.</summary>
    public string? SubjectCode { get; init; }

    /// <summary>Where it was found.</summary>
    public string Source { get; init; } = "";

    /// <summary>Association or medium that recommended it; empty where the department did.</summary>
    public string RecommendedBy { get; init; } = "";

    /// <summary>Key of the nominating department.</summary>
    public string Nominator { get; init; } = "";

    /// <summary>Its name.</summary>
    public string NominatorName { get; init; } = "";

    /// <summary>What it is an example of.</summary>
    public string Deeds { get; init; } = "";

    /// <summary>Day it was shown first.</summary>
    public DateOnly PublishedOn { get; init; }
}

/// <summary>Honest exemplars shown in public.</summary>
internal sealed class PublishedExemplars(PublicDbContext db) : IEntitySet<PublishedExemplarRow>
{
    public static string Name => "Exemplars";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Honest exemplars shown in public.";

    public static void Shape(ISetShape<PublishedExemplarRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.SubjectName, each => each.SubjectKind, each => each.SubjectCode, each => each.Source, each => each.Nominator, each => each.PublishedOn)
        .Sort(each => each.SubjectName, each => each.PublishedOn)
        .Search(each => each.SubjectName, each => each.SubjectCode)
        .Navigate<PublicDepartmentRow>("NominatorDepartment", each => each.Nominator, target => target.Key)
        .Follows("Exemplar")
        .Page(size: 100, max: 1000);

    public IQueryable<PublishedExemplarRow> Rows() =>
        db.Exemplars.Select(each => new PublishedExemplarRow
        {
            Id = each.Id,
            SubjectName = each.SubjectName,
            SubjectKind = each.SubjectKind,
            SubjectCode = each.SubjectCode,
            Source = each.Source,
            RecommendedBy = each.RecommendedBy,
            Nominator = each.Nominator,
            NominatorName = each.NominatorName,
            Deeds = each.Deeds,
            PublishedOn = each.PublishedOn,
        });
}
