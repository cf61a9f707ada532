using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Exchange;

/// <summary>The national enterprise system fetches the licences and penalties it has not confirmed yet (R-3.1.4.e). Asking again changes nothing.</summary>
internal sealed class ReadNationalOutbox : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/exchange/national/messages", HandleAsync)
            .RequireAuthorization(Access.Exchange)
            .WithName(nameof(ReadNationalOutbox))
            .WithSummary("Read the licences and penalties of enterprises the national enterprise system has not confirmed yet, in order")
            .Produces<NationalPage>();

    private static async Task<IResult> HandleAsync(CreditDbContext db, PolicyPack pack, CancellationToken cancel, long? position = null, Guid? record = null)
    {
        var acknowledged = await ExchangeReceipt.LastAsync(db, NationalOutbox.Cursor, cancel);
        var messages = await NationalOutbox.ReadAsync(db, pack, Math.Max(position ?? acknowledged, 0), position is null ? null : record, cancel);
        return TypedResults.Ok(new NationalPage(
            acknowledged, messages, messages.Count == NationalOutbox.PageSize ? new(messages[^1].Position, messages[^1].RecordId) : null));
    }

    /// <summary>A page of the outbox.</summary>
    /// <param name="Acknowledged">Last position the national system confirmed.</param>
    /// <param name="Messages">The messages, in order.</param>
    /// <param name="Next">Send its members for the next page; null on the last one.</param>
    internal sealed record NationalPage(long Acknowledged, IReadOnlyList<NationalMessage> Messages, Place? Next);

    /// <summary>A place in the outbox: the message after which the next page begins.</summary>
    /// <param name="Position">Step.</param>
    /// <param name="Record">Record of that step.</param>
    internal sealed record Place(long Position, Guid Record);
}
