using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Batches the own department sent in.</summary>
public sealed record IntakeBatchRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Kind of records.</summary>
    public string Kind { get; init; } = "";

    /// <summary>File name.</summary>
    public string FileName { get; init; } = "";

    /// <summary>Department.</summary>
    public string Department { get; init; } = "";

    /// <summary>Day received.</summary>
    public DateOnly ReceivedOn { get; init; }

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>Rows read.</summary>
    public int RowsRead { get; init; }

    /// <summary>Rows stored.</summary>
    public int Accepted { get; init; }

    /// <summary>Rows stored with a warning.</summary>
    public int AcceptedWithWarning { get; init; }

    /// <summary>Rows already stored.</summary>
    public int Unchanged { get; init; }

    /// <summary>Rows that contradict stored ones.</summary>
    public int Conflicts { get; init; }

    /// <summary>Rows kept aside.</summary>
    public int Quarantined { get; init; }

    /// <summary>Rows sent back.</summary>
    public int Rejected { get; init; }

    /// <summary>Rows late.</summary>
    public int Late { get; init; }

    /// <summary>The department's own records, or copies of the service hall.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Site that published them first; null where the department stated none.</summary>
    public string? SiteChannel { get; init; }

    /// <summary>The page there.</summary>
    public string? SitePage { get; init; }

    /// <summary>Day they were published there.</summary>
    public DateOnly? SiteOn { get; init; }
}

/// <summary>Batches the own department sent in.</summary>
internal sealed class IntakeBatches(OfficialDbContext db, Caller caller) : IEntitySet<IntakeBatchRow>
{
    public static string Name => "IntakeBatches";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Batches the own department sent in.";

    public static void Shape(ISetShape<IntakeBatchRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Kind, each => each.Department, each => each.ReceivedOn)
        .Sort(each => each.ReceivedOn, each => each.Department)
        .Navigate<OfficialPenaltyRow>("Penalties", each => each.Id, target => target.BatchId)
        .Navigate<OfficialLicenceRow>("Licences", each => each.Id, target => target.BatchId)
        .Navigate<CreditRecordRow>("Records", each => each.Id, target => target.BatchId)
        .Page(size: 100, max: 1000);

    public IQueryable<IntakeBatchRow> Rows() =>
        db.Batches
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department)
            .Select(each => new IntakeBatchRow
            {
                Id = each.Id,
                Kind = each.Kind,
                FileName = each.FileName,
                Department = each.Department,
                ReceivedOn = each.ReceivedOn,
                State = each.State.ToString(),
                RowsRead = each.RowsRead,
                Accepted = each.Accepted,
                AcceptedWithWarning = each.AcceptedWithWarning,
                Unchanged = each.Unchanged,
                Conflicts = each.Conflicts,
                Quarantined = each.Quarantined,
                Rejected = each.Rejected,
                Late = each.Late,
                Origin = each.Origin.ToString(),
                SiteChannel = each.SiteChannel == null ? null : each.SiteChannel.ToString(),
                SitePage = each.SitePage,
                SiteOn = each.SiteOn,
            });
}
