using Credit.Core.Deadlines;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Credit.Core.Register;

/// <summary>Keeps sequencer, reactions and deadlines going while the host is up. A fault is logged and tried again; it never ends the loop (I95).</summary>
internal sealed partial class Clockwork(
    Sequencer sequencer, Reactions reactions, DeadlineSweeper sweeper, RegisterSignal signal, TimeProvider clock, ILogger<Clockwork> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var swept = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (clock.GetUtcNow() - swept >= Sweep)
                {
                    await sweeper.RunOnceAsync(stoppingToken);
                    swept = clock.GetUtcNow();
                }

                await sequencer.RunOnceAsync(stoppingToken);
                await reactions.RunOnceAsync(stoppingToken);
                await signal.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                Faulted(log, fault.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "Clockwork faulted: {Failure}; trying again")]
    private static partial void Faulted(ILogger logger, string failure);
}
