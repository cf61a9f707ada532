using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Accountability;

namespace Credit.OData.Sets;

/// <summary>Profession tags of persons.</summary>
public sealed record ProfessionTagRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The profession.</summary>
    public string Profession { get; init; } = "";

    /// <summary>Department that set the tag.</summary>
    public string SetBy { get; init; } = "";

    /// <summary>Day set.</summary>
    public DateOnly SetOn { get; init; }

    /// <summary>First day it no longer holds.</summary>
    public DateOnly? EndedOn { get; init; }
}

/// <summary>Profession tags of persons; the tag of public servants for those alone who keep their integrity files (R-3.4.2.b).</summary>
internal sealed class ProfessionTags(OfficialDbContext db, Caller caller) : IEntitySet<ProfessionTagRow>
{
    public static string Name => "ProfessionTags";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Profession tags of persons.";

    public static void Shape(ISetShape<ProfessionTagRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.PersonId, each => each.SetBy, each => each.SetOn, each => each.EndedOn)
        .Sort(each => each.SetOn)
        .Page(size: 100, max: 1000);

    public IQueryable<ProfessionTagRow> Rows()
    {
        var keeper = caller.Is(Roles.IntegrityFile);
        return db.ProfessionTags
            .Where(each => keeper || each.Profession != Profession.PublicServant)
            .Select(each => new ProfessionTagRow
            {
                Id = each.Id,
                PersonId = each.PersonId,
                Profession = each.Profession.ToString(),
                SetBy = each.SetBy,
                SetOn = each.SetOn,
                EndedOn = each.EndedOn,
            });
    }
}
