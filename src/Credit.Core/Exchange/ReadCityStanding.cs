using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Exchange;

/// <summary>How far the city is behind the district: lag 0 means that it has everything .</summary>
internal sealed class ReadCityStanding : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/exchange/city", HandleAsync)
            .RequireAuthorization(Access.Exchange)
            .WithName(nameof(ReadCityStanding))
            .WithSummary("How far the city platform is behind, and what is parked")
            .Produces<CityStanding>();

    private static async Task<IResult> HandleAsync(CreditDbContext db, CityRoute route, CancellationToken cancel)
    {
        var acknowledged = route.Pushes ? 0 : await ExchangeReceipt.LastAsync(db, CityOutbox.Cursor, cancel);
        var pulledUpTo = await ExchangeReceipt.LastAsync(db, CityOutbox.Cursor, cancel);
        var lag = await db.Database.SqlQuery<int>(
            $"""
            SELECT count(*)::int AS "Value" FROM core.city_steps({(route.Pushes ? 0 : acknowledged)}, NULL, {CityOutbox.Steps}, {CityOutbox.Families}) AS step
            WHERE NOT ({route.Pushes} AND (EXISTS (SELECT 1 FROM core.exchange_message m WHERE m.position = step.position AND m.state = 'Received')
              OR (step.position <= {pulledUpTo} AND NOT EXISTS (SELECT 1 FROM core.exchange_message m WHERE m.position = step.position))))
            """).SingleAsync(cancel);
        var states = await db.ExchangeMessages.GroupBy(message => message.State)
            .Select(same => new { same.Key, Count = same.Count() }).ToDictionaryAsync(same => same.Key, same => same.Count, cancel);
        var last = await db.ExchangeMessages.MaxAsync(message => message.State == MessageState.Received ? message.EndedAt : null, cancel);
        return TypedResults.Ok(new CityStanding(
            route.Transport, lag, states.GetValueOrDefault(MessageState.Queued), states.GetValueOrDefault(MessageState.Sent),
            states.GetValueOrDefault(MessageState.Parked), states.GetValueOrDefault(MessageState.Received), last));
    }

    /// <summary>Where the exchange with the city stands.</summary>
    /// <param name="Transport"><c>none</c> when the city fetches, else <c>file</c> or <c>http</c>.</param>
    /// <param name="Lag">Steps in the log the city has not confirmed.</param>
    /// <param name="Queued">Messages to be sent.</param>
    /// <param name="Sent">Messages whose receipt is awaited.</param>
    /// <param name="Parked">Messages that wait for a person.</param>
    /// <param name="Received">Messages the city has.</param>
    /// <param name="LastReceiptAt">Instant of the last receipt, UTC.</param>
    internal sealed record CityStanding(string Transport, int Lag, int Queued, int Sent, int Parked, int Received, DateTimeOffset? LastReceiptAt);
}
