using Credit.Domain.Policy;
using static Credit.Domain.Listing.EntryState;
using static Credit.Domain.Listing.EntryTrigger;

namespace Credit.Domain.Listing;

/// <summary>Where a list entry stands (requirements §10.1).</summary>
public enum EntryState
{
    /// <summary>初步认定.</summary>
    Draft,

    /// <summary>已告知.</summary>
    Noticed,

    /// <summary>异议核实, before recognition.</summary>
    PreObjection,

    /// <summary>已认定, not yet reported.</summary>
    Recognised,

    /// <summary>已报送并生效.</summary>
    Active,

    /// <summary>核实中: still shown, marked; measures rest; the validity clock runs on (I38).</summary>
    Verifying,

    /// <summary>已退出: final (I23).</summary>
    Exited,

    /// <summary>Never came to be: withdrawn, or an objection before recognition was upheld.</summary>
    Cancelled,
}

/// <summary>What moves a list entry.</summary>
public enum EntryTrigger
{
    /// <summary>Prior notice delivered.</summary>
    ServeNotice,

    /// <summary>Objection before recognition.</summary>
    Object,

    /// <summary>The objection before recognition was right.</summary>
    UpholdObjection,

    /// <summary>The objection before recognition was unfounded.</summary>
    RejectObjection,

    /// <summary>The recogniser withdraws its proposal.</summary>
    Withdraw,

    /// <summary>Recognition by a second officer.</summary>
    Recognise,

    /// <summary>Reported to the platform: in force.</summary>
    Report,

    /// <summary>An objection, complaint or the department's own doubt is taken up.</summary>
    Verify,

    /// <summary>Verification found the entry right.</summary>
    ConfirmCorrect,

    /// <summary>Verification found the entry right in substance and corrected its particulars.</summary>
    Correct,

    /// <summary>Verification found the entry wrong.</summary>
    FindWrong,

    /// <summary>The standard changed and is no longer met.</summary>
    StandardChanged,

    /// <summary>The last day of validity has passed.</summary>
    Expire,

    /// <summary>Early exit after repair.</summary>
    ExitEarly,

    /// <summary>A watch entry became a black one.</summary>
    Upgrade,

    /// <summary>The subject was put on a black list.</summary>
    Blacklist,

    /// <summary>The subject was put on a watch list.</summary>
    Watchlist,

    /// <summary>The subject misused incentives.</summary>
    Misuse,
}

/// <summary>The life of a red, black or watch entry, from proposal to exit.</summary>
public static class ListEntryLifecycle
{
    private static readonly (EntryState From, EntryTrigger On, EntryState To, string Clause)[] Preliminary =
    [
        (Draft,        ServeNotice,     Noticed,      "R-3.2.2.d"),
        (Draft,        EntryTrigger.Object, PreObjection, "R-3.2.2.c"),
        (Draft,        Recognise,       Recognised,   "R-3.2.2.a"),
        (Draft,        Withdraw,        Cancelled,    "R-3.2.2.c"),
        (Noticed,      ServeNotice,     Noticed,      "R-3.2.2.d"),
        (Noticed,      EntryTrigger.Object, PreObjection, "R-3.2.2.c"),
        (Noticed,      Recognise,       Recognised,   "R-3.2.2.a"),
        (Noticed,      Withdraw,        Cancelled,    "R-3.2.2.c"),
        (PreObjection, UpholdObjection, Cancelled,    "R-3.2.2.c"),
        (PreObjection, RejectObjection, Noticed,      "R-3.2.2.c"),
        (Recognised,   Report,          Active,       "R-3.2.4.c"),
        (Recognised,   Withdraw,        Cancelled,    "R-3.5.7.b"),
        (Active,       Verify,          Verifying,    "R-3.5.7.c"),
        (Verifying,    ConfirmCorrect,  Active,       "R-3.5.7.b"),
        (Verifying,    Correct,         Active,       "R-3.5.7.b"),
        (Verifying,    FindWrong,       Exited,       "R-3.5.6.a"),
        (Active,       StandardChanged, Exited,       "R-3.5.6.a"),
        (Verifying,    StandardChanged, Exited,       "R-3.5.6.a"),
        (Active,       Expire,          Exited,       "R-3.5.6.a"),
        (Verifying,    Expire,          Exited,       "R-3.5.6.a"),
    ];

    /// <summary>Black entries.</summary>
    public static readonly Lifecycle<EntryState, EntryTrigger> Black = new("Black entry", Draft,
        [.. Preliminary, (Active, ExitEarly, Exited, "R-3.5.6.b")]);

    /// <summary>Watch entries.</summary>
    public static readonly Lifecycle<EntryState, EntryTrigger> Watch = new("Watch entry", Draft,
        [.. Preliminary, (Active, ExitEarly, Exited, "R-3.5.4.b"), (Active, Upgrade, Exited, "R-3.5.5.f"), (Verifying, Upgrade, Exited, "R-3.5.5.f")]);

    /// <summary>Red entries.</summary>
    public static readonly Lifecycle<EntryState, EntryTrigger> Red = new("Red entry", Draft,
        [
            .. Preliminary,
            (Recognised, Blacklist, Cancelled, "R-3.2.2.e"), (Recognised, Watchlist, Cancelled, "R-3.2.2.e"),
            (Active, Blacklist, Exited, "R-3.5.6.c"), (Verifying, Blacklist, Exited, "R-3.5.6.c"),
            (Active, Watchlist, Exited, "R-3.5.6.c"), (Verifying, Watchlist, Exited, "R-3.5.6.c"),
            (Active, Misuse, Exited, "R-3.5.6.c"), (Verifying, Misuse, Exited, "R-3.5.6.c"),
        ]);

    /// <summary>The table of a list.</summary>
    public static Lifecycle<EntryState, EntryTrigger> Of(ListKind list) => list switch
    {
        ListKind.Black => Black,
        ListKind.Watch => Watch,
        _ => Red,
    };
}
