using Credit.Core.Store;
using Credit.Domain.DueProcess;

namespace Credit.Core.Oversight.Indicators;

/// <summary>Objections concluded in the period in which the department's entry proved right: the less is corrected or revoked, the better (R-3.5.7.b).</summary>
internal sealed class ObjectionsRejected : IIndicator
{
    public string Key => "objections-rejected";

    public string Title => "异议不成立率";

    public string TitleEnglish => "Objections that found nothing wrong";

    public string About => "objection";

    public IQueryable<IndicatorRow> Rows(CreditDbContext db, DateOnly from, DateOnly to, DateOnly today) =>
        db.Objections
            .Where(objection => objection.ConcludedOn != null && objection.ConcludedOn >= from && objection.ConcludedOn <= to
                && (objection.State == ObjectionState.Upheld || objection.State == ObjectionState.Corrected || objection.State == ObjectionState.Revoked))
            .Select(objection => new IndicatorRow
            {
                Department = objection.Handler,
                Id = objection.Id,
                On = objection.ConcludedOn!.Value,
                All = 1,
                Good = objection.State == ObjectionState.Upheld ? 1 : 0,
            });
}
