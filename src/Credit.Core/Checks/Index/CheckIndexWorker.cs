using Credit.Core.Register;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Credit.Core.Checks.Index;

/// <summary>Changes may have got their place, or somebody found the index behind.</summary>
internal sealed class CheckIndexSignal : WakeSignal;

/// <summary>
/// Loads the check index and keeps it going while the host is up. The signal only wakes it: changes of other hosts are found by looking.
/// </summary>
/// <param name="index">The index.</param>
/// <param name="signal">Wakes.</param>
/// <param name="follows">False where clockwork is switched off: it then only loads.</param>
/// <param name="log">Takes faults.</param>
internal sealed partial class CheckIndexWorker(CheckIndex index, CheckIndexSignal signal, bool follows, ILogger<CheckIndexWorker> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await index.StepAsync(stoppingToken);
                if (!follows)
                {
                    return;
                }

                await signal.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // Checks are answered by the register meanwhile.
                Faulted(log, fault.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(EventId = 2301, Level = LogLevel.Error, Message = "The check index faulted: {Failure}; trying again")]
    private static partial void Faulted(ILogger logger, string failure);
}
