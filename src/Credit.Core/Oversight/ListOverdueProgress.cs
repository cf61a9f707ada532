using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>Who has not reported progress in time, oldest first (R-4.3.a). Decided by the day, not by a job having run.</summary>
internal sealed class ListOverdueProgress : IUseCase
{
    private const int Most = 1000;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/oversight/progress/overdue", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(ListOverdueProgress))
            .WithSummary("List the progress reports that are overdue, oldest first, at most 1000")
            .Produces<IReadOnlyList<OverdueProgress>>();

    private static Task<List<OverdueProgress>> HandleAsync(CreditDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        var today = clock.Today();
        return db.ProgressTerms.AsNoTracking()
            .Where(term => term.ReportId == null && term.DueOn < today)
            .OrderBy(term => term.DueOn).ThenBy(term => term.TaskNo).ThenBy(term => term.Department)
            .Take(Most)
            .Select(term => new OverdueProgress(term.TaskNo, term.Department, term.From, term.To, term.DueOn))
            .ToListAsync(cancel);
    }

    /// <summary>A report that is owed and late.</summary>
    /// <param name="TaskNo">序号 of the task.</param>
    /// <param name="Department">Department that owes it.</param>
    /// <param name="From">First day of the period.</param>
    /// <param name="To">Last day of the period.</param>
    /// <param name="DueOn">Last day in time.</param>
    internal sealed record OverdueProgress(int TaskNo, string Department, DateOnly From, DateOnly To, DateOnly DueOn);
}
