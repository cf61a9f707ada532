using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>Reads a rectification with its interview: the subject its own, departments and auditors all (requirements §13).</summary>
internal sealed class GetRectification : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/rectifications/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .ForPurpose(nameof(GetRectification))
            .WithName(nameof(GetRectification))
            .WithSummary("Read a rectification; its ETag is what If-Match wants")
            .Produces<RectificationView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, HttpResponse response, CancellationToken cancel)
    {
        var rectification = await db.Rectifications.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (rectification is null
            || !(caller.SeesAllDepartments || caller.Department is not null || (caller.SubjectId is not null && rectification.SubjectId == caller.SubjectId)))
        {
            return TypedResults.NotFound();
        }

        response.SetVersion(rectification.Version);
        return TypedResults.Ok(RectificationView.Of(rectification));
    }
}
