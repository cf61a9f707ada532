using Credit.Abstractions;
using Credit.Core.Store;
using Credit.OData.Changes;

namespace Credit.OData.Sets;

/// <summary>Comprehensive, product quality and standard commitments made in public; broken ones for their term.</summary>
public sealed record PublishedCommitmentRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Comprehensive, ProductQuality or StandardDeclaration.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Name; of natural persons the surname only.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>Kind of subject.</summary>
    public string SubjectKind { get; init; } = "";

    /// <summary>Unified social credit code; null for natural persons.</summary>
    public string? SubjectCode { get; init; }

    /// <summary>What is committed to.</summary>
    public string Text { get; init; } = "";

    /// <summary>Key of the department it is made before.</summary>
    public string Department { get; init; } = "";

    /// <summary>Its name.</summary>
    public string DepartmentName { get; init; } = "";

    /// <summary>Day it was made.</summary>
    public DateOnly MadeOn { get; init; }

    /// <summary>Made, Kept or Broken.</summary>
    public string State { get; init; } = "";

    /// <summary>Day it was found kept or broken.</summary>
    public DateOnly? FoundOn { get; init; }

    /// <summary>Last day a broken one is shown; null on others.</summary>
    public DateOnly? PublicUntil { get; init; }
}

/// <summary>Comprehensive, product quality and standard commitments made in public; broken ones for their term.</summary>
internal sealed class PublishedCommitments(PublicDbContext db) : IEntitySet<PublishedCommitmentRow>
{
    public static string Name => "Commitments";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Comprehensive, product quality and standard commitments made in public; broken ones for their term.";

    public static void Shape(ISetShape<PublishedCommitmentRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Kind, each => each.SubjectName, each => each.SubjectKind, each => each.SubjectCode, each => each.Department, each => each.MadeOn, each => each.State, each => each.FoundOn, each => each.PublicUntil)
        .Sort(each => each.SubjectName, each => each.MadeOn)
        .Search(each => each.SubjectName, each => each.SubjectCode)
        .Navigate<PublicDepartmentRow>("ResponsibleDepartment", each => each.Department, target => target.Key)
        .Follows("Commitment")
        .Page(size: 100, max: 1000);

    public IQueryable<PublishedCommitmentRow> Rows() =>
        db.Commitments.Select(each => new PublishedCommitmentRow
        {
            Id = each.Id,
            Kind = each.Kind,
            SubjectName = each.SubjectName,
            SubjectKind = each.SubjectKind,
            SubjectCode = each.SubjectCode,
            Text = each.Text,
            Department = each.Department,
            DepartmentName = each.DepartmentName,
            MadeOn = each.MadeOn,
            State = each.State,
            FoundOn = each.FoundOn,
            PublicUntil = each.PublicUntil,
        });
}
