using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Modules;

/// <summary>The lead office draws up a new version of a memorandum, of a module's file or of its own (R-3.5.3.c). Tasks that run keep the version they have (I41).</summary>
internal sealed class ProposeMemorandumVersion : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/memoranda/{code}/versions", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithoutVersionBecause("It draws up a revision; of two drawn up from one version only one is ever approved.")
            .WithName(nameof(ProposeMemorandumVersion))
            .WithSummary("Draw up a new version of a memorandum")
            .Produces<RevisionView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(MemorandumBody.Example);

    private static async Task<IResult> HandleAsync(
        string code, MemorandumBody body, RevisionAccess revisions, CreditDbContext db, MemorandumCatalogue catalogue, CancellationToken cancel) =>
        (await catalogue.PastAsync(db, code, cancel)).Number == 0
            ? TypedResults.NotFound()
            : await revisions.DrawAsync(body.ToText(code, await catalogue.LatestAsync(db, code, cancel)), body.Measures, body.Reason, isNew: false, cancel);
}
