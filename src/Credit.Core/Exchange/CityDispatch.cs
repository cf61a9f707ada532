using System.Text.Json;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Exchange;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Credit.Core.Exchange;

/// <summary>How often, and when, a message is tried again.</summary>
/// <param name="Tries">Refusals after which a message is parked.</param>
/// <param name="FirstPause">Pause after the first failure; it doubles with each further one.</param>
/// <param name="LongestPause">Longest pause.</param>
/// <param name="ReceiptPatience">How long a receipt is awaited before the message is handed over again.</param>
/// <param name="AbsencePatience">How long the city may be away before the lead office is told.</param>
internal sealed record DispatchRhythm(int Tries, TimeSpan FirstPause, TimeSpan LongestPause, TimeSpan ReceiptPatience, TimeSpan AbsencePatience)
{
    public TimeSpan PauseAfter(int failures) =>
        TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks * (1L << Math.Clamp(failures - 1, 0, 20))));
}

/// <summary>
/// Carries the queue to the city while it is there, and waits while it is away (R-2.2, D11). One host at a time; a message is
/// marked after it was handed over, so a crash repeats it under the same key. What the city refuses too often is parked and the
/// lead office is told (I96); the same subject's later messages wait behind it, the others go on.
/// </summary>
internal sealed partial class CityDispatch(
    IServiceScopeFactory scopes, ICityTransport transport, DispatchRhythm rhythm, DepartmentDirectory departments, TimeProvider clock, ILogger<CityDispatch> log)
{
    private int _absences;
    private bool _told;
    private DateTimeOffset _awaySince;
    private DateTimeOffset _awayUntil = DateTimeOffset.MinValue;

    /// <summary>Queues, hands over what may go, and keeps receipts. Returns how many messages moved.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancel)
    {
        await InScopeAsync(
            async (db, _) =>
            {
                await CityQueue.FillAsync(db, cancel);
                return true;
            },
            cancel);
        var moved = await KeepReceiptsAsync(cancel);
        while (clock.GetUtcNow() >= _awayUntil && await InScopeAsync((db, pen) => HandOverOneAsync(db, pen, cancel), cancel))
        {
            moved++;
        }

        return moved;
    }

    private async Task<bool> HandOverOneAsync(CreditDbContext db, RegisterPen pen, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (await CityQueue.NextAsync(db, now, cancel) is not { } message)
        {
            return false;
        }

        var steps = await CityOutbox.ReadAsync(db, message.Position - 1, cancel, 1);
        var delivery = steps is [var step] && step.Position == message.Position
            ? await transport.SendAsync(new CityMessage(message.Position, JsonSerializer.Serialize(step, RegisterInterceptor.Json)), cancel)
            : new Delivery(Handover.Refused, "step-missing");
        if (delivery.Handover == Handover.Away)
        {
            _awaySince = _absences++ == 0 ? now : _awaySince;
            _awayUntil = now + rhythm.PauseAfter(_absences);
            message.Failure = delivery.Word;
            Away(log, delivery.Word, _awayUntil);
            if (!_told && now - _awaySince >= rhythm.AbsencePatience)
            {
                _told = true;
                Tell(db, $"市平台自{_awaySince:yyyy-MM-dd HH:mm}(UTC)起无法连接({delivery.Word})，消息已排队，恢复后自动续传");
            }

            return false;
        }

        (_absences, _told) = (0, false);
        switch (delivery.Handover)
        {
            case Handover.Received:
                Receive(message, delivery.Word);
                break;
            case Handover.Sent when message.Tries + 1 < rhythm.Tries || message.State == MessageState.Queued:
                (message.State, message.NextTryAt) = (MessageState.Sent, now + rhythm.ReceiptPatience);
                message.Tries++;
                break;
            case Handover.Sent:
                Park(db, pen, message, "no-receipt");
                break;
            default:
                Refuse(db, pen, message, delivery.Word);
                break;
        }

        return true;
    }

    private async Task<int> KeepReceiptsAsync(CancellationToken cancel)
    {
        var kept = 0;
        foreach (var receipt in await transport.ReadReceiptsAsync(cancel))
        {
            kept += await InScopeAsync(
                async (db, pen) =>
                {
                    var message = await db.ExchangeMessages
                        .FromSql($"SELECT * FROM core.exchange_message WHERE position = {receipt.Position} FOR UPDATE").SingleOrDefaultAsync(cancel);
                    if (message is null or { State: MessageState.Received or MessageState.Parked })
                    {
                        return false;
                    }

                    if (receipt.Accepted)
                    {
                        Receive(message, receipt.Number);
                    }
                    else
                    {
                        message.State = MessageState.Queued;
                        Refuse(db, pen, message, "receipt-refused");
                    }

                    return true;
                },
                cancel) ? 1 : 0;
            await transport.KeptAsync(receipt, cancel);
        }

        return kept;
    }

    private void Receive(ExchangeMessage message, string number) =>
        (message.State, message.Receipt, message.Failure, message.NextTryAt, message.EndedAt) = (MessageState.Received, number, null, null, clock.GetUtcNow());

    private void Refuse(CreditDbContext db, RegisterPen pen, ExchangeMessage message, string failure)
    {
        message.Tries++;
        message.Failure = failure;
        message.NextTryAt = clock.GetUtcNow() + rhythm.PauseAfter(message.Tries);
        if (message.Tries >= rhythm.Tries)
        {
            Park(db, pen, message, failure);
        }
    }

    private void Park(CreditDbContext db, RegisterPen pen, ExchangeMessage message, string failure)
    {
        (message.State, message.Failure, message.NextTryAt, message.EndedAt) = (MessageState.Parked, failure, null, clock.GetUtcNow());
        db.Add(CityQueue.Note(pen, new CityMessageParked(message.Position, failure), message, MessageState.Queued));
        Tell(db, $"发往市平台的第{message.Position}号消息多次未被接收({failure})，已搁置，请处理后重发");
        Parked(log, message.Position, failure);
    }

    private void Tell(CreditDbContext db, string text) => db.Add(new InboxItem
    {
        Department = departments.LeadOffice.Key,
        Kind = InboxKind.ExchangeAlarm,
        AggregateId = Guid.CreateVersion7(),
        Text = text,
        CreatedOn = clock.Today(),
    });

    private async Task<bool> InScopeAsync(Func<CreditDbContext, RegisterPen, Task<bool>> work, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!await CityQueue.TakeTurnAsync(db, cancel))
        {
            return false;
        }

        var done = await work(db, scope.ServiceProvider.GetRequiredService<RegisterPen>());
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return done;
    }

    [LoggerMessage(EventId = 2010, Level = LogLevel.Warning, Message = "The city is away ({Failure}); next try at {NextTry}")]
    private static partial void Away(ILogger logger, string failure, DateTimeOffset nextTry);

    [LoggerMessage(EventId = 2011, Level = LogLevel.Error, Message = "Message {Position} to the city is parked: {Failure}")]
    private static partial void Parked(ILogger logger, long position, string failure);
}
