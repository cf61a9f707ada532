using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Partners and what they may query; for the lead office and auditors.</summary>
public sealed record PartnerRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Client it signs in with.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Its name.</summary>
    public string PartnerName { get; init; } = "";

    /// <summary>What it is.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>Day of the first grant.</summary>
    public DateOnly GrantedOn { get; init; }

    /// <summary>Number of items it may query.</summary>
    public int ItemCount { get; init; }
}

/// <summary>Partners and what they may query; for the lead office and auditors.</summary>
internal sealed class Partners(OfficialDbContext db, Caller caller) : IEntitySet<PartnerRow>
{
    public static string Name => "Partners";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Partners and what they may query; for the lead office and auditors.";

    public static void Shape(ISetShape<PartnerRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.ClientId, each => each.PartnerName, each => each.GrantedOn)
        .Sort(each => each.PartnerName, each => each.GrantedOn)
        .Search(each => each.PartnerName)
        .Page(size: 100, max: 1000);

    public IQueryable<PartnerRow> Rows() =>
        db.Partners.Where(each => caller.SeesAllDepartments)
            .Select(each => new PartnerRow
            {
                Id = each.Id,
                ClientId = each.ClientId,
                PartnerName = each.Name,
                Kind = each.Kind.ToString(),
                State = each.State.ToString(),
                GrantedOn = each.GrantedOn,
                ItemCount = each.Items.Count,
            });
}
