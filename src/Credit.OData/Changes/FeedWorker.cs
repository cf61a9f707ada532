using Credit.Core.Feeds;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Credit.OData.Changes;

/// <summary>Keeps the ledger of feed rows going while the host is up. A fault is logged and tried again.</summary>
internal sealed partial class FeedWorker(FeedFollower follower, BulkFiles files, FeedLedger ledger, StoreSources sources, FeedSignal signal, TimeProvider clock, ILogger<FeedWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    // A look without news now and then: departments and catalogue tell the log of their changes only then.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        long? looked = null;
        DateOnly? filed = null;
        var filing = Task.CompletedTask;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Behind a newer release there is always news, and nothing to do about it.
                if (looked is not { } last || clock.GetElapsedTime(last) >= Longest || (!follower.IsBehind && await HasNewsAsync(stoppingToken)))
                {
                    looked = clock.GetTimestamp();
                    var behind = follower.IsBehind;
                    await follower.RunOnceAsync(stoppingToken);
                    if (follower.IsBehind && !behind)
                    {
                        Behind(log);
                    }

                    await files.PurgeAsync(stoppingToken);
                    if (filed != clock.Today() && filing.IsCompleted && (await ledger.HeadAsync(stoppingToken))?.Day == clock.Today())
                    {
                        // Large sets take a while; the ledger goes on meanwhile.
                        (filed, filing) = (clock.Today(), FileAsync(stoppingToken));
                    }
                }

                await signal.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                Faulted(log, fault.GetType().Name);
                looked = null;
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await filing;
    }

    // What fails is made when it is asked for.
    private async Task FileAsync(CancellationToken cancel)
    {
        try
        {
            await files.RunDailyAsync(cancel);
        }
        catch (Exception fault)
        {
            if (!cancel.IsCancellationRequested)
            {
                Faulted(log, fault.GetType().Name);
            }
        }
    }

    private async Task<bool> HasNewsAsync(CancellationToken cancel)
    {
        if (await ledger.HeadAsync(cancel) is not { } head || head.Day != clock.Today())
        {
            return true;
        }

        await using var command = sources.Application.CreateCommand("SELECT EXISTS (SELECT FROM core.register_position WHERE position > $1) OR EXISTS (SELECT FROM pub.data_version WHERE version <> $2)");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = head.Position });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = head.Marks });
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    [LoggerMessage(EventId = 5010, Level = LogLevel.Error, Message = "The feed ledger faulted: {Failure}; trying again")]
    private static partial void Faulted(ILogger logger, string failure);

    [LoggerMessage(EventId = 5013, Level = LogLevel.Warning, Message = "A release that took this one's place keeps the feed ledger: this host answers lists from the rows, and no changes, links to changes or files. Feeds:TakeBack takes it back")]
    private static partial void Behind(ILogger logger);
}
