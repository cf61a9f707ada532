using Credit.Domain.Accountability;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Model;

/// <summary>A statement that did not hold.</summary>
/// <param name="Id">The invariant.</param>
/// <param name="Says">What it says.</param>
/// <param name="Found">Who broke it.</param>
/// <param name="After">Number of the command after which it was found, counted from 1.</param>
internal sealed record Breach(string Id, string Says, string Found, int After);

/// <summary>Looks on: keeps the history, holds every invariant after every command, and notes the rows of the tables that were taken.</summary>
internal sealed class Watchman(District district)
{
    public static readonly IReadOnlyList<Invariant> Invariants =
        [.. ListChecks.All, .. TimeChecks.All, .. MeasureChecks.All, .. DueProcessChecks.All, .. WatchChecks.All, .. PersonChecks.All, .. PublicationChecks.All];

    private readonly History _history = new();

    /// <summary>Rows of the tables taken so far.</summary>
    public HashSet<string> Rows { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Rows no sequence of use cases takes: a recognised red entry and a recognised black or watch one of the same subject bar each
    /// other, so that none is left to be cancelled when the other is reported. They stand in the table as a last defence.
    /// </summary>
    public static readonly IReadOnlySet<string> LastDefence = new HashSet<string>(StringComparer.Ordinal)
    {
        "Red entry: Recognised -Blacklist-> Cancelled",
        "Red entry: Recognised -Watchlist-> Cancelled",
    };

    /// <summary>Every row of every table.</summary>
    public static IEnumerable<string> AllRows() =>
    [
        .. Replay.RowsOf(ListEntryLifecycle.Black), .. Replay.RowsOf(ListEntryLifecycle.Watch), .. Replay.RowsOf(ListEntryLifecycle.Red),
        .. Replay.RowsOf(MeasureTaskLifecycle.Table), .. Replay.RowsOf(MeasureTaskLifecycle.Execution),
        .. Replay.RowsOf(ObjectionLifecycle.Table), .. Replay.RowsOf(RepairLifecycle.Table),
        .. Replay.RowsOf(RectificationLifecycle.Table), .. Replay.RowsOf(WarningLifecycle.Table), .. Replay.RowsOf(AccountabilityLifecycle.Table),
        .. Replay.RowsOf(CommitmentLifecycle.Table), .. Replay.RowsOf(AcceptanceLifecycle.Table),
    ];

    /// <summary>Does a request and looks at what came of it; null when every statement holds.</summary>
    public (Answer Answer, Breach? Breach) Do(Request request, int number)
    {
        var before = district.Today;
        var answer = district.Do(request);
        _history.Observe(answer.Changes, before);
        _history.SteppedBack |= district.Today < before;
        foreach (var change in answer.Changes)
        {
            Rows.UnionWith(Replay.Of(change).Rows);
        }

        // Where nothing happened, what held before holds.
        if (!answer.Accepted)
        {
            return (answer, null);
        }

        var scene = new Scene(district, _history, request, answer, before);
        foreach (var invariant in Invariants)
        {
            if (invariant.Broken(scene) is { } found)
            {
                return (answer, new Breach(invariant.Id, invariant.Says, found, number));
            }
        }

        return (answer, null);
    }
}
