using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Credit bonuses in tenders of the own department.</summary>
public sealed record BidBonusRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The bidder.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>Department that gave it.</summary>
    public string Department { get; init; } = "";

    /// <summary>Number of the tender.</summary>
    public string Tender { get; init; } = "";

    /// <summary>Where the tender documents provide for it.</summary>
    public string TenderClause { get; init; } = "";

    /// <summary>Points given.</summary>
    public decimal Points { get; init; }

    /// <summary>Most points allowed.</summary>
    public decimal MostPoints { get; init; }

    /// <summary>What it rests on.</summary>
    public string Basis { get; init; } = "";

    /// <summary>Day it was given.</summary>
    public DateOnly GivenOn { get; init; }
}

/// <summary>Credit bonuses in tenders of the own department.</summary>
internal sealed class BidBonusSet(OfficialDbContext db, Caller caller) : IEntitySet<BidBonusRow>
{
    public static string Name => "BidBonuses";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Credit bonuses in tenders of the own department.";

    public static void Shape(ISetShape<BidBonusRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.SubjectId, each => each.Department, each => each.Tender, each => each.Points, each => each.GivenOn)
        .Sort(each => each.GivenOn)
        .Page(size: 100, max: 1000);

    public IQueryable<BidBonusRow> Rows() =>
        db.BidBonuses
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department)
            .Select(each => new BidBonusRow
            {
                Id = each.Id,
                SubjectId = each.SubjectId,
                Department = each.Department,
                Tender = each.Tender,
                TenderClause = each.TenderClause,
                Points = each.Points,
                MostPoints = each.MostPoints,
                Basis = each.Basis.ToString(),
                GivenOn = each.GivenOn,
            });
}
