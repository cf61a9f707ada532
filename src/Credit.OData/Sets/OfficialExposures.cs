using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Disclosure;

namespace Credit.OData.Sets;

/// <summary>Exposures the own department proposed, and approved ones.</summary>
public sealed record OfficialExposureRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>Title.</summary>
    public string Title { get; init; } = "";

    /// <summary>Subject; natural persons anonymous.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>What happened and what it did to society.</summary>
    public string Facts { get; init; } = "";

    /// <summary>Department.</summary>
    public string Department { get; init; } = "";

    /// <summary>Proposed, approved or refused.</summary>
    public string State { get; init; } = "";

    /// <summary>Day proposed.</summary>
    public DateOnly ProposedOn { get; init; }

    /// <summary>Day decided.</summary>
    public DateOnly? DecidedOn { get; init; }
}

/// <summary>Exposures the own department proposed, and approved ones.</summary>
internal sealed class OfficialExposures(OfficialDbContext db, Caller caller) : IEntitySet<OfficialExposureRow>
{
    public static string Name => "Exposures";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Exposures the own department proposed, and approved ones.";

    public static void Shape(ISetShape<OfficialExposureRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.EntryId, each => each.Department, each => each.ProposedOn, each => each.DecidedOn)
        .Sort(each => each.ProposedOn)
        .Search(each => each.Title, each => each.SubjectName)
        .Navigate<OfficialEntryRow>("Entry", each => each.EntryId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<OfficialExposureRow> Rows() =>
        db.Exposures
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department || each.State == DisclosureState.Approved)
            .Select(each => new OfficialExposureRow
            {
                Id = each.Id,
                EntryId = each.EntryId,
                Title = each.Title,
                SubjectName = each.SubjectName,
                Facts = each.Facts,
                Department = each.Department,
                State = each.State.ToString(),
                ProposedOn = each.ProposedOn,
                DecidedOn = each.DecidedOn,
            });
}
