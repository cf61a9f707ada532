using Credit.Domain.Checks;
using Credit.Domain.Policy;

namespace Credit.Domain.Sharing;

/// <summary>What a partner is (R-3.1.5.b).</summary>
public enum PartnerKind
{
    /// <summary>金融机构.</summary>
    FinancialInstitution,

    /// <summary>信用服务机构.</summary>
    CreditAgency,

    /// <summary>行业协会商会.</summary>
    Association,
}

/// <summary>Where a partner stands.</summary>
public enum PartnerState
{
    /// <summary>May query its items.</summary>
    Active,

    /// <summary>May query nothing any more.</summary>
    Revoked,
}

/// <summary>What moves a partner.</summary>
public enum PartnerTrigger
{
    /// <summary>The lead office changes its items.</summary>
    Regrant,

    /// <summary>The lead office ends it.</summary>
    Revoke,
}

/// <summary>The life of a partner.</summary>
public static class PartnerLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<PartnerState, PartnerTrigger> Table = new("Partner", PartnerState.Active,
        (PartnerState.Active, PartnerTrigger.Regrant, PartnerState.Active, "R-3.1.5.b"),
        (PartnerState.Active, PartnerTrigger.Revoke, PartnerState.Revoked, "R-3.1.5.b"));
}

/// <summary>A financial institution, credit agency or association that may query items of the catalogue (R-3.1.5.b).</summary>
public sealed class Partner : Aggregate
{
    private Partner()
    {
    }

    /// <summary>Id of the machine client it signs in with.</summary>
    public string ClientId { get; private init; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; private init; } = "";

    /// <summary>What it is.</summary>
    public PartnerKind Kind { get; private init; }

    /// <summary>Keys of the catalogue items it may query.</summary>
    public IReadOnlyList<string> Items { get; private set; } = [];

    /// <summary>Where it stands.</summary>
    public PartnerState State { get; private set; }

    /// <summary>Day of the first grant.</summary>
    public DateOnly GrantedOn { get; private init; }

    /// <summary>Grants a partner its items.</summary>
    internal static Outcome<Partner> Grant(string clientId, string name, PartnerKind kind, IReadOnlyList<string> items, PolicyPack pack, DateOnly today)
    {
        var refusals = Against(items, pack).ToList();
        if (string.IsNullOrWhiteSpace(clientId) || clientId.Length > TextLength.Name)
        {
            refusals.Add(new("partner-client-missing", "请填写机构的客户端标识。", "Give the id of the client the partner signs in with.", Clause.R("3.1.5.b"), "clientId"));
        }

        if (string.IsNullOrWhiteSpace(name) || name.Length > TextLength.Name)
        {
            refusals.Add(new("partner-name-missing", "请填写机构名称。", "State the partner's name.", Clause.R("3.1.5.b"), "name"));
        }

        if (refusals.Count > 0)
        {
            return Outcome<Partner>.Refused(refusals);
        }

        var partner = new Partner { ClientId = clientId, Name = name, Kind = kind, Items = [.. items.Distinct()], GrantedOn = today };
        partner.Announce(new PartnerGranted(partner.Id, kind, string.Join(';', partner.Items)), Clause.R("3.1.5.b"));
        return partner;
    }

    /// <summary>Other items take the place of the ones before.</summary>
    internal Outcome<Partner> Regrant(IReadOnlyList<string> items, PolicyPack pack)
    {
        var refusals = Against(items, pack).ToList();
        return refusals.Count > 0
            ? Outcome<Partner>.Refused(refusals)
            : PartnerLifecycle.Table.Fire(State, PartnerTrigger.Regrant).Then<Partner>(_ =>
            {
                Items = [.. items.Distinct()];
                Announce(new PartnerGranted(Id, Kind, string.Join(';', Items)), Clause.R("3.1.5.b"));
                return this;
            });
    }

    /// <summary>Ends it at once.</summary>
    internal Outcome<Partner> Revoke() => PartnerLifecycle.Table.Fire(State, PartnerTrigger.Revoke).Then<Partner>(move =>
    {
        State = move.To;
        Announce(new PartnerRevoked(Id), Clause.R("3.1.5.b"));
        return this;
    });

    // What a department keeps to itself is granted to nobody.
    private static IEnumerable<Refusal> Against(IReadOnlyList<string> items, PolicyPack pack)
    {
        if (items.Count == 0 || items.Any(key => pack.Catalogue.All(item => item.Key != key)))
        {
            yield return new("item-unknown", "请填写信用信息目录中的项目。", "Name items of the catalogue.", Clause.R("3.1.5.b"), "items");
        }
        else if (items.Any(key => pack.ItemOf(key).Sharing == SharingClass.Department))
        {
            yield return new("item-not-shareable", "部门内部信息不得向合作机构提供。", "What a department keeps to itself is granted to no partner.", Clause.R("3.1.5.b"), "items");
        }
    }
}

/// <summary>A partner may query these items, separated by semicolons, from now on.</summary>
[WireName("partner.granted.v1")]
public sealed record PartnerGranted(Guid PartnerId, PartnerKind Kind, string Items);

/// <summary>A partner may query nothing any more.</summary>
[WireName("partner.revoked.v1")]
public sealed record PartnerRevoked(Guid PartnerId);

/// <summary>A partner's query was answered.</summary>
/// <param name="QueryId">Number of the query.</param>
/// <param name="PartnerId">The partner.</param>
/// <param name="SubjectId">The subject found; null when the registry has none.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Items">Items asked for, separated by semicolons.</param>
/// <param name="AuthorisationId">Authorisation it rests on; null where none is needed.</param>
[WireName("partner-query.answered.v1")]
public sealed record PartnerQueryAnswered(
    Guid QueryId, Guid PartnerId, Guid? SubjectId, QueryPurpose Purpose, string Items, Guid? AuthorisationId);
