using Credit.Core.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Modules;

/// <summary>Sends a revision of the list of measures to the second person.</summary>
internal sealed class SubmitRevision : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/memoranda/revisions/{id:guid}/submission", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithName(nameof(SubmitRevision))
            .WithSummary("Send a revision of the list of measures to the second person")
            .Produces<RevisionView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static Task<IResult> HandleAsync(Guid id, IfMatch seen, RevisionAccess revisions, CancellationToken cancel) =>
        revisions.MoveAsync(id, seen, revision => Task.FromResult(revision.Submit().Refusals), cancel);
}
