using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Store;
using Credit.Domain.Accountability;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Accountability;

/// <summary>Another officer of the department that recorded an office records its last day; nobody is freed of an act it answers for by dating back (R-3.4.6.a, D8, I84).</summary>
internal sealed class EndOffice : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/officeholders/{id:guid}/end", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(EndOffice))
            .WithSummary("Record the last day of an office")
            .Produces<OfficeholderView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { until = "2026-10-31", reason = "变更登记：任市监登〔2026〕77号。" });

    private static async Task<IResult> HandleAsync(
        Guid id, OfficeEnd body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, HoldToAccount accountability, CancellationToken cancel)
    {
        var known = await db.Officeholders.Where(each => each.Id == id).Select(each => new { each.OrganisationId, each.PersonId, each.RecordedBy }).SingleOrDefaultAsync(cancel);
        if (known is null)
        {
            return TypedResults.NotFound();
        }

        if (known.RecordedBy != caller.Department)
        {
            return OfficeAccess.NotYours.ToProblem();
        }

        if (PersonalText.IsIn(body.Reason))
        {
            return new Refusal(
                "office-names-person", "任职依据和理由中不得出现证件号码或电话。", "What an office rests on may not hold identity numbers or telephone numbers.", Clause.R("3.4.6.a"), "reason").ToProblem();
        }

        await using var transaction = await db.LockSubjectAsync(known.OrganisationId, cancel);
        var holder = await db.Officeholders.SingleAsync(each => each.Id == id, cancel);
        if (seen.Against(holder.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var answersSince = await db.AccountabilityItems
            .Where(item => item.OrganisationId == known.OrganisationId && item.PersonId == known.PersonId && item.NamedFor == null && item.State == AccountabilityState.InForce)
            .MaxAsync(item => (DateOnly?)item.ActOn, cancel);
        if (holder.Leave(body.Until, body.Reason, caller.User, answersSince, clock.Today()) is { Accepted: false } refused)
        {
            return refused.Refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        await accountability.ApplyToAllAsync(db, known.OrganisationId, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(OfficeholderView.Of(holder)).WithVersion(holder.Version);
    }

    /// <summary>The end of an office.</summary>
    /// <param name="Until">Last day in office.</param>
    /// <param name="Reason">What the end rests on, without personal numbers.</param>
    internal sealed record OfficeEnd(DateOnly Until, string Reason);
}
