using Credit.Core.Http;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Exchange;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Exchange;

/// <summary>The receipt of 国家企业信用信息公示系统(山东): it has every message of every step up to a position (R-3.1.4.e).</summary>
internal sealed class AcknowledgeNationalOutbox : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/exchange/national/receipts", HandleAsync)
            .RequireAuthorization(Access.Exchange)
            .WithoutVersionBecause("The position is the version: a receipt never goes back, and one beyond the queue is refused.")
            .WithName(nameof(AcknowledgeNationalOutbox))
            .WithSummary("Confirm that the national enterprise system has every message up to a position")
            .Produces<ExchangeReceipt>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { position = 1204 });

    private static async Task<IResult> HandleAsync(ExchangeReceipt body, CreditDbContext db, RegisterPen pen, RegisterSignal signal, CancellationToken cancel)
    {
        var answer = await body.KeepAsync(db, pen, NationalOutbox.Cursor, new NationalExchangeAcknowledged(body.Position), Clause.R("3.1.4.e"), cancel);
        signal.Wake();
        return answer;
    }
}
