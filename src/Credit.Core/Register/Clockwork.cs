using Credit.Core.Checks.Index;
using Credit.Core.Deadlines;
using Credit.Core.Oversight;
using Credit.Core.Oversight.Gaps;
using Credit.Core.Receipts;
using Credit.Core.Records;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Credit.Core.Register;

/// <summary>
/// Keeps calendar, reporting periods, deadlines, retention, the gap radar, sequencer, publication log and reactions going while the host is up. A fault of one is logged and tried
/// again; it holds no other up and never ends the loop (I95).
/// </summary>
internal sealed partial class Clockwork(
    DistrictCalendar calendar, ReportingPeriods periods, DeadlineSweeper sweeper, AnonymiseAfterRetention retention, GapRadar radar, Sequencer sequencer, PublicationLog published,
    Reactions reactions, RegisterSignal signal, CheckIndexSignal placed, Feeds.FeedSignal feeds, ClockworkPulse pulse, TimeProvider clock, ILogger<Clockwork> log)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        long? swept = null;
        pulse.Beat();
        while (!stoppingToken.IsCancellationRequested)
        {
            var sound = true;

            // Elapsed time, not the time of day: a clock that is set back must not stop the sweeps (I37).
            if (swept is not { } last || clock.GetElapsedTime(last) >= pulse.Sweep)
            {
                swept = clock.GetTimestamp();
                sound &= await TryAsync(nameof(DistrictCalendar), calendar.RefreshAsync, stoppingToken);
                sound &= await TryAsync(nameof(ReportingPeriods), periods.RunOnceAsync, stoppingToken);
                if (await TryAsync(nameof(DeadlineSweeper), sweeper.RunOnceAsync, stoppingToken))
                {
                    pulse.Beat();
                }
                else
                {
                    // Not in a whole interval, but as soon as the loop comes round.
                    (sound, swept) = (false, null);
                }

                sound &= await TryAsync(nameof(AnonymiseAfterRetention), retention.RunOnceAsync, stoppingToken);
                sound &= await TryAsync(nameof(GapRadar), radar.RunOnceAsync, stoppingToken);
            }

            sound &= await TryAsync(nameof(Sequencer), sequencer.RunOnceAsync, stoppingToken);
            placed.Wake();
            feeds.Wake();
            sound &= await TryAsync(nameof(Reactions), reactions.RunCoreAsync, stoppingToken);
            sound &= await TryAsync(nameof(PublicationLog), published.RunOnceAsync, stoppingToken);
            try
            {
                await (sound ? signal.WaitAsync(Poll, stoppingToken) : Task.Delay(TimeSpan.FromSeconds(1), stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<bool> TryAsync(string part, Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        try
        {
            await work(cancel);
            return true;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception fault)
        {
            Faulted(log, part, fault.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "{Part} faulted: {Failure}; trying again")]
    private static partial void Faulted(ILogger logger, string part, string failure);
}
