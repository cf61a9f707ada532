using Credit.Core.Store;
using Credit.Domain.Enforcement;

namespace Credit.Core.Oversight.Indicators;

/// <summary>Cases collected in the period that the lead office approved (R-3.5.1.c).</summary>
internal sealed class CasesApproved : IIndicator
{
    public string Key => "cases-approved";

    public string Title => "案例采用率";

    public string TitleEnglish => "Cases approved";

    public string About => "case";

    public IQueryable<IndicatorRow> Rows(CreditDbContext db, DateOnly from, DateOnly to, DateOnly today) =>
        db.Cases
            .Where(collected => collected.CollectedOn >= from && collected.CollectedOn <= to)
            .Select(collected => new IndicatorRow
            {
                Department = collected.Department,
                Id = collected.Id,
                On = collected.CollectedOn,
                All = 1,
                Good = collected.State == CaseState.Approved ? 1 : 0,
            });
}
