using Credit.Abstractions;
using Credit.Core.Store;
using Credit.OData.Changes;

namespace Credit.OData.Sets;

/// <summary>Approved cases of joint reward and punishment, while their entries are public.</summary>
public sealed record PublishedCaseRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Title.</summary>
    public string Title { get; init; } = "";

    /// <summary>Subject; natural persons anonymous.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>Memorandum.</summary>
    public string Memorandum { get; init; } = "";

    /// <summary>Effect.</summary>
    public string Effect { get; init; } = "";

    /// <summary>Department.</summary>
    public string Department { get; init; } = "";

    /// <summary>Typical case.</summary>
    public bool Typical { get; init; }

    /// <summary>Day collected.</summary>
    public DateOnly CollectedOn { get; init; }
}

/// <summary>Approved cases of joint reward and punishment, while their entries are public.</summary>
internal sealed class PublishedCases(PublicDbContext db) : IEntitySet<PublishedCaseRow>
{
    public static string Name => "Cases";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Approved cases of joint reward and punishment, while their entries are public.";

    public static void Shape(ISetShape<PublishedCaseRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Memorandum, each => each.Department, each => each.Typical, each => each.CollectedOn)
        .Sort(each => each.CollectedOn)
        .Search(each => each.Title, each => each.SubjectName)
        .Navigate<PublicDepartmentRow>("ResponsibleDepartment", each => each.Department, target => target.Key)
        .Follows("CreditCase")
        .Follows("ListEntry", "SELECT c.id, c.entry_id FROM core.credit_case c WHERE c.entry_id = ANY ($1)")
        .Page(size: 100, max: 1000);

    public IQueryable<PublishedCaseRow> Rows() =>
        db.Cases.Select(each => new PublishedCaseRow
        {
            Id = each.Id,
            Title = each.Title,
            SubjectName = each.SubjectName,
            Memorandum = each.Memorandum,
            Effect = each.Effect,
            Department = each.Department,
            Typical = each.Typical,
            CollectedOn = each.CollectedOn,
        });
}
