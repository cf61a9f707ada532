using Credit.Core.Store;

namespace Credit.Core.Oversight.Indicators;

/// <summary>Stop orders due in the period that the department confirmed by then (R-3.5.6.d, I46).</summary>
internal sealed class StopsConfirmed : IIndicator
{
    public string Key => "stops-confirmed";

    public string Title => "措施停止确认率";

    public string TitleEnglish => "Stops confirmed in time";

    public string About => "task";

    public IQueryable<IndicatorRow> Rows(CreditDbContext db, DateOnly from, DateOnly to, DateOnly today) =>
        db.Tasks
            .Where(task => task.StopDue != null && task.StopDue >= from && task.StopDue <= to && (task.StoppedOn != null || task.StopDue < today))
            .Select(task => new IndicatorRow
            {
                Department = task.Department,
                Id = task.Id,
                On = task.StopDue!.Value,
                All = 1,
                Good = task.StoppedOn != null && task.StoppedOn <= task.StopDue ? 1 : 0,
            });
}
