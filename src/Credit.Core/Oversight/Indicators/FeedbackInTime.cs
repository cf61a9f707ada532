using Credit.Core.Deadlines;
using Credit.Core.Store;

namespace Credit.Core.Oversight.Indicators;

/// <summary>Measure tasks due in the period that were fed back by then (R-3.5.1.b). A task put aside, or ended, before its day owes nothing and does not count.</summary>
internal sealed class FeedbackInTime : IIndicator
{
    public string Key => "feedback-in-time";

    public string Title => "措施反馈率";

    public string TitleEnglish => "Measures fed back in time";

    public string About => "task";

    public IQueryable<IndicatorRow> Rows(CreditDbContext db, DateOnly from, DateOnly to, DateOnly today) =>
        db.Tasks
            .Where(task => task.Due >= from && task.Due <= to
                && (task.FedBackOn != null
                    || db.Deadlines.Any(deadline => deadline.AggregateId == task.Id && deadline.Kind == DeadlineKind.TaskFeedback
                        && (deadline.State == DeadlineState.Passed || (deadline.State == DeadlineState.Open && deadline.DueOn < today)))))
            .Select(task => new IndicatorRow
            {
                Department = task.Department,
                Id = task.Id,
                On = task.Due,
                All = 1,
                Good = task.FedBackOn != null && task.FedBackOn <= task.Due ? 1 : 0,
            });
}
