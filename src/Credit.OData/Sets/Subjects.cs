using Credit.Abstractions;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Credit subjects by identifier.</summary>
public sealed record SubjectRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Kind of subject.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Unified code.</summary>
    public string? Code { get; init; }

    /// <summary>Masked identifier of a natural person.</summary>
    public string? Mask { get; init; }

    /// <summary>Legal representative.</summary>
    public string? LegalRepresentative { get; init; }

    /// <summary>Area code.</summary>
    public string? Area { get; init; }

    /// <summary>Town or street.</summary>
    public string? Town { get; init; }

    /// <summary>Industry code.</summary>
    public string? Industry { get; init; }

    /// <summary>Standing.</summary>
    public string Status { get; init; } = "";
}

/// <summary>Credit subjects by identifier.</summary>
internal sealed class Subjects(OfficialDbContext db) : IEntitySet<SubjectRow>
{
    public static string Name => "Subjects";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Credit subjects by identifier.";

    public static void Shape(ISetShape<SubjectRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Name, each => each.Code, each => each.Area, each => each.Town, each => each.Industry)
        .Sort(each => each.Name)
        .Search(each => each.Name, each => each.Code)
        .Navigate<OfficialEntryRow>("Entries", each => each.Id, target => target.SubjectId)
        .Navigate<CreditRecordRow>("Records", each => each.Id, target => target.SubjectId)
        .Navigate<NoticeRow>("Notices", each => each.Id, target => target.SubjectId)
        .Navigate<OfficialCommitmentRow>("Commitments", each => each.Id, target => target.SubjectId)
        .Navigate<WarningRow>("Warnings", each => each.Id, target => target.SubjectId)
        .Page(size: 100, max: 1000);

    public IQueryable<SubjectRow> Rows() =>
        db.Subjects.Select(each => new SubjectRow
        {
            Id = each.Id,
            Kind = each.Kind.ToString(),
            Name = each.Name,
            Code = each.Code,
            Mask = each.Mask,
            LegalRepresentative = each.LegalRepresentative,
            Area = each.Area,
            Town = each.Town,
            Industry = each.Industry,
            Status = each.Status.ToString(),
        });
}
