using Credit.Abstractions;
using Credit.Core.Store;
using Credit.OData.Changes;

namespace Credit.OData.Sets;

/// <summary>List entries in force that may be published.</summary>
public sealed record PublishedEntryRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Red, Black or Watch.</summary>
    public string List { get; init; } = "";

    /// <summary>领域.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Kind of conduct; null on red entries.</summary>
    public string? Category { get; init; }

    /// <summary>Name; of natural persons the surname only.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>Kind of subject.</summary>
    public string SubjectKind { get; init; } = "";

    /// <summary>Unified social credit code; null for natural persons.</summary>
    public string? SubjectCode { get; init; }

    /// <summary>Name of the legal representative.</summary>
    public string? LegalRepresentative { get; init; }

    /// <summary>The facts found.</summary>
    public string Facts { get; init; } = "";

    /// <summary>Recognition standard.</summary>
    public string Standard { get; init; } = "";

    /// <summary>Key of the recognising department.</summary>
    public string Recogniser { get; init; } = "";

    /// <summary>Its name.</summary>
    public string RecogniserName { get; init; } = "";

    /// <summary>Day of recognition.</summary>
    public DateOnly RecognisedOn { get; init; }

    /// <summary>First day in force.</summary>
    public DateOnly ValidFrom { get; init; }

    /// <summary>Last day in force, included; also the last day shown.</summary>
    public DateOnly ValidTo { get; init; }

    /// <summary>An objection is being verified; measures rest.</summary>
    public bool UnderVerification { get; init; }
}

/// <summary>List entries in force that may be published.</summary>
internal sealed class PublishedEntries(PublicDbContext db) : IEntitySet<PublishedEntryRow>
{
    public static string Name => "ListEntries";

    public static Surface Surface => Surface.Public;

    public static string Summary => "List entries in force that may be published.";

    public static void Shape(ISetShape<PublishedEntryRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.List, each => each.Domain, each => each.Category, each => each.SubjectName, each => each.SubjectKind, each => each.SubjectCode, each => each.Recogniser, each => each.RecognisedOn, each => each.ValidFrom, each => each.ValidTo, each => each.UnderVerification)
        .Sort(each => each.List, each => each.Domain, each => each.SubjectName, each => each.RecognisedOn, each => each.ValidFrom, each => each.ValidTo)
        .Search(each => each.SubjectName, each => each.SubjectCode, each => each.RecogniserName, each => each.Facts)
        .Navigate<PublicDepartmentRow>("RecogniserDepartment", each => each.Recogniser, target => target.Key)
        .Follows("ListEntry")
        .Page(size: 100, max: 1000);

    public IQueryable<PublishedEntryRow> Rows() =>
        db.Entries.Select(each => new PublishedEntryRow
        {
            Id = each.Id,
            List = each.List,
            Domain = each.Domain,
            Category = each.Category,
            SubjectName = each.SubjectName,
            SubjectKind = each.SubjectKind,
            SubjectCode = each.SubjectCode,
            LegalRepresentative = each.LegalRepresentative,
            Facts = each.Facts,
            Standard = each.Standard,
            Recogniser = each.Recogniser,
            RecogniserName = each.RecogniserName,
            RecognisedOn = each.RecognisedOn,
            ValidFrom = each.ValidFrom,
            ValidTo = each.ValidTo,
            UnderVerification = each.UnderVerification,
        });
}
