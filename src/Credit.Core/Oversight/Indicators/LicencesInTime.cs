using Credit.Core.Store;

namespace Credit.Core.Oversight.Indicators;

/// <summary>Decisions received in the period whose first report came by its due day (R-3.1.4.a); those without a due day do not count.</summary>
internal sealed class LicencesInTime : IIndicator
{
    public string Key => "licences-in-time";

    public string Title => "行政许可及时报送率";

    public string TitleEnglish => "Licences reported in time";

    public string About => "licence";

    public IQueryable<IndicatorRow> Rows(CreditDbContext db, DateOnly from, DateOnly to, DateOnly today) =>
        db.Licences.Where(record => record.Version == 1 && record.Due != null && record.ReceivedOn >= from && record.ReceivedOn <= to)
            .Select(record => new IndicatorRow
            {
                Department = record.Department,
                Id = record.Id,
                On = record.ReceivedOn,
                All = 1,
                Good = record.Late ? 0 : 1,
            });
}
