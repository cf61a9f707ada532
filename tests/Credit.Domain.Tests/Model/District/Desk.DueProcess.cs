using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Model;

/// <content>Doubts about an entry.</content>
internal sealed partial class Desk
{
    private IReadOnlyList<Refusal> OnObjection(Func<Objection, ListEntry, IReadOnlyList<Refusal>> move)
    {
        var objection = session.Objection(request.Target);
        return objection.Handler == _department ? move(objection, session.Entry(objection.EntryId)) : [NotFound];
    }

    private IReadOnlyList<Refusal> FileDoubt()
    {
        var entry = session.Entry(request.Target);
        var subject = Cast.SubjectOf(request.User);
        var origin = subject is { } number
            ? number == district.NumberOf(entry.SubjectId) ? ObjectionOrigin.Objection : ObjectionOrigin.Complaint
            : _department == entry.Recogniser ? ObjectionOrigin.SelfFound : ObjectionOrigin.Complaint;
        var shown = entry.State is EntryState.Active or EntryState.Verifying && (subject is null || (entry.Publishable && entry.ChosenForPublication));
        if (origin == ObjectionOrigin.Complaint && !shown)
        {
            return [NotFound];
        }

        var due = district.Calendar.DueDate(_today, new WorkingDays(district.Pack.AcceptObjectionDays));
        var filed = Verification.File(entry, origin, request.Text, request.User, _today, due);
        if (filed.Accepted)
        {
            session.Add(filed.Value);
            _terms.Open(TermKind.AcceptObjection, filed.Value.Id, _today, district.Pack.AcceptObjectionDays);
        }

        return filed.Refusals;
    }

    private IReadOnlyList<Refusal> TakeUp(Objection objection, ListEntry entry)
    {
        var begun = Verification.Begin(objection, entry, district.Calendar.DueDate(_today, new WorkingDays(district.Pack.ConcludeObjectionDays)));
        if (begun.Accepted)
        {
            foreach (var task in session.Tasks(task => task.EntryId == entry.Id && task.Execution == TaskExecution.Running))
            {
                _ = task.Suspend().Value;
                _terms.Rest(TermKind.TaskFeedback, task.Id, _today);
            }

            _terms.Meet(TermKind.AcceptObjection, objection.Id);
            _terms.Open(TermKind.ConcludeObjection, objection.Id, _today, district.Pack.ConcludeObjectionDays);
        }

        return begun.Refusals;
    }

    private IReadOnlyList<Refusal> Dismiss(Objection objection, ListEntry entry)
    {
        var dismissed = Verification.Dismiss(objection, entry, request.Text, request.User, _today);
        if (dismissed.Accepted)
        {
            _terms.Meet(TermKind.AcceptObjection, objection.Id);
        }

        return dismissed.Refusals;
    }

    private IReadOnlyList<Refusal> Extend(Objection objection, ListEntry entry)
    {
        if (objection.DecideDue is not { } due)
        {
            return [Missing("extension-used")];
        }

        var extended = objection.Extend(district.Calendar.DueDate(due, new WorkingDays(district.Pack.ConcludeObjectionDays)));
        if (extended.Accepted)
        {
            _terms.Meet(TermKind.ConcludeObjection, objection.Id);
            _terms.Open(TermKind.ConcludeObjection, objection.Id, due, district.Pack.ConcludeObjectionDays);
        }

        return extended.Refusals;
    }

    private IReadOnlyList<Refusal> Conclude(Objection objection, ListEntry entry)
    {
        var on = request.Kind switch
        {
            CommandKind.ConcludeUpheld => ObjectionTrigger.Uphold,
            CommandKind.ConcludeCorrected => ObjectionTrigger.Correct,
            _ => ObjectionTrigger.Revoke,
        };
        var corrects = request.Kind == CommandKind.ConcludeCorrected;
        var was = entry.ValidTo;
        var concluded = Verification.Conclude(
            objection,
            entry,
            new Conclusion(on, request.Text, request.User, corrects && request.Yes ? "更正后的事实。" : null, corrects ? request.LastDay : null),
            session.Objections(other => other.EntryId == entry.Id && other.Id != objection.Id),
            session.Entries(other => other.PredecessorId == entry.Id),
            [],
            _today);
        if (!concluded.Accepted)
        {
            return concluded.Refusals;
        }

        var consequence = concluded.Value;
        _terms.Meet(TermKind.ConcludeObjection, objection.Id);
        _terms.Move(TermKind.EntryExpiry, entry.Id, entry.ValidTo);
        if (corrects && entry.List == ListKind.Watch && entry.ValidTo != was)
        {
            Warn(entry.SubjectId);
        }

        if (consequence.Resumes)
        {
            Resume(entry);
            CatchUp(entry);
        }

        foreach (var wrong in consequence.Wrong)
        {
            _ = Leave(wrong, EntryTrigger.FindWrong, _today).Value;
        }

        if (consequence.MakesGood)
        {
            MakeGood(entry);
        }

        return [];
    }

    private void Resume(ListEntry entry)
    {
        foreach (var task in session.Tasks(task => task.EntryId == entry.Id && task.Execution == TaskExecution.Suspended))
        {
            _ = task.Resume(_terms.GoOn(TermKind.TaskFeedback, task.Id, _today) ?? task.Due).Value;
        }
    }

    private void MakeGood(ListEntry entry)
    {
        foreach (var amends in Amends.Of(entry, session.Tasks(task => task.EntryId == entry.Id)))
        {
            var order = new Order(Guid.CreateVersion7(), amends.Department, amends.About, amends.Recovers);
            if (!session.Knows(order))
            {
                session.Add(order);
            }
        }
    }
}
