using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Credit.Core.Register;

/// <summary>Keeps the reactions of modules going, each module on its own: one that hangs or fails holds up neither another nor the core.</summary>
internal sealed partial class ModuleClockwork(Reactions reactions, ILogger<ModuleClockwork> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(reactions.Modules.Select(module => KeepGoingAsync(module, stoppingToken)));

    private async Task KeepGoingAsync(string module, CancellationToken stopping)
    {
        await Task.Yield();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await reactions.RunModuleAsync(module, stopping);
                await Task.Delay(Poll, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                Faulted(log, module, fault.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(1), stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(EventId = 2003, Level = LogLevel.Error, Message = "Reactions of module {Module} faulted: {Failure}; trying again")]
    private static partial void Faulted(ILogger logger, string module, string failure);
}
