namespace Credit.Domain.Tests.Model;

/// <summary>Numbers from a seed: the same on every machine and in every version of the runtime.</summary>
internal sealed class Numbers(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next number, below a bound.</summary>
    public int Next(int bound)
    {
        // SplitMix64.
        var mixed = _state += 0x9E3779B97F4A7C15UL;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)bound);
    }
}

/// <summary>Makes sequences of commands. How often a command comes is its weight; clock moves and what opens a path come most.</summary>
internal static class Generator
{
    private const int Bound = 1 << 20;

    private static readonly (CommandKind Kind, int Weight)[] Weights =
    [
        (CommandKind.Submit, 44),
        (CommandKind.Upgrade, 12),
        (CommandKind.GivePriorNotice, 20),
        (CommandKind.ObjectPreliminary, 8),
        (CommandKind.Recognise, 60),
        (CommandKind.PublishReview, 60),
        (CommandKind.Withdraw, 5),
        (CommandKind.ChoosePublic, 10),
        (CommandKind.NoteClosed, 3),
        (CommandKind.RaiseObjection, 18),
        (CommandKind.Complain, 6),
        (CommandKind.SelfDoubt, 6),
        (CommandKind.Accept, 30),
        (CommandKind.Reject, 6),
        (CommandKind.Extend, 4),
        (CommandKind.ConcludeUpheld, 10),
        (CommandKind.ConcludeCorrected, 10),
        (CommandKind.ConcludeRevoked, 8),
        (CommandKind.StandardChanged, 4),
        (CommandKind.MisuseFound, 6),
        (CommandKind.AnnounceExit, 16),
        (CommandKind.ApplyRepair, 24),
        (CommandKind.AcceptRepair, 24),
        (CommandKind.ReturnRepair, 5),
        (CommandKind.CompleteRepair, 10),
        (CommandKind.ApproveRepair, 24),
        (CommandKind.RefuseRepair, 3),
        (CommandKind.RequestExit, 36),
        (CommandKind.GrantExit, 24),
        (CommandKind.DenyExit, 10),
        (CommandKind.NameResponsible, 8),
        (CommandKind.Commit, 12),
        (CommandKind.FindCommitment, 4),
        (CommandKind.AcceptTolerantly, 12),
        (CommandKind.SupplyPaper, 6),
        (CommandKind.SetRectification, 30),
        (CommandKind.SubmitRectification, 12),
        (CommandKind.Rectified, 6),
        (CommandKind.RejectRectification, 10),
        (CommandKind.Talk, 20),
        (CommandKind.CreateTasks, 40),
        (CommandKind.Acknowledge, 30),
        (CommandKind.Apply, 18),
        (CommandKind.Feedback, 16),
        (CommandKind.NotApplicable, 6),
        (CommandKind.Decline, 8),
        (CommandKind.ConfirmStop, 18),
        (CommandKind.CloseTask, 10),
        (CommandKind.Sweep, 24),
        (CommandKind.TickSecond, 8),
        (CommandKind.TickToMidnight, 24),
        (CommandKind.TickDays, 30),
        (CommandKind.ClockBack, 4),
        (CommandKind.HostCrash, 12),
        (CommandKind.DuplicateDelivery, 12),
        (CommandKind.CalendarUpdate, 4),
        (CommandKind.CatalogueUpdate, 3),
    ];

    private static readonly CommandKind[] Drawn = [.. Weights.SelectMany(each => Enumerable.Repeat(each.Kind, each.Weight))];

    /// <summary>A sequence; the same seed gives the same one.</summary>
    public static Command[] Sequence(ulong seed, int count, params CommandKind[] without)
    {
        var numbers = new Numbers(seed);
        var drawn = without.Length == 0 ? Drawn : [.. Drawn.Where(kind => !without.Contains(kind))];
        return [.. Enumerable.Range(0, count).Select(_ => new Command(drawn[numbers.Next(drawn.Length)], numbers.Next(Bound), numbers.Next(Bound), numbers.Next(Bound)))];
    }
}
