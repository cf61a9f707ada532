using Credit.Core.Store;

namespace Credit.Core.Oversight.Indicators;

/// <summary>Interviews due in the period that the recogniser recorded by then, whatever came of them (R-3.4.2.d, R-3.4.2.e).</summary>
internal sealed class InterviewsHeld : IIndicator
{
    public string Key => "interviews-held";

    public string Title => "约谈及时率";

    public string TitleEnglish => "Interviews held in time";

    public string About => "rectification";

    public IQueryable<IndicatorRow> Rows(CreditDbContext db, DateOnly from, DateOnly to, DateOnly today) =>
        db.Rectifications
            .Where(rectification => rectification.InterviewDue >= from && rectification.InterviewDue <= to
                && (rectification.HeldOn != null || rectification.InterviewDue < today))
            .Select(rectification => new IndicatorRow
            {
                Department = rectification.Recogniser,
                Id = rectification.Id,
                On = rectification.InterviewDue!.Value,
                All = 1,
                Good = rectification.HeldOn != null && rectification.HeldOn <= rectification.InterviewDue ? 1 : 0,
            });
}
