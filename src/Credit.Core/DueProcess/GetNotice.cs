using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>Reads a notice. When its subject, signed in, reads it, the platform has delivered it (R-3.5.5.d).</summary>
internal sealed class GetNotice : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/notices/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithName(nameof(GetNotice))
            .WithSummary("Read a notice; read by its subject it is delivered")
            .Produces<NoticeView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        var notice = await db.Notices.SeenBy(caller).SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (notice is null)
        {
            return TypedResults.NotFound();
        }

        if (notice.State == NoticeState.Issued && caller.SubjectId == notice.SubjectId)
        {
            await using var transaction = await db.LockSubjectAsync(notice.SubjectId, cancel);
            await db.Entry(notice).ReloadAsync(cancel);
            if (notice.State == NoticeState.Issued)
            {
                await db.DeliverAsync(notice, DeliveryWay.Platform, clock.Today(), "", clock, cancel);
                await db.SaveChangesAsync(cancel);
                await transaction.CommitAsync(cancel);
            }
        }

        return TypedResults.Ok(NoticeView.Of(notice)).WithVersion(notice.Version);
    }
}
