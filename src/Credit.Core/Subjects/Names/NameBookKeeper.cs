using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Credit.Core.Subjects.Names;

/// <summary>Loads the index of names as the host starts, and keeps it near the log, so that who asks waits for little.</summary>
internal sealed partial class NameBookKeeper(NameBook book, ILogger<NameBookKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await book.ReadyAsync(Patience, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Faulted(log, fault.GetType().Name);
            }

            await Task.Delay(Pace, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(EventId = 2103, Level = LogLevel.Error, Message = "The index of names faulted: {Failure}; trying again")]
    private static partial void Faulted(ILogger logger, string failure);
}
