using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Credit.Core.Exchange;

/// <summary>Keeps messages to the city going while the host is up, in a loop of its own: a slow city holds no deadline up.</summary>
internal sealed partial class CityWorker(CityDispatch dispatch, ILogger<CityWorker> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await dispatch.RunOnceAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Faulted(log, fault.GetType().Name);
            }

            try
            {
                await Task.Delay(Poll, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(EventId = 2012, Level = LogLevel.Error, Message = "Exchange with the city faulted: {Failure}; trying again")]
    private static partial void Faulted(ILogger logger, string failure);
}
