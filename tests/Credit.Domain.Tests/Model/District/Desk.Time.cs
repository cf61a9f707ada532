using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Model;

/// <content>The clock, the calendar, the catalogue.</content>
internal sealed partial class Desk
{
    private IReadOnlyList<Refusal> Tick()
    {
        _afterCommit = () => district.Now += request.Move;
        return [];
    }

    private IReadOnlyList<Refusal> UpdateCalendar()
    {
        var changed = Changed(district.Calendar, request.Day!.Value);
        foreach (var term in session.Terms(term => term.State == TermState.Open && term.WorkingDays is not null))
        {
            var due = changed.DueDate(term.StartedOn, new WorkingDays(term.WorkingDays!.Value));
            if (due != term.DueOn)
            {
                session.Put(term with { DueOn = due });
                MoveDue(term, due);
            }
        }

        _afterCommit = () => district.Calendar = changed;
        return [];
    }

    /// <summary>The calendar with this working day off, or a day that was made off so a working day again.</summary>
    internal static WorkingCalendar Changed(WorkingCalendar calendar, DateOnly day)
    {
        var notice = calendar.Notices.Single(each => each.Year == day.Year);
        DateOnly[] off = [.. notice.OffDays.Contains(day) ? notice.OffDays.Where(each => each != day) : notice.OffDays.Append(day)];
        return calendar.With(YearNotice.Create(day.Year, off, [.. notice.MakeUpDays.Except(off)], "模型通知").Value);
    }

    // The term is also written where people read it.
    private void MoveDue(Term term, DateOnly due)
    {
        switch (term.Kind)
        {
            case TermKind.ReportEntry:
                _ = session.Entry(term.About).MoveReportDue(due);
                break;
            case TermKind.TaskFeedback or TermKind.ConfirmStop:
                session.Task(term.About).MoveDue(due, term.Kind == TermKind.ConfirmStop);
                break;
            case TermKind.AcceptObjection or TermKind.ConcludeObjection:
                session.Objection(term.About).MoveDue(due, term.Kind == TermKind.ConcludeObjection);
                break;
            case TermKind.AcceptRepair or TermKind.DecideRepair or TermKind.DecideEarlyExit:
                session.Repair(term.About).MoveDue(due);
                break;
            case TermKind.SupplyPapers:
                session.Acceptance(term.About).MoveDue(due);
                break;
            case TermKind.HoldInterview:
                session.Rectification(term.About).MoveInterviewDue(due);
                break;
            default:
                break;
        }
    }

    private IReadOnlyList<Refusal> UpdateCatalogue()
    {
        _afterCommit = () => district.Catalogue.Revise(request.Number, request.Day!.Value);
        return [];
    }
}
