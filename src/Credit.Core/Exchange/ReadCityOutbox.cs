using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Exchange;

/// <summary>The city platform fetches the steps it has not confirmed yet (R-3.5.1.a). Asking again changes nothing.</summary>
internal sealed class ReadCityOutbox : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/exchange/city/steps", HandleAsync)
            .RequireAuthorization(Access.Exchange)
            .WithName(nameof(ReadCityOutbox))
            .WithSummary("Read the steps of joint reward and punishment the city has not confirmed yet, in order")
            .Produces<CityPage>();

    private static async Task<IResult> HandleAsync(CreditDbContext db, CancellationToken cancel, long? after = null)
    {
        var acknowledged = await CityOutbox.AcknowledgedAsync(db, cancel);
        var steps = await CityOutbox.ReadAsync(db, Math.Max(after ?? acknowledged, 0), cancel);
        return TypedResults.Ok(new CityPage(acknowledged, steps, steps.Count == CityOutbox.PageSize ? steps[^1].Position : null));
    }

    /// <summary>A page of the outbox.</summary>
    /// <param name="Acknowledged">Last position the city confirmed.</param>
    /// <param name="Steps">The steps, in order.</param>
    /// <param name="Next">Send it as <c>after</c> for the next page; null on the last one.</param>
    internal sealed record CityPage(long Acknowledged, IReadOnlyList<CityStep> Steps, long? Next);
}
