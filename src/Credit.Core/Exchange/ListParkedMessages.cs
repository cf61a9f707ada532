using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Exchange;

/// <summary>Messages the city refused too often, oldest first, so that nothing that failed is out of sight (I96).</summary>
internal sealed class ListParkedMessages : IUseCase
{
    private const int Most = 500;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/exchange/city/parked", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithName(nameof(ListParkedMessages))
            .WithSummary("List the messages to the city that are parked, oldest first, at most 500")
            .Produces<IReadOnlyList<ParkedMessage>>();

    private static Task<List<ParkedMessage>> HandleAsync(CreditDbContext db, CancellationToken cancel) => db.ExchangeMessages.AsNoTracking()
        .Where(message => message.State == MessageState.Parked)
        .OrderBy(message => message.Position)
        .Take(Most)
        .Select(message => new ParkedMessage(message.Position, message.Tries, message.Failure, message.EndedAt))
        .ToListAsync(cancel);

    /// <summary>A parked message.</summary>
    /// <param name="Position">Position of the step in the log.</param>
    /// <param name="Tries">How often it was tried.</param>
    /// <param name="Failure">Kind of the last failure.</param>
    /// <param name="ParkedAt">Instant of parking, UTC.</param>
    internal sealed record ParkedMessage(long Position, int Tries, string? Failure, DateTimeOffset? ParkedAt);
}
