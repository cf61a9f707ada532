using Credit.Core.Http;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Exchange;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Exchange;

/// <summary>The city platform's receipt: it has every step up to a position (R-3.2.4.b, R-3.5.1.a).</summary>
internal sealed class AcknowledgeCityOutbox : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/exchange/city/receipts", HandleAsync)
            .RequireAuthorization(Access.Exchange)
            .WithoutVersionBecause("The position is the version: a receipt never goes back, and one beyond the queue is refused.")
            .WithName(nameof(AcknowledgeCityOutbox))
            .WithSummary("Confirm that the city has every step up to a position")
            .Produces<ExchangeReceipt>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { position = 1204 });

    private static async Task<IResult> HandleAsync(ExchangeReceipt body, CreditDbContext db, RegisterPen pen, RegisterSignal signal, CancellationToken cancel)
    {
        var answer = await body.KeepAsync(db, pen, CityOutbox.Cursor, new CityExchangeAcknowledged(body.Position), Clause.R("3.2.4.b"), cancel);
        signal.Wake();
        return answer;
    }
}
