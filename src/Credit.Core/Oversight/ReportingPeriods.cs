using Credit.Core.Deadlines;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Oversight;

/// <summary>
/// Opens each reporting period as it begins: a term for every task of the annex and every department that reports on it (R-4.3.a).
/// Periods that began while no host was up are opened too; none is opened twice.
/// </summary>
internal sealed class ReportingPeriods(IServiceScopeFactory scopes, DepartmentDirectory departments, PolicyPack pack, TimeProvider clock)
{
    private static readonly IReadOnlyList<TaskAssignment> Tasks = TaskAssignment.LoadAll();

    /// <summary>Opens what has begun. Returns how many terms were opened.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancel)
    {
        var current = ReportingPeriod.Of(clock.Today(), pack.ReportingMonths);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        if (await db.ProgressTerms.AnyAsync(term => term.From >= current.From, cancel))
        {
            return 0;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('credit/reporting'))", cancel);
        var last = await db.ProgressTerms.MaxAsync(term => (DateOnly?)term.To, cancel);
        var opened = 0;
        for (var period = last is { } end ? ReportingPeriod.Of(end.AddDays(1), pack.ReportingMonths) : current;
            period.From <= current.From;
            period = ReportingPeriod.Of(period.To.AddDays(1), pack.ReportingMonths))
        {
            opened += Open(db, period);
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return opened;
    }

    private int Open(CreditDbContext db, ReportingPeriod period)
    {
        var opened = 0;
        foreach (var (task, department) in Tasks.SelectMany(task => task.Reporters(departments).Distinct().Select(department => (task, department))))
        {
            var term = new ProgressTerm
            {
                TaskNo = task.No,
                Department = department,
                From = period.From,
                To = period.To,
                DueOn = period.Due(pack.ProgressReportDays),
            };
            db.Add(term);
            DeadlineBook.OpenOn(db, DeadlineKind.ReportProgress, term.Id, department, period.From, term.DueOn);
            opened++;
        }

        return opened;
    }
}
