using Credit.Abstractions;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Members of the industry associations.</summary>
public sealed record AssociationMemberRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Key of the association.</summary>
    public string Association { get; init; } = "";

    /// <summary>The organisation.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>Where the membership stands.</summary>
    public string State { get; init; } = "";

    /// <summary>Day it applied.</summary>
    public DateOnly AppliedOn { get; init; }

    /// <summary>Day it was admitted.</summary>
    public DateOnly? AdmittedOn { get; init; }

    /// <summary>Day it ended.</summary>
    public DateOnly? EndedOn { get; init; }
}

/// <summary>Members of the industry associations.</summary>
internal sealed class AssociationMembers(OfficialDbContext db) : IEntitySet<AssociationMemberRow>
{
    public static string Name => "AssociationMembers";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Members of the industry associations.";

    public static void Shape(ISetShape<AssociationMemberRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Association, each => each.SubjectId, each => each.AppliedOn, each => each.AdmittedOn, each => each.EndedOn)
        .Sort(each => each.AppliedOn)
        .Page(size: 100, max: 1000);

    public IQueryable<AssociationMemberRow> Rows() =>
        db.AssociationMembers
            .Select(each => new AssociationMemberRow
            {
                Id = each.Id,
                Association = each.Association,
                SubjectId = each.SubjectId,
                State = each.State.ToString(),
                AppliedOn = each.AppliedOn,
                AdmittedOn = each.AdmittedOn,
                EndedOn = each.EndedOn,
            });
}
