using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Model;

/// <content>The warning list, rectifications, interviews.</content>
internal sealed partial class Desk
{
    // After every move of a watch entry the warning of its subject is brought in line.
    private void Warn(Guid subject)
    {
        var entries = session.Entries(entry => entry.SubjectId == subject && entry.List == ListKind.Watch && entry.State is not (EntryState.Draft or EntryState.Cancelled));
        var active = session.Warnings(warning => warning.SubjectId == subject && warning.State == WarningState.Active).SingleOrDefault();
        if (WarningEntry.Follow(active, [.. entries], district.Pack, _today) is { } begun)
        {
            session.Add(begun);
        }
    }

    private IReadOnlyList<Refusal> RequireRectification(ListEntry entry)
    {
        var required = Rectification.Require(entry, request.Text, request.LastDay, _today);
        if (!required.Accepted)
        {
            return required.Refusals;
        }

        if (session.Rectifications(each => each.EntryId == entry.Id
            && each.State is RectificationState.Required or RectificationState.Submitted or RectificationState.Rejected or RectificationState.TalkDue).Count > 0)
        {
            return [Missing("rectification-open")];
        }

        session.Add(required.Value);
        _terms.OpenOn(TermKind.Rectify, required.Value.Id, _today, required.Value.Due);
        return [];
    }

    private IReadOnlyList<Refusal> OnRectification()
    {
        var rectification = session.Rectification(request.Target);
        var own = request.Kind == CommandKind.SubmitRectification;
        var theirs = own ? Cast.SubjectOf(request.User) == district.NumberOf(rectification.SubjectId) : rectification.Recogniser == _department;
        return theirs ? Move(rectification, session.Entry(rectification.EntryId)) : [own ? NotFound : Missing("not-your-department")];
    }

    private IReadOnlyList<Refusal> Move(Rectification rectification, ListEntry entry)
    {
        switch (request.Kind)
        {
            case CommandKind.SubmitRectification:
                return rectification.Submit(request.Text, request.Text, _today).Refusals;
            case CommandKind.Rectified:
                var accepted = rectification.Accept(request.Text, _today);
                if (accepted.Accepted)
                {
                    _terms.Meet(TermKind.Rectify, rectification.Id);
                }

                return accepted.Refusals;
            case CommandKind.RejectRectification:
                var rejected = rectification.Reject(request.Text, _today);
                if (rejected.Accepted && rectification.State == RectificationState.Overdue)
                {
                    OpenInterview(entry, rectification);
                }

                return rejected.Refusals;
            default:
                return Talk(rectification);
        }
    }

    private IReadOnlyList<Refusal> Talk(Rectification rectification)
    {
        var kind = request.Also ? Rectification.KindFor(rectification.List) : InterviewKind.Reminder;
        var outcome = request.Yes ? InterviewOutcome.Held : InterviewOutcome.Refused;
        var recorded = rectification.RecordInterview(kind, outcome, request.Day!.Value, request.Text, request.User, _today);
        if (recorded.Accepted)
        {
            _terms.Meet(TermKind.HoldInterview, rectification.Id);
            session.Add(rectification.ToRecord("interviews", _today));
        }

        return recorded.Refusals;
    }

    // One interview per entry, whatever becomes overdue again.
    private void OpenInterview(ListEntry entry, Rectification overdue)
    {
        if (!overdue.LeadsToInterview(session.Rectifications(each => each.EntryId == entry.Id && each.Id != overdue.Id)))
        {
            return;
        }

        _terms.Open(TermKind.HoldInterview, overdue.Id, _today, district.Pack.InterviewDays);
        _ = overdue.OpenInterview(district.Calendar.DueDate(_today, new WorkingDays(district.Pack.InterviewDays))).Value;
    }

    private void PassRectification(Guid id)
    {
        var rectification = session.Rectification(id);
        var entry = session.Entry(rectification.EntryId);
        if (rectification.PassesWith(entry, _today))
        {
            _ = rectification.Pass(_today).Value;
            OpenInterview(entry, rectification);
        }
    }

    // What became overdue while the entry was verified.
    private void CatchUp(ListEntry entry)
    {
        foreach (var rectification in session.Rectifications(each => each.EntryId == entry.Id && each.Due < _today
            && RectificationLifecycle.Table.Allows(each.State, RectificationTrigger.Pass)))
        {
            _ = rectification.Pass(_today).Value;
            OpenInterview(entry, rectification);
        }
    }

    private void EndRectifications(ListEntry entry)
    {
        foreach (var rectification in session.Rectifications(each => each.EntryId == entry.Id && RectificationLifecycle.Table.Allows(each.State, RectificationTrigger.End)))
        {
            _ = rectification.End().Value;
            _terms.Meet(TermKind.Rectify, rectification.Id);
            _terms.Meet(TermKind.HoldInterview, rectification.Id);
        }
    }
}
