using System.Text.Json.Nodes;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Exchange;

/// <summary>The queue of messages to the city, filled from the log and read in the order of each lane.</summary>
internal static class CityQueue
{
    private const string Cursor = "exchange/city/queue";

    /// <summary>One host at a time works on the queue, until its transaction ends. False when another one does.</summary>
    public static Task<bool> TakeTurnAsync(CreditDbContext db, CancellationToken cancel) =>
        db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtext('credit/exchange/city/queue')) AS \"Value\"").SingleAsync(cancel);

    /// <summary>
    /// Queues every step of the log since the last look, in the open transaction. What the city fetched and confirmed before
    /// messages were pushed is not sent again.
    /// </summary>
    public static async Task FillAsync(CreditDbContext db, CancellationToken cancel)
    {
        var cursor = await db.Cursors.SingleOrDefaultAsync(each => each.Reaction == Cursor, cancel);
        if (cursor is null)
        {
            cursor = new ReactionCursor { Reaction = Cursor, Position = await ExchangeReceipt.LastAsync(db, CityOutbox.Cursor, cancel) };
            db.Add(cursor);
        }

        var end = await db.RegisterPositions.MaxAsync(each => (long?)each.Position, cancel) ?? 0;
        if (end > cursor.Position)
        {
            var from = cursor.Position;
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO core.exchange_message (position, lane, state, tries)
                SELECT step.position, coalesce(step.subject_id, step.correlation_id), 'Queued', 0
                FROM core.city_steps({from}, {end}, {CityOutbox.Steps}, {CityOutbox.Families}) AS step
                ON CONFLICT (position) DO NOTHING
                """,
                cancel);
            cursor.Position = end;
        }
    }

    /// <summary>The next message that may go: its time has come and nothing earlier of its lane is on its way.</summary>
    public static Task<ExchangeMessage?> NextAsync(CreditDbContext db, DateTimeOffset now, CancellationToken cancel) => db.ExchangeMessages
        .FromSql(
            $"""
            SELECT m.* FROM core.exchange_message m
            WHERE m.state IN ('Queued', 'Sent') AND (m.next_try_at <= {now} OR (m.state = 'Queued' AND m.next_try_at IS NULL))
              AND NOT EXISTS (
                SELECT 1 FROM core.exchange_message earlier
                WHERE earlier.lane = m.lane AND earlier.position < m.position AND earlier.state <> 'Received')
            ORDER BY m.position LIMIT 1 FOR UPDATE OF m
            """)
        .SingleOrDefaultAsync(cancel);

    /// <summary>The entry of the log of a message that a person has to know of.</summary>
    public static RegisterEntry Note(RegisterPen pen, object announcement, ExchangeMessage message, MessageState before) => pen.Write(
        announcement,
        nameof(ExchangeMessage),
        Guid.Empty,
        Clause.Standard("I96"),
        new JsonObject { [nameof(ExchangeMessage.State)] = before.ToString() },
        new JsonObject { [nameof(ExchangeMessage.State)] = message.State.ToString() });
}
