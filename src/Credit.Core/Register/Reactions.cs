using System.Reflection;
using System.Text.Json;
using Credit.Abstractions;
using Credit.Core.Containment;
using Credit.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Credit.Core.Register;

/// <summary>One reaction: a class that handles one announcement.</summary>
/// <param name="Handler">The class.</param>
/// <param name="Announcement">What it handles.</param>
internal sealed record Reaction(Type Handler, Type Announcement)
{
    /// <summary>Name of its cursor.</summary>
    public string Name => $"{Handler.FullName}<{Announcement.Name}>";

    /// <summary>Key of the module it belongs to; null for the core's own.</summary>
    public string? Module { get; init; }
}

/// <summary>A reaction cannot run just now, through nobody's fault: it is tried at the next look, and the try does not count.</summary>
internal sealed class NotYetException : Exception;

/// <summary>What came of running a parked change again.</summary>
internal enum Replay
{
    /// <summary>Handled; it is no longer parked.</summary>
    Done,

    /// <summary>It failed again and stays parked.</summary>
    FailedAgain,

    /// <summary>Nothing is parked under this id, or this host does not have the reaction.</summary>
    Unknown,
}

/// <summary>
/// Runs reactions over the log, each with its own cursor. Effect and cursor commit together, so an effect in the register
/// happens once; a change that fails five times is parked and visible, and the others go on.
/// </summary>
internal sealed partial class Reactions(IServiceScopeFactory scopes, IReadOnlyList<Reaction> reactions, TimeProvider clock, ILogger<Reactions> log)
{
    /// <summary>Failed tries before a change is parked.</summary>
    public const int Tries = 5;

    private const int Chunk = 500;

    /// <summary>Modules that have reactions.</summary>
    public IReadOnlyList<string> Modules { get; } = [.. reactions.Select(reaction => reaction.Module).OfType<string>().Distinct()];

    /// <summary>Lets every reaction read on to the end of the log. Returns how many changes were handled.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancel)
    {
        var handled = await RunCoreAsync(cancel);
        return handled + (await Task.WhenAll(Modules.Select(module => RunModuleAsync(module, cancel)))).Sum();
    }

    /// <summary>Lets the core's own reactions read on.</summary>
    public Task<int> RunCoreAsync(CancellationToken cancel) => RunLaneAsync(null, cancel);

    /// <summary>Lets the reactions of one module read on.</summary>
    public Task<int> RunModuleAsync(string module, CancellationToken cancel) => RunLaneAsync(module, cancel);

    private async Task<int> RunLaneAsync(string? module, CancellationToken cancel)
    {
        var handled = 0;
        foreach (var reaction in reactions.Where(reaction => reaction.Module == module))
        {
            while (await StepAsync(reaction, cancel) is var (more, count))
            {
                handled += count;
                if (!more)
                {
                    break;
                }
            }
        }

        return handled;
    }

    /// <summary>Runs a parked change again.</summary>
    public async Task<Replay> ReplayAsync(Guid parkedId, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var parked = await db.Parked
            .FromSql($"SELECT * FROM core.parked_change WHERE id = {parkedId} AND replayed_at IS NULL FOR UPDATE")
            .SingleOrDefaultAsync(cancel);
        if (parked is null || reactions.FirstOrDefault(each => each.Name == parked.Reaction) is not { } reaction)
        {
            return Replay.Unknown;
        }

        var entryId = await db.RegisterPositions.Where(each => each.Position == parked.Position).Select(each => each.EntryId).SingleAsync(cancel);
        var entry = await db.RegisterEntries.AsNoTracking().SingleAsync(each => each.Id == entryId, cancel);
        try
        {
            await HandleAsync(scope.ServiceProvider, reaction, entry, cancel);
            parked.ReplayedAt = clock.GetUtcNow();
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return Replay.Done;
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            Failed(log, reaction.Name, parked.Position, fault.GetType().Name);
            return Replay.FailedAgain;
        }
    }

