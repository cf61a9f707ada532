using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Deadlines;

/// <summary>The calendar in force: the years shipped, overridden by those the lead office uploaded (X21).</summary>
internal sealed class DistrictCalendar(IServiceScopeFactory scopes) : IWorkingCalendar, IDisposable
{
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private volatile WorkingCalendar _current = WorkingCalendar.BuiltIn;
    private WorkingCalendar? _recounted;

    /// <summary>The loaded years as they stand now.</summary>
    public WorkingCalendar Current => _current;

    /// <inheritdoc/>
    public bool IsWorkingDay(DateOnly day) => _current.IsWorkingDay(day);

    /// <inheritdoc/>
    public DateOnly DueDate(DateOnly start, WorkingDays term) => _current.DueDate(start, term);

    /// <summary>The calendar as the database has it at this moment.</summary>
    public static async Task<WorkingCalendar> ReadAsync(CreditDbContext db, CancellationToken cancel)
    {
        var uploaded = await db.CalendarYears.AsNoTracking().OrderBy(year => year.Year).ThenBy(year => year.Revision).ToListAsync(cancel);
        return uploaded.Aggregate(
            WorkingCalendar.BuiltIn,
            (calendar, year) => calendar.With(YearNotice.Create(year.Year, year.Off, year.MakeUp, year.Source).Value));
    }

    /// <summary>
    /// Takes over what was uploaded here or on another host, then recounts open deadlines once more: one may have been
    /// opened under the old calendar while the new one was on its way.
    /// </summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        await _refreshing.WaitAsync(cancel);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
            var stored = await ReadAsync(db, cancel);
            if (!Same(stored, _current))
            {
                _current = stored;
            }

            if (ReferenceEquals(_recounted, _current))
            {
                return;
            }

            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await scope.ServiceProvider.GetRequiredService<RecountDeadlines>().ApplyAsync(_current, cancel);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            _recounted = _current;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _refreshing.Dispose();

    private static bool Same(WorkingCalendar one, WorkingCalendar other) =>
        one.Notices.Count() == other.Notices.Count() && one.Notices.Zip(other.Notices).All(pair =>
            pair.First.Year == pair.Second.Year && pair.First.Source == pair.Second.Source
            && pair.First.OffDays.SetEquals(pair.Second.OffDays) && pair.First.MakeUpDays.SetEquals(pair.Second.MakeUpDays));
}
