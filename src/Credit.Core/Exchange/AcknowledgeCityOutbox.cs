using System.Text.Json.Nodes;
using Credit.Core.Http;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Exchange;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Exchange;

/// <summary>The city platform's receipt: it has every step up to a position. It is kept in the log and never taken back (R-3.2.4.b).</summary>
internal sealed class AcknowledgeCityOutbox : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/exchange/city/receipts", HandleAsync)
            .RequireAuthorization(Access.Exchange)
            .WithName(nameof(AcknowledgeCityOutbox))
            .WithSummary("Confirm that the city has every step up to a position")
            .Produces<CityReceipt>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { position = 1204 });

    private static async Task<IResult> HandleAsync(CityReceipt body, CreditDbContext db, RegisterPen pen, RegisterSignal signal, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({"credit/" + CityOutbox.Cursor}))", cancel);
        var cursor = await db.Cursors.SingleOrDefaultAsync(each => each.Reaction == CityOutbox.Cursor, cancel);
        var before = cursor?.Position ?? 0;
        if (body.Position > ((await db.RegisterPositions.MaxAsync(each => (long?)each.Position, cancel)) ?? 0))
        {
            return new Refusal(
                "receipt-beyond-log", "回执位置超出登记日志。", "The receipt names a position the log has not reached.", Clause.R("3.5.1.a"), "position").ToProblem();
        }

        if (body.Position < before)
        {
            return new Refusal(
                "receipt-behind", $"已收到截至 {before} 的回执，不能回退。", $"A receipt up to {before} is already kept; it is not taken back.", Clause.R("3.5.1.a")).ToProblem();
        }

        if (body.Position > before)
        {
            if (cursor is null)
            {
                cursor = new ReactionCursor { Reaction = CityOutbox.Cursor };
                db.Add(cursor);
            }

            cursor.Position = body.Position;
            db.Add(pen.Write(
                new CityExchangeAcknowledged(body.Position),
                "CityExchange",
                Guid.Empty,
                Clause.R("3.2.4.b"),
                new JsonObject { ["Position"] = before },
                new JsonObject { ["Position"] = body.Position }));
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            signal.Wake();
        }

        return TypedResults.Ok(body);
    }

    /// <summary>A receipt.</summary>
    /// <param name="Position">Last position the city has.</param>
    internal sealed record CityReceipt(long Position);
}