    private async Task<(bool More, int Handled)> StepAsync(Reaction reaction, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var turn = await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtext({"credit/reaction/" + reaction.Name})) AS \"Value\"").SingleAsync(cancel);
        if (!turn)
        {
            return (false, 0);
        }

        var cursor = await db.Cursors.SingleOrDefaultAsync(each => each.Reaction == reaction.Name, cancel);
        if (cursor is null)
        {
            cursor = new ReactionCursor { Reaction = reaction.Name };
            db.Add(cursor);
        }

        var wire = WireNames.Of(reaction.Announcement);
        var place = cursor.Position;

        // The end is read first: a change that gets its place while we look lies beyond it and waits for the next look.
        var end = await db.RegisterPositions.MaxAsync(each => (long?)each.Position, cancel) ?? 0;
        var next = await (
            from position in db.RegisterPositions.AsNoTracking()
            join entry in db.RegisterEntries.AsNoTracking() on position.EntryId equals entry.Id
            where position.Position > place && position.Position <= end && entry.WireName == wire
            orderby position.Position
            select new { position.Position, entry }).FirstOrDefaultAsync(cancel);
        if (next is null)
        {
            if (end - cursor.Position >= Chunk)
            {
                // Nothing of ours in between: remember that, so that the next look starts further on.
                cursor.Position = end;
                await db.SaveChangesAsync(cancel);
                await transaction.CommitAsync(cancel);
            }

            return (false, 0);
        }

        try
        {
            await HandleAsync(scope.ServiceProvider, reaction, next.entry, cancel);
            (cursor.Position, cursor.Tries) = (next.Position, 0);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return (true, 1);
        }
        catch (NotYetException)
        {
            await transaction.RollbackAsync(cancel);
            return (false, 0);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            await transaction.RollbackAsync(cancel);
            return (await FailAsync(reaction, next.Position, fault is ModuleUnavailableException module ? module.Kind : fault.GetType().Name, cancel), 0);
        }
    }

    private async Task<bool> FailAsync(Reaction reaction, long position, string failure, CancellationToken cancel)
    {
        Failed(log, reaction.Name, position, failure);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({"credit/reaction/" + reaction.Name}))", cancel);
        var cursor = await db.Cursors.SingleOrDefaultAsync(each => each.Reaction == reaction.Name, cancel);
        if (cursor is null)
        {
            cursor = new ReactionCursor { Reaction = reaction.Name };
            db.Add(cursor);
        }

        if (cursor.Position >= position)
        {
            // Another host managed it meanwhile: a cursor never goes back.
            return true;
        }

        cursor.Tries++;
        var parked = cursor.Tries >= Tries;
        if (parked)
        {
            db.Add(new ParkedChange { Reaction = reaction.Name, Position = position, Failure = failure, ParkedAt = clock.GetUtcNow() });
            (cursor.Position, cursor.Tries) = (position, 0);
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return parked;
    }

    private static async Task HandleAsync(IServiceProvider services, Reaction reaction, RegisterEntry entry, CancellationToken cancel)
    {
        var announced = JsonSerializer.Deserialize(entry.Payload, reaction.Announcement, RegisterInterceptor.Json)!;
        if (reaction.Module is { } module)
        {
            try
            {
                await services.GetRequiredService<ModuleCalls>().HandleAsync(module, reaction.Handler, reaction.Announcement, announced, services, cancel);
                return;
            }
            catch (ModuleUnavailableException unavailable) when (unavailable.NotCalled)
            {
                throw new NotYetException();
            }
        }

        var handler = services.GetRequiredService(reaction.Handler);
        var method = typeof(IHandle<>).MakeGenericType(reaction.Announcement).GetMethod(nameof(IHandle<object>.HandleAsync))!;
        await (Task)method.Invoke(handler, BindingFlags.DoNotWrapExceptions, binder: null, [announced, cancel], culture: null)!;
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Error, Message = "Reaction {Reaction} failed at position {Position}: {Failure}")]
    private static partial void Failed(ILogger logger, string reaction, long position, string failure);
}
