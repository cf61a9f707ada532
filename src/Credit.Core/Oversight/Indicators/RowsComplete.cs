using Credit.Core.Intake;
using Credit.Core.Store;

namespace Credit.Core.Oversight.Indicators;

/// <summary>Rows of the files received in the period that could be taken in, of all that were read (R-3.1.1.b). A batch counts for its rows.</summary>
internal sealed class RowsComplete : IIndicator
{
    public string Key => "rows-complete";

    public string Title => "信息完整率";

    public string TitleEnglish => "Rows complete enough to be taken";

    public string About => "batch";

    public IQueryable<IndicatorRow> Rows(CreditDbContext db, DateOnly from, DateOnly to, DateOnly today) =>
        db.Batches
            .Where(batch => batch.State == BatchState.Completed && batch.RowsRead > 0 && batch.ReceivedOn >= from && batch.ReceivedOn <= to)
            .Select(batch => new IndicatorRow
            {
                Department = batch.Department,
                Id = batch.Id,
                On = batch.ReceivedOn,
                All = batch.RowsRead,
                Good = batch.Accepted + batch.AcceptedWithWarning + batch.Unchanged,
            });
}
