using Credit.Core.Intake;
using Credit.Core.Store;

namespace Credit.Core.Oversight.Indicators;

/// <summary>Rows taken in that conform to the data standard without any finding, of all taken in (R-3.1.1.b). A batch counts for its rows.</summary>
internal sealed class RowsConforming : IIndicator
{
    public string Key => "rows-conforming";

    public string Title => "信息合规率";

    public string TitleEnglish => "Rows that conform without a finding";

    public string About => "batch";

    public IQueryable<IndicatorRow> Rows(CreditDbContext db, DateOnly from, DateOnly to, DateOnly today) =>
        db.Batches
            .Where(batch => batch.State == BatchState.Completed && batch.ReceivedOn >= from && batch.ReceivedOn <= to
                && batch.Accepted + batch.AcceptedWithWarning + batch.Unchanged > 0)
            .Select(batch => new IndicatorRow
            {
                Department = batch.Department,
                Id = batch.Id,
                On = batch.ReceivedOn,
                All = batch.Accepted + batch.AcceptedWithWarning + batch.Unchanged,
                Good = batch.Accepted + batch.Unchanged,
            });
}
