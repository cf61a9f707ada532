using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Model;

/// <summary>What is due, as the platform's deadlines have it.</summary>
internal enum TermKind
{
    ReportEntry,
    EntryExpiry,
    AcceptObjection,
    ConcludeObjection,
    TaskFeedback,
    ConfirmStop,
    AnnounceExit,
    AcceptRepair,
    DecideRepair,
    DecideEarlyExit,
    Rectify,
    HoldInterview,
    SupplyPapers,
}

/// <summary>How a term ended.</summary>
internal enum TermState
{
    Open,
    Met,
    Passed,
    Resting,
}

/// <summary>A term that runs.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Kind">What is due.</param>
/// <param name="About">What it is about.</param>
/// <param name="StartedOn">Day 0.</param>
/// <param name="WorkingDays">Length; null when the day was given as a date.</param>
/// <param name="DueOn">Last day in time.</param>
/// <param name="State">How it stands.</param>
internal sealed record Term(Guid Id, TermKind Kind, Guid About, DateOnly StartedOn, int? WorkingDays, DateOnly DueOn, TermState State);

/// <summary>Opens, meets, rests and moves terms in a transaction.</summary>
internal sealed class TermBook(Session session, WorkingCalendar calendar)
{
    public void Open(TermKind kind, Guid about, DateOnly startedOn, int workingDays, bool resting = false) => session.Put(new Term(
        Guid.CreateVersion7(), kind, about, startedOn, workingDays, calendar.DueDate(startedOn, new WorkingDays(workingDays)),
        resting ? TermState.Resting : TermState.Open));

    public void OpenOn(TermKind kind, Guid about, DateOnly startedOn, DateOnly dueOn) =>
        session.Put(new Term(Guid.CreateVersion7(), kind, about, startedOn, null, dueOn, TermState.Open));

    /// <summary>One of the same day, met by a step taken back since, runs again.</summary>
    public void OpenAgain(TermKind kind, Guid about, DateOnly startedOn, int workingDays)
    {
        var due = calendar.DueDate(startedOn, new WorkingDays(workingDays));
        if (session.Terms(term => term.About == about && term.Kind == kind && term.DueOn == due) is [var same, ..])
        {
            session.Put(same with { State = TermState.Open, StartedOn = startedOn, WorkingDays = workingDays });
        }
        else
        {
            Open(kind, about, startedOn, workingDays);
        }
    }

    public void Meet(TermKind kind, Guid about)
    {
        foreach (var term in session.Terms(term => term.About == about && term.Kind == kind && term.State is TermState.Open or TermState.Resting))
        {
            session.Put(term with { State = TermState.Met });
        }
    }

    public void Move(TermKind kind, Guid about, DateOnly dueOn)
    {
        if (session.Terms(term => term.About == about && term.Kind == kind && term.State == TermState.Open) is [var open])
        {
            session.Put(open with { DueOn = dueOn });
        }
    }

    public void Rest(TermKind kind, Guid about, DateOnly today)
    {
        if (session.Terms(term => term.About == about && term.Kind == kind && term.State == TermState.Open && term.DueOn >= today) is [var open])
        {
            session.Put(open with { State = TermState.Resting, WorkingDays = RestingTerm.Left(calendar, today, open.DueOn) });
        }
    }

    public DateOnly? GoOn(TermKind kind, Guid about, DateOnly today)
    {
        if (session.Terms(term => term.About == about && term.Kind == kind && term.State == TermState.Resting) is not [var resting])
        {
            return null;
        }

        var due = calendar.DueDate(today, new WorkingDays(resting.WorkingDays!.Value));
        session.Put(resting with { State = TermState.Open, StartedOn = today, DueOn = due });
        return due;
    }
}
