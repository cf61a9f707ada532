using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>How the platform's coverage grows: records and the subjects they are about, by department and month of receipt (R-3.1.2.d).</summary>
internal sealed class Coverage : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/oversight/coverage", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(Coverage))
            .WithSummary("Subjects and records of each department by month of receipt")
            .Produces<CoverageView>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(DateOnly from, DateOnly to, CreditDbContext db, CancellationToken cancel)
    {
        if (IndicatorFigures.AgainstPeriod(from, to) is { } refusal)
        {
            return refusal.ToProblem();
        }

        var months = await db.Database.SqlQuery<CoverageMonth>(
            $"""
            SELECT department, date_trunc('month', on_day)::date AS month, count(*)::int AS records, count(DISTINCT subject)::int AS subjects
            FROM (
              SELECT department, received_on AS on_day, coalesce(subject_code, subject_lookup, id::text) AS subject FROM core.penalty WHERE version = 1
              UNION ALL SELECT department, received_on, coalesce(subject_code, subject_lookup, id::text) FROM core.licence WHERE version = 1
              UNION ALL SELECT e.recogniser, e.proposed_on, coalesce(e.subject_code, e.subject_id::text) FROM core.list_entry e) AS record
            WHERE on_day BETWEEN {from} AND {to}
            GROUP BY 1, 2 ORDER BY 2, 1
            """).ToListAsync(cancel);
        return TypedResults.Ok(new CoverageView(from, to, await db.Subjects.CountAsync(cancel), months));
    }

    /// <summary>Coverage over a period.</summary>
    /// <param name="From">First day of receipt.</param>
    /// <param name="To">Last day of receipt, included.</param>
    /// <param name="SubjectsNow">Subjects the platform knows today.</param>
    /// <param name="Months">One for each department and month with records, oldest first.</param>
    internal sealed record CoverageView(DateOnly From, DateOnly To, int SubjectsNow, IReadOnlyList<CoverageMonth> Months);

    /// <summary>A department's month.</summary>
    /// <param name="Department">Key of the department.</param>
    /// <param name="Month">First day of the month.</param>
    /// <param name="Records">First reports of licences and penalties, and entries proposed.</param>
    /// <param name="Subjects">Distinct subjects among them.</param>
    internal sealed record CoverageMonth(string Department, DateOnly Month, int Records, int Subjects);
}
