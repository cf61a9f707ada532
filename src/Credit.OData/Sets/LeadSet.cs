using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Leads for the own department.</summary>
public sealed record LeadRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Department it is for.</summary>
    public string Department { get; init; } = "";

    /// <summary>Trustworthy or dishonest.</summary>
    public string Conduct { get; init; } = "";

    /// <summary>Unified code of the organisation.</summary>
    public string SubjectCode { get; init; } = "";

    /// <summary>What happened.</summary>
    public string Statement { get; init; } = "";

    /// <summary>What the supplier is; who it is, nobody is told.</summary>
    public string Supplier { get; init; } = "";

    /// <summary>Day it was supplied.</summary>
    public DateOnly SuppliedOn { get; init; }

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>Entry proposed on it.</summary>
    public Guid? EntryId { get; init; }

    /// <summary>Day it was dealt with.</summary>
    public DateOnly? HandledOn { get; init; }
}

/// <summary>Leads for the own department.</summary>
internal sealed class LeadSet(OfficialDbContext db, Caller caller) : IEntitySet<LeadRow>
{
    public static string Name => "Leads";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Leads for the own department.";

    public static void Shape(ISetShape<LeadRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Department, each => each.SubjectCode, each => each.SuppliedOn, each => each.EntryId, each => each.HandledOn)
        .Sort(each => each.SuppliedOn)
        .Navigate<OfficialEntryRow>("Entry", each => each.EntryId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<LeadRow> Rows() =>
        db.Leads.Where(each => caller.SeesAllDepartments || each.Department == caller.Department)
            .Select(each => new LeadRow
            {
                Id = each.Id,
                Department = each.Department,
                Conduct = each.Conduct.ToString(),
                SubjectCode = each.SubjectCode,
                Statement = each.Statement,
                Supplier = each.Supplier.ToString(),
                SuppliedOn = each.SuppliedOn,
                State = each.State.ToString(),
                EntryId = each.EntryId,
                HandledOn = each.HandledOn,
            });
}
