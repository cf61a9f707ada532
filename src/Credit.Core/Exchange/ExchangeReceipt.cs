using System.Text.Json.Nodes;
using Credit.Core.Http;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Exchange;

/// <summary>A partner's receipt: it has everything up to a position of the log. It is kept in the log and never taken back.</summary>
/// <param name="Position">Last position the partner has.</param>
internal sealed record ExchangeReceipt(long Position)
{
    /// <summary>Moves the partner's cursor and writes the receipt to the log; a receipt that says nothing new changes nothing.</summary>
    /// <param name="db">The register.</param>
    /// <param name="pen">Writes the log.</param>
    /// <param name="cursorName">Name of the partner's cursor.</param>
    /// <param name="announcement">What the log says of it.</param>
    /// <param name="clause">Clause that asks for the exchange.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<IResult> KeepAsync(CreditDbContext db, RegisterPen pen, string cursorName, object announcement, Clause clause, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({"credit/" + cursorName}))", cancel);
        var cursor = await db.Cursors.SingleOrDefaultAsync(each => each.Reaction == cursorName, cancel);
        var before = cursor?.Position ?? 0;
        if (Position > ((await db.RegisterPositions.MaxAsync(each => (long?)each.Position, cancel)) ?? 0))
        {
            return new Refusal(
                "receipt-beyond-log", "回执位置超出登记日志。", "The receipt names a position the log has not reached.", clause, "position").ToProblem();
        }

        if (Position < before)
        {
            return new Refusal(
                "receipt-behind", $"已收到截至 {before} 的回执，不能回退。", $"A receipt up to {before} is already kept; it is not taken back.", clause).ToProblem();
        }

        if (Position > before)
        {
            if (cursor is null)
            {
                cursor = new ReactionCursor { Reaction = cursorName };
                db.Add(cursor);
            }

            cursor.Position = Position;
            db.Add(pen.Write(
                announcement,
                nameof(ExchangeReceipt),
                Guid.Empty,
                clause,
                new JsonObject { [nameof(Position)] = before },
                new JsonObject { [nameof(Position)] = Position }));
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }

        return TypedResults.Ok(this);
    }

    /// <summary>Last position a partner confirmed; 0 before its first receipt.</summary>
    public static async Task<long> LastAsync(CreditDbContext db, string cursorName, CancellationToken cancel) =>
        await db.Cursors.Where(cursor => cursor.Reaction == cursorName).Select(cursor => (long?)cursor.Position).SingleOrDefaultAsync(cancel) ?? 0;
}
