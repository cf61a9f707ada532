using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Sharing;

/// <summary>The lead office ends a partner's grant at once (R-3.1.5.b).</summary>
internal sealed class RevokePartner : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/partners/{id:guid}/revocation", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithName(nameof(RevokePartner))
            .WithSummary("End what a partner may query")
            .Produces<PartnerView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static Task<IResult> HandleAsync(Guid id, IfMatch seen, CreditDbContext db, CancellationToken cancel) =>
        db.MovePartnerAsync(id, seen, partner => partner.Revoke(), cancel);
}
