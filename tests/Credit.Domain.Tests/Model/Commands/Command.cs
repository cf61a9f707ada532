using Credit.Domain.Listing;

namespace Credit.Domain.Tests.Model;

/// <summary>The commands of the model.</summary>
internal enum CommandKind
{
    Submit,
    Upgrade,
    GivePriorNotice,
    ObjectPreliminary,
    Recognise,
    PublishReview,
    Withdraw,
    ChoosePublic,
    NoteClosed,
    RaiseObjection,
    Complain,
    SelfDoubt,
    Accept,
    Reject,
    Extend,
    ConcludeUpheld,
    ConcludeCorrected,
    ConcludeRevoked,
    StandardChanged,
    MisuseFound,
    AnnounceExit,
    ApplyRepair,
    AcceptRepair,
    ReturnRepair,
    CompleteRepair,
    ApproveRepair,
    RefuseRepair,
    RequestExit,
    GrantExit,
    DenyExit,
    NameResponsible,
    Commit,
    FindCommitment,
    AcceptTolerantly,
    SupplyPaper,
    SetRectification,
    SubmitRectification,
    Rectified,
    RejectRectification,
    Talk,
    CreateTasks,
    Acknowledge,
    Apply,
    Feedback,
    NotApplicable,
    Decline,
    ConfirmStop,
    CloseTask,
    Sweep,
    TickSecond,
    TickToMidnight,
    TickDays,
    ClockBack,
    HostCrash,
    DuplicateDelivery,
    CalendarUpdate,
    CatalogueUpdate,
}

/// <summary>
/// A command as it is generated: which one, and three numbers that say on what and how. What they mean is settled by
/// the state it meets, so that a sequence from which commands were taken away still makes sense.
/// </summary>
/// <param name="Kind">Which command.</param>
/// <param name="Pick">Which of the things it may be about.</param>
/// <param name="Turn">Who does it.</param>
/// <param name="Knob">How.</param>
internal readonly record struct Command(CommandKind Kind, int Pick, int Turn, int Knob);

/// <summary>A command as it is done: by whom, on what, with what.</summary>
internal sealed record Request(CommandKind Kind, string User)
{
    /// <summary>Entry, objection, repair or task.</summary>
    public Guid Target { get; init; }

    public int Subject { get; init; }

    public ListKind List { get; init; }

    public string Domain { get; init; } = "";

    public int Document { get; init; }

    public DateOnly? Day { get; init; }

    public DateOnly? LastDay { get; init; }

    public int? Months { get; init; }

    /// <summary>The choice the command offers: shown or not, publishable or not, fulfilled or not.</summary>
    public bool Yes { get; init; }

    /// <summary>A second choice: repairable or not, refuses or not, answered or not, mandated by law or not.</summary>
    public bool Also { get; init; }

    /// <summary>A text that must not be empty, and now and then is.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyList<PublicationChannel> Channels { get; init; } = [];

    /// <summary>By how much the clock moves.</summary>
    public TimeSpan Move { get; init; }

    /// <summary>The host dies before the commit.</summary>
    public bool Crashes { get; init; }

    /// <summary>Which announcement is delivered again, or which memorandum is revised.</summary>
    public int Number { get; init; }

    public override string ToString()
    {
        string?[] parts =
        [
            $"{Kind} by {User}",
            Target == default ? null : $"on …{Target.ToString()[^4..]}",
            Domain.Length == 0 ? null : $"{List} in {Domain} of subject {Subject}, document {Document}",
            Day is { } day ? $"day {day:yyyy-MM-dd}" : null,
            LastDay is { } last ? $"last day {last:yyyy-MM-dd}" : null,
            Months is { } months ? $"{months} months" : null,
            Yes ? "yes" : null,
            Also ? "also" : null,
            Text.Length == 0 ? null : $"“{Text}”",
            Channels.Count == 0 ? null : string.Join('+', Channels),
            Move == default ? null : $"clock {Move}",
            Crashes ? "and crash" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }
}
