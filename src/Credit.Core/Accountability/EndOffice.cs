using Credit.Core.Http;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Accountability;

/// <summary>Records the last day of an office. Whoever had left before the act answers for it no more (R-3.4.6.a, D8).</summary>
internal sealed class EndOffice : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/officeholders/{id:guid}/end", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(EndOffice))
            .WithSummary("Record the last day of an office")
            .Produces<OfficeholderView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { until = "2026-10-31" });

    private static async Task<IResult> HandleAsync(
        Guid id, OfficeEnd body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, DepartmentDirectory departments,
        HoldToAccount accountability, CancellationToken cancel)
    {
        var organisation = await db.Officeholders.Where(holder => holder.Id == id).Select(holder => (Guid?)holder.OrganisationId).SingleOrDefaultAsync(cancel);
        if (organisation is null)
        {
            return TypedResults.NotFound();
        }

        if (departments.Find(caller.Department!) is not { MayRecognise: true })
        {
            return new Refusal(
                "office-not-yours", "只有登记机关和认定部门可以登记任职人员。", "Only registrars and recognisers record who is in office.", Clause.R("3.4.6.a")).ToProblem();
        }

        await using var transaction = await db.LockSubjectAsync(organisation.Value, cancel);
        var holder = await db.Officeholders.SingleAsync(each => each.Id == id, cancel);
        if (seen.Against(holder.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        if (holder.Leave(body.Until, clock.Today()) is { Accepted: false } refused)
        {
            return refused.Refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        await accountability.ApplyToAllAsync(db, organisation.Value, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(OfficeholderView.Of(holder)).WithVersion(holder.Version);
    }

    /// <summary>The end of an office.</summary>
    /// <param name="Until">Last day in office.</param>
    internal sealed record OfficeEnd(DateOnly Until);
}
