using Credit.Abstractions;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Offices of organisations, past and present.</summary>
public sealed record OfficeholderRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The organisation.</summary>
    public Guid OrganisationId { get; init; }

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Surname of the person.</summary>
    public string PersonName { get; init; } = "";

    /// <summary>Masked identifier of the person.</summary>
    public string? PersonMask { get; init; }

    /// <summary>The office.</summary>
    public string Office { get; init; } = "";

    /// <summary>First day in office.</summary>
    public DateOnly Since { get; init; }

    /// <summary>Last day in office; null while in office.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Where it stands: it counts once confirmed.</summary>
    public string State { get; init; } = "";
}

/// <summary>Offices of organisations, past and present; persons by surname and mask.</summary>
internal sealed class Officeholders(OfficialDbContext db) : IEntitySet<OfficeholderRow>
{
    public static string Name => "Officeholders";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Offices of organisations, past and present; persons by surname and mask.";

    public static void Shape(ISetShape<OfficeholderRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.OrganisationId, each => each.PersonId, each => each.Since, each => each.Until)
        .Sort(each => each.Since)
        .Page(size: 100, max: 1000);

    public IQueryable<OfficeholderRow> Rows() =>
        from each in db.Officeholders
        let surname = each.PersonName.Substring(0, 1)
        select new OfficeholderRow
        {
            Id = each.Id,
            OrganisationId = each.OrganisationId,
            PersonId = each.PersonId,
            PersonName = surname + "＊",
            PersonMask = each.PersonMask,
            Office = each.Office.ToString(),
            Since = each.Since,
            Until = each.Until,
            State = each.State.ToString(),
        };
}
