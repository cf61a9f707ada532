using Credit.Core.Oversight.Indicators;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>Counts every indicator over a period, by department.</summary>
internal sealed class IndicatorFigures(CreditDbContext db, IEnumerable<IIndicator> indicators, DepartmentDirectory departments, TimeProvider clock)
{
    /// <summary>All indicators in order of their keys.</summary>
    public IReadOnlyList<IIndicator> All { get; } = [.. indicators.OrderBy(indicator => indicator.Key, StringComparer.Ordinal)];

    /// <summary>The rows an indicator counts.</summary>
    public IQueryable<IndicatorRow> RowsOf(IIndicator indicator, DateOnly from, DateOnly to) => indicator.Rows(db, from, to, clock.Today());

    /// <summary>The figures of each body of the district that has any, by its key. One query for each indicator.</summary>
    public async Task<SortedDictionary<string, List<IndicatorFigure>>> CountAsync(DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var figures = new SortedDictionary<string, List<IndicatorFigure>>(StringComparer.Ordinal);
        foreach (var indicator in All)
        {
            var counts = await RowsOf(indicator, from, to)
                .GroupBy(row => row.Department)
                .Select(same => new { Department = same.Key, All = same.Sum(row => row.All), Good = same.Sum(row => row.Good) })
                .ToListAsync(cancel);
            foreach (var count in counts.Where(count => departments.Find(count.Department) is { OutsideDistrict: false }))
            {
                if (!figures.TryGetValue(count.Department, out var own))
                {
                    figures[count.Department] = own = [];
                }

                own.Add(new IndicatorFigure(indicator.Key, count.All, count.Good));
            }
        }

        return figures;
    }

    /// <summary>Why a period is none; null when it is one.</summary>
    public static Refusal? AgainstPeriod(DateOnly from, DateOnly to) => from > to || to.DayNumber - from.DayNumber > 3660
        ? new("period-invalid", "起止日期应完整，且起始日不晚于截止日。", "Give both days, the first not after the last.", Clause.R("4.3.a"), "from")
        : null;
}
