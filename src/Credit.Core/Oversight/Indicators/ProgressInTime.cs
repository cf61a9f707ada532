using Credit.Core.Store;

namespace Credit.Core.Oversight.Indicators;

/// <summary>Progress reports due in the period that were made by then (R-4.3.a).</summary>
internal sealed class ProgressInTime : IIndicator
{
    public string Key => "progress-in-time";

    public string Title => "工作进展及时报送率";

    public string TitleEnglish => "Progress reported in time";

    public string About => "progress-term";

    public IQueryable<IndicatorRow> Rows(CreditDbContext db, DateOnly from, DateOnly to, DateOnly today) =>
        db.ProgressTerms
            .Where(term => term.DueOn >= from && term.DueOn <= to && (term.ReportedOn != null || term.DueOn < today))
            .Select(term => new IndicatorRow
            {
                Department = term.Department,
                Id = term.Id,
                On = term.DueOn,
                All = 1,
                Good = term.ReportedOn != null && term.ReportedOn <= term.DueOn ? 1 : 0,
            });
}
