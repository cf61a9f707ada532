using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>Reads a repair: the recogniser, the subject, the lead office and auditors.</summary>
internal sealed class GetRepair : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/repairs/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .ForPurpose(nameof(GetRepair))
            .WithName(nameof(GetRepair))
            .WithSummary("Read a credit repair; its ETag is what If-Match wants")
            .Produces<RepairView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, HttpResponse response, CancellationToken cancel)
    {
        var repair = await db.Repairs.AsNoTracking().Include(each => each.Steps).SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (repair is null
            || !(caller.SeesAllDepartments || (caller.Department is not null && repair.Handler == caller.Department)
                || (caller.SubjectId is not null && repair.SubjectId == caller.SubjectId)))
        {
            return TypedResults.NotFound();
        }

        response.SetVersion(repair.Version);
        return TypedResults.Ok(RepairView.Of(repair));
    }
}
