using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Listing;

/// <summary>The department links a lead to the entry it proposed on it (R-3.2.2.b). The entry stands on its own bases.</summary>
internal sealed class ProposeOnLead : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/leads/{id:guid}/proposal", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(ProposeOnLead))
            .WithSummary("Link a lead to the entry proposed on it")
            .Produces<LeadView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { entryId = "0197a000-0000-7000-8000-000000000001" });

    private static Task<IResult> HandleAsync(
        Guid id, LeadProposalBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveLeadAsync(
            id,
            caller,
            seen,
            clock,
            "已提出名单认定建议",
            async lead => await db.Entries.AsNoTracking().SingleOrDefaultAsync(entry => entry.Id == body.EntryId && entry.Recogniser == caller.Department, cancel) is { } entry
                ? lead.Propose(entry, clock.Today())
                : new Refusal("entry-unknown", "本部门没有该条目。", "The department has no such entry.", Clause.R("3.2.2.b"), "entryId"),
            cancel);

    /// <summary>The link.</summary>
    /// <param name="EntryId">Entry of the own department about the organisation of the lead.</param>
    internal sealed record LeadProposalBody(Guid EntryId);
}
