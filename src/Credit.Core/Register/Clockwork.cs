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
/// Keeps calendar, deadlines, reporting periods, retention, the gap radar, sequencer, publication log and reactions going while the host is up,
/// each in a loop of its own: a backlog, a hang or a fault of one keeps no other waiting. A fault is logged and tried again (I95).
/// </summary>
internal sealed partial class Clockwork(
    DistrictCalendar calendar, ReportingPeriods periods, DeadlineSweeper sweeper, AnonymiseAfterRetention retention, GapRadar radar, Sequencer sequencer, PublicationLog published,
    Reactions reactions, RegisterSignal signal, ReactionSignal placedForReactions, PublicationSignal placedForPublication, CheckIndexSignal placed, Feeds.FeedSignal feeds,
    ClockworkPulse pulse, LoopPulses loops, TimeProvider clock, ILogger<Clockwork> log)
    : BackgroundService
{
    // Deadlines answered at once: what hangs in one lane is passed by in the others.
    private const int Lanes = 4;

    // By the machine's own clock.
    private static readonly TimeSpan LongestRefresh = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        pulse.Beat();
        foreach (var loop in loops.All)
        {
            loop.Beat();
        }

        return Task.WhenAll(
            SweepAsync(AnswerDeadlinesAsync, stoppingToken),
            SweepAsync(cancel => TryAsync(nameof(ReportingPeriods), periods.RunOnceAsync, cancel, loops.Periods), stoppingToken),
            SweepAsync(cancel => TryAsync(nameof(AnonymiseAfterRetention), retention.RunOnceAsync, cancel, loops.Retention), stoppingToken),
            SweepAsync(cancel => TryAsync(nameof(GapRadar), radar.RunOnceAsync, cancel, loops.Radar), stoppingToken),
            KeepGoingAsync(PlaceAsync, signal, stoppingToken),
            KeepGoingAsync(cancel => TryAsync(nameof(PublicationLog), published.RunOnceAsync, cancel, loops.Publication), placedForPublication, stoppingToken),
            KeepGoingAsync(cancel => TryAsync(nameof(Reactions), reactions.RunCoreAsync, cancel, loops.Reactions), placedForReactions, stoppingToken));
    }

    private async Task<bool> AnswerDeadlinesAsync(CancellationToken cancel)
    {
        // Terms are counted in working days; what is known of them is better than nothing.
        var sound = await TryAsync(nameof(DistrictCalendar), RefreshAsync, cancel);

        // A backlog is no fault while it gets shorter.
        if (await TryAsync(nameof(DeadlineSweeper), stop => sweeper.RunOnceAsync(stop, Lanes, pulse.Beat), cancel))
        {
            pulse.Beat();
            return sound;
        }

        return false;
    }

    private async Task<bool> PlaceAsync(CancellationToken cancel)
    {
        var sound = await TryAsync(nameof(Sequencer), sequencer.RunOnceAsync, cancel, loops.Sequencer);
        placed.Wake();
        feeds.Wake();
        placedForReactions.Wake();
        placedForPublication.Wake();
        return sound;
    }

    // Deadlines do not wait for a calendar that somebody holds.
    private async Task RefreshAsync(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(LongestRefresh);
        await calendar.RefreshAsync(limit.Token);
    }

    // Once an interval; after a fault not in a whole interval, but as soon as the loop comes round.
    private async Task SweepAsync(Func<CancellationToken, Task<bool>> work, CancellationToken stopping)
    {
        await Task.Yield();
        long? swept = null;
        while (!stopping.IsCancellationRequested)
        {
            // Elapsed time, not the time of day: a clock that is set back must not stop the sweeps (I37).
            var due = swept is not { } last || clock.GetElapsedTime(last) >= pulse.Sweep;
            if (due)
            {
                var begun = clock.GetTimestamp();
                swept = await work(stopping) ? begun : null;
            }

            await Task.Delay(due && swept is null ? AfterFault : Poll, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task KeepGoingAsync(Func<CancellationToken, Task<bool>> work, WakeSignal signal, CancellationToken stopping)
    {
        await Task.Yield();
        while (!stopping.IsCancellationRequested)
        {
            var sound = await work(stopping);
            await (sound ? signal.WaitAsync(Poll, stopping) : Task.Delay(AfterFault, stopping)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> TryAsync(string part, Func<CancellationToken, Task> work, CancellationToken cancel, LoopPulse? loop = null)
    {
        try
        {
            await work(cancel);
            loop?.Beat();
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
