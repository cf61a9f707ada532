using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Model;

/// <content>Repair and early exit.</content>
internal sealed partial class Desk
{
    private RepairStep[] Steps() => request.Yes
        ? [new RepairStep { Mode = RepairMode.PublicCommitment, Evidence = "信用承诺书", DoneOn = request.Day!.Value }]
        : [new RepairStep { Mode = RepairMode.CreditReport, Evidence = "信用报告", DoneOn = request.Day!.Value }];

    private DateOnly In(int workingDays) => district.Calendar.DueDate(_today, new WorkingDays(workingDays));

    private IReadOnlyList<Refusal> ApplyForRepair()
    {
        var entry = session.Entry(request.Target);
        if (Cast.SubjectOf(request.User) != district.NumberOf(entry.SubjectId))
        {
            return [NotFound];
        }

        var applied = Repair.Apply(entry, Steps(), district.Pack, _today, In(district.Pack.AcceptRepairDays));
        if (!applied.Accepted)
        {
            return applied.Refusals;
        }

        if (session.Repairs(each => each.EntryId == entry.Id && each.State is not (RepairState.Refused or RepairState.Lapsed or RepairState.ExitGranted)).Count > 0)
        {
            return [Missing("repair-open")];
        }

        session.Add(applied.Value);
        _terms.OpenAgain(TermKind.AcceptRepair, applied.Value.Id, _today, district.Pack.AcceptRepairDays);
        return [];
    }

    private IReadOnlyList<Refusal> OnRepair()
    {
        var repair = session.Repair(request.Target);
        var own = request.Kind is CommandKind.CompleteRepair or CommandKind.RequestExit;
        var theirs = own ? Cast.SubjectOf(request.User) == district.NumberOf(repair.SubjectId) : repair.Handler == _department;
        return theirs ? Move(repair, session.Entry(repair.EntryId)) : [NotFound];
    }

    private IReadOnlyList<Refusal> Move(Repair repair, ListEntry entry) => request.Kind switch
    {
        CommandKind.AcceptRepair => Then(
            repair.Accept(request.User, In(district.Pack.DecideRepairDays)), TermKind.AcceptRepair, TermKind.DecideRepair, district.Pack.DecideRepairDays),
        CommandKind.ReturnRepair => Then(repair.SendBack(request.Text), TermKind.AcceptRepair),
        CommandKind.CompleteRepair => Then(
            repair.Resubmit(entry, Steps(), _today, In(district.Pack.AcceptRepairDays)), null, TermKind.AcceptRepair, district.Pack.AcceptRepairDays),
        CommandKind.ApproveRepair or CommandKind.RefuseRepair => Decide(repair, entry, request.Kind == CommandKind.ApproveRepair),
        CommandKind.RequestExit => Then(
            repair.RequestExit(entry, request.Text, request.Text, district.Pack, _today, In(district.Pack.DecideEarlyExitDays)), null, TermKind.DecideEarlyExit,
            district.Pack.DecideEarlyExitDays),
        _ => DecideExit(repair, entry, request.Kind == CommandKind.GrantExit),
    };

    private IReadOnlyList<Refusal> Then(Outcome<Repair> moved, TermKind? met, TermKind? opened = null, int workingDays = 0)
    {
        if (moved.Accepted && met is { } done)
        {
            _terms.Meet(done, moved.Value.Id);
        }

        if (moved.Accepted && opened is { } next)
        {
            _terms.OpenAgain(next, moved.Value.Id, _today, workingDays);
        }

        return moved.Refusals;
    }

    private IReadOnlyList<Refusal> Decide(Repair repair, ListEntry entry, bool approve)
    {
        var refusals = Then(repair.Decide(entry, approve, request.Text, request.User, _today), TermKind.DecideRepair);
        return refusals.Count == 0 && approve && entry.List == ListKind.Watch ? Leave(entry, EntryTrigger.ExitEarly, _today).Refusals : refusals;
    }

    private IReadOnlyList<Refusal> DecideExit(Repair repair, ListEntry entry, bool grant)
    {
        var refusals = Then(repair.DecideExit(entry, grant, request.Yes, request.Text, request.User, _today), TermKind.DecideEarlyExit);
        return refusals.Count == 0 && grant ? Leave(entry, EntryTrigger.ExitEarly, _today).Refusals : refusals;
    }
}
