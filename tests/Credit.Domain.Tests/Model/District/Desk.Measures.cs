using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Model;

/// <content>Measures: given out by the reaction to the log, carried out and stopped by departments.</content>
internal sealed partial class Desk
{
    private bool IsOver(MeasureTask task) => !Owing.Runs(session.Entry(task.EntryId), _today);

    private IReadOnlyList<Refusal> FeedBack(MeasureTask task)
    {
        List<Refusal> refusals = request.Text.Length == 0 ? [Missing("action-missing"), Missing("result-missing")] : [];
        if (task is { Obligation: MeasureObligation.Mandatory, State: TaskState.Acknowledged } && !request.Yes)
        {
            refusals.Add(Missing("mandatory-not-carried-out"));
        }

        if (request.Yes && district.HasOwnForm(task))
        {
            refusals.Add(Missing("typed-feedback-expected"));
        }

        if (refusals.Count > 0)
        {
            return refusals;
        }

        if (IsOver(task))
        {
            return [MeasureTask.NotRunning];
        }

        var fedBack = task.FeedBack(_today);
        if (fedBack.Accepted)
        {
            session.Add(Credit.Domain.Enforcement.Feedback.On(task, "core/plain", "{}", request.Text, request.Yes ? 1 : 2, request.User, district.Now));
            _terms.Meet(TermKind.TaskFeedback, task.Id);
        }

        return fedBack.Refusals;
    }

    private IReadOnlyList<Refusal> Met(Outcome<MeasureTask> moved, MeasureTask task)
    {
        if (moved.Accepted)
        {
            _terms.Meet(TermKind.TaskFeedback, task.Id);
        }

        return moved.Refusals;
    }

    private IReadOnlyList<Refusal> ConfirmStop(MeasureTask task)
    {
        var stopped = task.ConfirmStop(_today, request.Text);
        if (stopped.Accepted)
        {
            _terms.Meet(TermKind.ConfirmStop, task.Id);
        }

        return Met(stopped, task);
    }

    private IReadOnlyList<Refusal> Deliver()
    {
        foreach (var announced in district.Register.Log.Skip(district.Delivered).OfType<EntryPublished>())
        {
            IssueTasks(announced);
        }

        var read = district.Register.Log.Count;
        _afterCommit = () => district.Delivered = read;
        return [];
    }

    private IReadOnlyList<Refusal> DeliverAgain()
    {
        EntryPublished[] delivered = [.. district.Register.Log.Take(district.Delivered).OfType<EntryPublished>()];
        if (delivered.Length > 0)
        {
            IssueTasks(delivered[request.Number % delivered.Length]);
        }

        return [];
    }

    private void IssueTasks(EntryPublished announced)
    {
        var entry = session.Entry(announced.EntryId);
        if (!Owing.Obliges(entry, _today))
        {
            return;
        }

        var owed =
            from version in district.Catalogue.Versions
            where Owing.Triggers(version.List, version.Domains, version.From, version.To, entry, announced.ValidFrom)
            from measure in version.Measures
            where Owing.Applies(measure, entry)
            from department in measure.Departments
            select (Version: version, Measure: measure, Department: department);
        foreach (var (version, measure, department) in owed.DistinctBy(each => (each.Measure.Key, each.Department)).ToArray())
        {
            if (session.Tasks(task => task.EntryId == entry.Id && task.MeasureKey == measure.Key && task.Department == department).Count == 0)
            {
                var due = district.Calendar.DueDate(_today, measure.Within);
                var task = MeasureTask.Dispatch(entry, version.Code, version.Version, measure, department, _today, due);
                session.Add(task);
                _terms.Open(TermKind.TaskFeedback, task.Id, _today, measure.Within.Count, resting: task.Execution == TaskExecution.Suspended);
            }
        }
    }
}
