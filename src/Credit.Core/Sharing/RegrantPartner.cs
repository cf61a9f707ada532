using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Sharing;

/// <summary>The lead office changes what a partner may query (R-3.1.5.b).</summary>
internal sealed class RegrantPartner : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/partners/{id:guid}/items", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithName(nameof(RegrantPartner))
            .WithSummary("Change the items a partner may query")
            .Produces<PartnerView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { items = new[] { "penalties" } });

    private static Task<IResult> HandleAsync(Guid id, ItemsBody body, IfMatch seen, CreditDbContext db, PolicyPack pack, CancellationToken cancel) =>
        db.MovePartnerAsync(id, seen, partner => partner.Regrant(body.Items, pack), cancel);

    /// <summary>The new items.</summary>
    /// <param name="Items">Keys of catalogue items; they take the place of the ones before.</param>
    internal sealed record ItemsBody(IReadOnlyList<string> Items);
}
