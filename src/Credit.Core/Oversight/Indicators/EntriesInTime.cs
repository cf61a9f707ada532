using Credit.Core.Store;

namespace Credit.Core.Oversight.Indicators;

/// <summary>Entries whose report was due in the period and that were reported by then (R-3.2.4.c).</summary>
internal sealed class EntriesInTime : IIndicator
{
    public string Key => "entries-in-time";

    public string Title => "名单及时报送率";

    public string TitleEnglish => "Entries reported in time";

    public string About => "entry";

    public IQueryable<IndicatorRow> Rows(CreditDbContext db, DateOnly from, DateOnly to, DateOnly today) =>
        db.Entries
            .Where(entry => entry.ReportDue != null && entry.ReportDue >= from && entry.ReportDue <= to && (entry.ReportedOn != null || entry.ReportDue < today))
            .Select(entry => new IndicatorRow
            {
                Department = entry.Recogniser,
                Id = entry.Id,
                On = entry.ReportDue!.Value,
                All = 1,
                Good = entry.ReportedOn != null && !entry.ReportedLate ? 1 : 0,
            });
}
