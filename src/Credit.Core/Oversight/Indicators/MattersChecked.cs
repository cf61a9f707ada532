using Credit.Core.Store;

namespace Credit.Core.Oversight.Indicators;

/// <summary>Matters decided in the period with a query of their own before them: 应查必查 (R-3.1.6.a, I54).</summary>
internal sealed class MattersChecked : IIndicator
{
    public string Key => "matters-checked";

    public string Title => "应查必查率";

    public string TitleEnglish => "Matters checked before the decision";

    public string About => "matter";

    public IQueryable<IndicatorRow> Rows(CreditDbContext db, DateOnly from, DateOnly to, DateOnly today) =>
        db.DecidedMatters
            .Where(matter => matter.DecidedOn >= from && matter.DecidedOn <= to)
            .Select(matter => new IndicatorRow
            {
                Department = matter.Department,
                Id = matter.Id,
                On = matter.DecidedOn,
                All = 1,
                Good = matter.Missed == null ? 1 : 0,
            });
}
