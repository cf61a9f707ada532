using Credit.Core.Register;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Credit.Core.Intake;

/// <summary>A batch arrived.</summary>
internal sealed class IntakeSignal : WakeSignal;

/// <summary>Takes in batches as they arrive, while the host is up.</summary>
internal sealed partial class IntakeWorker(TakeInBatches intake, IntakeSignal signal, ILogger<IntakeWorker> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await intake.RunOnceAsync(stoppingToken);
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

    [LoggerMessage(EventId = 2102, Level = LogLevel.Error, Message = "Intake faulted: {Failure}; trying again")]
    private static partial void Faulted(ILogger logger, string failure);
}
