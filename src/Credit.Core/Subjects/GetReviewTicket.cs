using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Subjects;

/// <summary>Reads a review ticket: its department, the lead office and auditors. The number is not in it.</summary>
internal sealed class GetReviewTicket : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/review-tickets/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(GetReviewTicket))
            .WithSummary("Read a review ticket; its ETag is what If-Match wants")
            .Produces<ReviewTicketView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, HttpResponse response, CancellationToken cancel)
    {
        var ticket = await db.ReviewTickets.AsNoTracking().SingleOrDefaultAsync(
            each => each.Id == id && (caller.SeesAllDepartments || each.Department == caller.Department), cancel);
        if (ticket is null)
        {
            return TypedResults.NotFound();
        }

        response.SetVersion(ticket.Version);
        return TypedResults.Ok(ReviewTicketView.Of(ticket));
    }
}
