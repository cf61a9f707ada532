using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Disclosure;

/// <summary>The lead office approves a credit analysis report, which makes it public, or turns it down; never whoever uploaded it (R-3.4.5.b).</summary>
internal sealed class DecideAnalysisReport : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/analysis-reports/{id:guid}/decision", HandleAsync)
            .RequireAuthorization(Access.LeadOfficeApprover)
            .WithName(nameof(DecideAnalysisReport))
            .WithSummary("Approve a credit analysis report for publication, or turn it down")
            .Produces<AnalysisReportView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { approve = true });

    private static async Task<IResult> HandleAsync(
        Guid id, AnalysisDecision body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.AnalysisReports.SingleOrDefaultAsync(each => each.Id == id, cancel) is not { } report)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(report.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        if (report.Decide(body.Approve, caller.User, clock.Today()) is { Accepted: false } refused)
        {
            return refused.Refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(AnalysisReportView.Of(report)).WithVersion(report.Version);
    }

    /// <summary>A decision.</summary>
    /// <param name="Approve">True makes the report public.</param>
    internal sealed record AnalysisDecision(bool Approve);
}
