using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Model;

/// <content>Every exit, and what it brings with it.</content>
internal sealed partial class Desk
{
    private static readonly TermKind[] RepairTerms = [TermKind.AcceptRepair, TermKind.DecideRepair, TermKind.DecideEarlyExit];

    private Outcome<ListEntry> Leave(ListEntry entry, EntryTrigger on, DateOnly day)
    {
        var departed = Departure.Of(entry, on, day, district.Pack);
        if (departed.Accepted)
        {
            EndAccount(entry, wrong: on == EntryTrigger.FindWrong, entry.ExitedOn ?? day);
        }

        if (!departed.Accepted || entry.State != EntryState.Exited)
        {
            return departed.Then<ListEntry>(departure => departure.Entry);
        }

        var due = district.Calendar.DueDate(_today, new WorkingDays(district.Pack.ConfirmStopDays));
        foreach (var task in session.Tasks(task => task.EntryId == entry.Id && task.Execution != TaskExecution.Ended))
        {
            _ = task.RequestStop(due).Value;
            _terms.Open(TermKind.ConfirmStop, task.Id, _today, district.Pack.ConfirmStopDays);
            _terms.Meet(TermKind.TaskFeedback, task.Id);
        }

        _terms.Meet(TermKind.EntryExpiry, entry.Id);
        LapseRepairs(entry);
        EndRectifications(entry);
        if (entry.Publications.Count > 0)
        {
            _terms.Open(TermKind.AnnounceExit, entry.Id, _today, district.Pack.AnnounceExitDays);
        }

        if (departed.Value.Watch is { } watch)
        {
            session.Add(watch);
            HoldToAccount(watch);
            _terms.OpenOn(TermKind.EntryExpiry, watch.Id, watch.ValidFrom!.Value, watch.ValidTo);
        }

        if (departed.Value.Watch is not null || entry.List == ListKind.Watch)
        {
            Warn(entry.SubjectId);
        }

        return entry;
    }

    private void LapseRepairs(ListEntry entry)
    {
        foreach (var repair in session.Repairs(repair => repair.EntryId == entry.Id).Where(repair => Departure.Lapses(entry, repair)))
        {
            _ = repair.Lapse().Value;
            foreach (var kind in RepairTerms)
            {
                _terms.Meet(kind, repair.Id);
            }
        }
    }

    private IReadOnlyList<Refusal> LeaveByDecision(ListEntry entry, EntryTrigger on)
    {
        List<Refusal> refusals = [];
        if (request.User == entry.ProposedBy)
        {
            refusals.Add(Missing("four-eyes"));
        }

        if (request.Text.Length == 0)
        {
            refusals.Add(Missing("explanation-missing"));
        }

        return refusals.Count > 0 ? refusals : Leave(entry, on, _today).Refusals;
    }

    private IReadOnlyList<Refusal> AnnounceExit(ListEntry entry)
    {
        var announced = entry.AnnounceExit(request.Channels[0], _today);
        if (announced.Accepted && entry.ExitAnnouncedOn is not null)
        {
            _terms.Meet(TermKind.AnnounceExit, entry.Id);
        }

        return announced.Refusals;
    }

    // Answers every passed term. Each is a transaction of its own on the platform; in memory they share one, which changes no rule.
    private IReadOnlyList<Refusal> Sweep()
    {
        while (session.Terms(term => term.State == TermState.Open && term.DueOn < _today).MinBy(term => term.DueOn) is { } passed)
        {
            if (passed.Kind == TermKind.EntryExpiry && session.Entry(passed.About) is var entry && Departure.ExitDayOf(entry, passed.DueOn) is { } exitDay)
            {
                _ = Leave(entry, EntryTrigger.Expire, exitDay).Value;
            }

            if (passed.Kind == TermKind.Rectify)
            {
                PassRectification(passed.About);
            }

            if (passed.Kind == TermKind.SupplyPapers)
            {
                RevokeAcceptance(passed.About);
            }

            session.Put(passed with { State = TermState.Passed });
        }

        return [];
    }
}
