using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Modules;

/// <summary>A revision of the list of measures with what it changes for each department. What is not approved is for the lead office and auditors.</summary>
internal sealed class GetRevision : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/memoranda/revisions/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(GetRevision))
            .WithSummary("Read a revision of the list of measures")
            .Produces<RevisionView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, RevisionAccess revisions, Caller caller, CancellationToken cancel) =>
        await db.MemorandumRevisions.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel) is { } revision
            && (caller.SeesAllDepartments || revision.State is RevisionState.InForce or RevisionState.Retired)
            ? TypedResults.Ok(await revisions.ViewAsync(revision, cancel)).WithVersion(revision.Version)
            : TypedResults.NotFound();
}
