using Credit.Core.Http;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Exchange;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Exchange;

/// <summary>Puts a parked message back into the queue, once what hindered it is out of the way; what waited behind it follows (I96).</summary>
internal sealed class ReplayParkedMessage : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/exchange/city/parked/{position:long}/replay", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithoutVersionBecause("It puts a parked message back into the queue as it is; nothing the caller read goes into it.")
            .WithName(nameof(ReplayParkedMessage))
            .WithSummary("Put a parked message to the city back into the queue")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(long position, CreditDbContext db, RegisterPen pen, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var parked = await db.ExchangeMessages
            .FromSql($"SELECT * FROM core.exchange_message WHERE position = {position} AND state = 'Parked' FOR UPDATE").SingleOrDefaultAsync(cancel);
        if (parked is null)
        {
            return TypedResults.NotFound();
        }

        (parked.State, parked.Tries, parked.NextTryAt, parked.EndedAt) = (MessageState.Queued, 0, null, null);
        db.Add(CityQueue.Note(pen, new CityMessageReplayed(position), parked, MessageState.Parked));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.NoContent();
    }
}
