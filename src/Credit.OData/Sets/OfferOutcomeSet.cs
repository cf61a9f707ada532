using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>What came of the offers of the own department; without the subjects.</summary>
public sealed record OfferOutcomeRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The offer.</summary>
    public Guid OfferId { get; init; }

    /// <summary>Department that keeps the offer.</summary>
    public string Department { get; init; } = "";

    /// <summary>Granted or not.</summary>
    public bool Granted { get; init; }

    /// <summary>Amount in yuan.</summary>
    public decimal? AmountYuan { get; init; }

    /// <summary>Rate in percent a year.</summary>
    public decimal? RatePercent { get; init; }

    /// <summary>Day reported.</summary>
    public DateOnly ReportedOn { get; init; }
}

/// <summary>What came of the offers of the own department; without the subjects.</summary>
internal sealed class OfferOutcomeSet(OfficialDbContext db, Caller caller) : IEntitySet<OfferOutcomeRow>
{
    public static string Name => "OfferOutcomes";

    public static Surface Surface => Surface.Official;

    public static string Summary => "What came of the offers of the own department; without the subjects.";

    public static void Shape(ISetShape<OfferOutcomeRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.OfferId, each => each.Department, each => each.Granted, each => each.AmountYuan, each => each.RatePercent, each => each.ReportedOn)
        .Sort(each => each.ReportedOn)
        .Page(size: 100, max: 1000);

    public IQueryable<OfferOutcomeRow> Rows() =>
        db.OfferOutcomes
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department)
            .Select(each => new OfferOutcomeRow
            {
                Id = each.Id,
                OfferId = each.OfferId,
                Department = each.Department,
                Granted = each.Granted,
                AmountYuan = each.AmountYuan,
                RatePercent = each.RatePercent,
                ReportedOn = each.ReportedOn,
            });
}
