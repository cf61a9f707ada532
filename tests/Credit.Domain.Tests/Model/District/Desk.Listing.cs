using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Tests.Model;

/// <content>From the proposal to the report.</content>
internal sealed partial class Desk
{
    // The standard of the model was registered before its first day.
    private static readonly DateOnly StandardsSince = new(2000, 1, 1);

    private IReadOnlyList<Refusal> Propose()
    {
        var subject = district.Subjects[request.Subject];
        var proposal = new EntryProposal
        {
            List = request.List,
            Domain = request.Domain,
            Category = request.List == ListKind.Red ? null : ConductCategory.Market,
            Subject = subject,
            Facts = "认定事实。",
            Standard = "模型标准",
            StandardLevel = StandardLevel.National,
            Recogniser = _department!,
            ProposedBy = request.User,
            ProposedOn = _today,
            DecidedOn = request.Day,
            ValidTo = request.LastDay!.Value,
            NoticeExemption = subject.Kind == SubjectKind.NaturalPerson && request.Number % 6 == 0 ? "某法第二条" : null,
            Publishable = request.Yes,
            UnpublishableReason = request.Yes ? null : "涉密",
            PunishMonths = 12,
            Repairable = request.Also,
            RepairModes = "公开信用承诺",
            RepairMonths = request.Number % 5 == 0 ? 1 : null,
            AbleButRefuses = request.Number % 2 == 0,
            WatchReason = Cast.ReasonOf(request),
            MinorOffences = Cast.OffencesOf(request),
            WatchMonthsAfterExit = request.List == ListKind.Black ? request.Months : null,
            PolicyPack = district.Pack.Name,
            Bases = [new EntryBasis { Kind = BasisKind.AdministrativeAct, Text = "某法第三条", DocumentNumber = $"任罚〔2026〕{request.Document}号" }],
        };
        var proposed = ListEntry.Propose(proposal);
        Refusal[] refusals =
        [
            .. WatchGrounds.Against(proposal.WatchReason, proposal.MinorOffences, district.Pack), .. proposed.Refusals, .. EntryRules.Against(proposal, district.Pack),
            .. proposed.Accepted ? CrossComparison.AgainstSameFacts(proposed.Value, session.Others(proposed.Value)) : [],
        ];
        refusals = refusals.Length > 0 ? refusals : [.. CrossComparison.AgainstSecondUse(proposed.Value, session.Others(proposed.Value))];
        if (refusals.Length == 0)
        {
            session.Add(proposed.Value);
        }

        return refusals;
    }

    private IReadOnlyList<Refusal> ServeNotice(ListEntry entry) => request.Day > _today
        ? [Missing("delivered-in-future")]
        : entry.ServeNotice(request.Day!.Value, district.Calendar.DueDate(request.Day.Value, new WorkingDays(district.Pack.DefenceDays))).Refusals;

    private IReadOnlyList<Refusal> Recognise(ListEntry entry)
    {
        var on = request.Day ?? entry.DecidedOn ?? _today;
        if (on > _today)
        {
            return [Missing("decided-in-future")];
        }

        if (request.Months is { } months && (months < 1 || months > district.Pack.LongestWatchMonths))
        {
            return [Missing("watch-term-out-of-range")];
        }

        var term = district.Pack.ReportEntryDaysOf(entry.Domain);
        var due = district.Calendar.DueDate(on, new WorkingDays(term));
        IReadOnlyList<Refusal> refusals =
        [
            .. CrossComparison.Against(entry, session.Others(entry), district.Pack, _today), .. CrossComparison.AgainstSameFacts(entry, session.Others(entry)),
            .. WatchGrounds.Against(entry.WatchReason, entry.MinorOffences, district.Pack),
        ];
        refusals = refusals.Count > 0 ? refusals : entry.Recognise(new Recognition(request.User, on, _today, due, request.Also, request.Months, StandardFrom: StandardsSince)).Refusals;
        if (refusals.Count == 0)
        {
            _terms.Open(TermKind.ReportEntry, entry.Id, on, term);
            foreach (var watch in Displacement.CarriedBy(entry, session.Others(entry), _today).ToArray())
            {
                Carry(session.Entry(watch.Id), each => each.CarryOn(entry));
            }
        }

        return refusals;
    }

    private IReadOnlyList<Refusal> Withdraw(ListEntry entry)
    {
        var withdrawn = entry.Withdraw(request.Text);
        if (withdrawn.Accepted)
        {
            foreach (var watch in Displacement.ReleasedBy(entry, session.Others(entry)).ToArray())
            {
                Carry(session.Entry(watch.Id), each => each.EndCarrying(_today));
            }
        }

        return withdrawn.Refusals;
    }

    private void Carry(ListEntry watch, Action<ListEntry> move)
    {
        var was = watch.ValidTo;
        move(watch);
        if (watch.ValidTo != was)
        {
            _terms.Move(TermKind.EntryExpiry, watch.Id, watch.ValidTo);
            Warn(watch.SubjectId);
        }
    }

    private IReadOnlyList<Refusal> Report(ListEntry entry)
    {
        var refusals = CrossComparison.Against(entry, session.Others(entry), district.Pack, _today);
        if (refusals.Count > 0)
        {
            return refusals;
        }

        if (ListEntryLifecycle.Of(entry.List).Allows(entry.State, EntryTrigger.Report))
        {
            foreach (var red in Displacement.OfRedBy(entry, session.Others(entry)).ToArray())
            {
                _ = Leave(session.Entry(red.Id), Displacement.TriggerOf(entry), _today).Value;
            }

            foreach (var watch in Displacement.OfWatchBy(entry, session.Others(entry)).ToArray())
            {
                _ = Leave(session.Entry(watch.Id), EntryTrigger.Upgrade, _today).Value;
            }
        }

        var reported = entry.Report(_today, request.User, request.Channels);
        if (reported.Accepted)
        {
            HoldToAccount(entry);
            entry.StateRepairDates(district.Pack);
            _terms.Meet(TermKind.ReportEntry, entry.Id);
            _terms.OpenOn(TermKind.EntryExpiry, entry.Id, _today, entry.ValidTo);
            if (entry.List == ListKind.Watch)
            {
                Warn(entry.SubjectId);
            }
        }

        return reported.Refusals;
    }

    private IReadOnlyList<Refusal> ChoosePublication(ListEntry entry) => request.Text.Length == 0
        ? [Missing("reason-missing")]
        : entry.ChoosePublication(request.Yes, request.Text, request.User, _today).Refusals;
}
