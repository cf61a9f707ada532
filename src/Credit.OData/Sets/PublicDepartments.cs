using Credit.Abstractions;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Departments and bodies of the district.</summary>
public sealed record PublicDepartmentRow
{
    /// <summary>Key.</summary>
    public string Key { get; init; } = "";

    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Kind of body.</summary>
    public string Kind { get; init; } = "";

    /// <summary>May recognise entries.</summary>
    public bool MayRecognise { get; init; }

    /// <summary>Office of the joint conference.</summary>
    public bool LeadOffice { get; init; }
}

/// <summary>Departments and bodies of the district.</summary>
internal sealed class PublicDepartments(PublicDbContext db) : IEntitySet<PublicDepartmentRow>
{
    public static string Name => "Departments";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Departments and bodies of the district.";

    public static void Shape(ISetShape<PublicDepartmentRow> row) => row
        .Key(each => each.Key)
        .Filter(each => each.Name, each => each.Kind, each => each.MayRecognise, each => each.LeadOffice)
        .Sort(each => each.Name)
        .Search(each => each.Name)
        .Navigate<PublishedEntryRow>("Entries", each => each.Key, target => target.Recogniser)
        .Navigate<PublishedExemplarRow>("Exemplars", each => each.Key, target => target.Nominator)
        .Navigate<PublishedCommitmentRow>("Commitments", each => each.Key, target => target.Department)
        .Page(size: 100, max: 1000);

    public IQueryable<PublicDepartmentRow> Rows() =>
        db.Departments.Select(each => new PublicDepartmentRow
        {
            Key = each.Key,
            Name = each.Name,
            Kind = each.Kind,
            MayRecognise = each.MayRecognise,
            LeadOffice = each.LeadOffice,
        });
}
