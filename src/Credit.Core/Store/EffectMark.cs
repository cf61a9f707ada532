using System.Text;
using Credit.Core.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Credit.Core.Store;

/// <summary>Marks the claim of an idempotent request as having taken effect, with the effect itself: both are there, or neither (I85).</summary>
internal sealed class EffectMark(IdempotentEffect effect) : SaveChangesInterceptor
{
    private IdempotencyRecord? _record;

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (effect.Request is { } request && eventData.Context!.ChangeTracker.HasChanges())
        {
            // Marked again with every save: an earlier one may have been rolled back.
            _record ??= Attach(eventData.Context, request);
            _record.Status = IdempotencyRecord.TookEffect;
            eventData.Context.Entry(_record).Property(record => record.Status).IsModified = true;
        }

        return ValueTask.FromResult(result);
    }

    private static IdempotencyRecord Attach(DbContext db, IdempotentRequest request)
    {
        var record = new IdempotencyRecord
        {
            Caller = request.Caller,
            Key = request.Key,
            RequestHash = Encoding.UTF8.GetBytes(request.RequestHash),
            Status = IdempotencyRecord.Running,
        };
        db.Attach(record);
        return record;
    }
}
