using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>Reads a reparation: the department that owes it, its subject, the lead office and auditors.</summary>
internal sealed class GetReparation : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/reparations/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .ForPurpose(nameof(GetReparation))
            .WithName(nameof(GetReparation))
            .WithSummary("Read the reparation of a wrong entry")
            .Produces<ReparationView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, HttpResponse response, CancellationToken cancel)
    {
        var reparation = await db.Reparations.AsNoTracking().Include(each => each.Channels).SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (reparation is null
            || !(caller.SeesAllDepartments || caller.Department == reparation.Recogniser || (caller.SubjectId is { } subject && subject == reparation.SubjectId)))
        {
            return TypedResults.NotFound();
        }

        response.SetVersion(reparation.Version);
        return TypedResults.Ok(ReparationView.Of(reparation));
    }
}
