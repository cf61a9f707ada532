using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Listing;

/// <content>From the proposal to the recognition by a second officer .</content>
public sealed partial class ListEntry
{
    internal static Outcome<ListEntry> Propose(EntryProposal proposal)
    {
        var refusals = proposal.Check().ToArray();
        if (refusals.Length > 0)
        {
            return Outcome<ListEntry>.Refused(refusals);
        }

        var entry = new ListEntry
        {
            List = proposal.List,
            Domain = proposal.Domain,
            Category = proposal.List == ListKind.Red ? null : proposal.Category,
            State = ListEntryLifecycle.Of(proposal.List).Start,
            SubjectId = proposal.Subject.Id,
            SubjectKind = proposal.Subject.Kind,
            SubjectName = proposal.Subject.Name,
            SubjectCode = proposal.Subject.Code,
            SubjectMask = proposal.Subject.Mask,
            LegalRepresentative = proposal.LegalRepresentative ?? proposal.Subject.LegalRepresentative,
            Facts = proposal.Facts,
            Standard = proposal.Standard,
            StandardLevel = proposal.StandardLevel,
            StandardApproval = proposal.StandardApproval,
            StandardFrom = proposal.StandardFrom,
            Criterion = proposal.Criterion,
            Recogniser = proposal.Recogniser,
            ProposedBy = proposal.ProposedBy,
            ProposedOn = proposal.ProposedOn,
            DecidedOn = proposal.DecidedOn,
            ActOn = proposal.ActOn,
            ValidTo = proposal.ValidTo,
            NoticeExemption = string.IsNullOrWhiteSpace(proposal.NoticeExemption) ? null : proposal.NoticeExemption,
            NoticedOn = proposal.NoticeDeliveredOn,
            Publishable = proposal.Publishable,
            UnpublishableReason = proposal.UnpublishableReason,
            ChosenForPublication = proposal.List != ListKind.Watch && proposal.Publishable && proposal.Shown,
            Severity = proposal.List == ListKind.Red ? null : proposal.Severity,
            PunishMonths = proposal.PunishMonths,
            EarliestExitMonths = proposal.List == ListKind.Red ? null : proposal.EarliestExitMonths,
            Repairable = proposal.Repairable,
            RepairModes = proposal.RepairModes,
            RepairMonths = proposal is { Repairable: true, List: not ListKind.Red } ? proposal.RepairMonths ?? proposal.PunishMonths : null,
            AbleButRefuses = proposal.AbleButRefuses,
            WatchReason = proposal.WatchReason,
            MinorOffences = proposal.MinorOffences,
            WatchMonthsAfterExit = proposal.WatchMonthsAfterExit,
            PredecessorId = proposal.PredecessorId,
            BatchId = proposal.BatchId,
            PolicyPack = proposal.PolicyPack,
        };
        entry._bases.AddRange(proposal.Bases);
        entry.Announce(new EntryProposed(entry.Id, entry.List, entry.Domain, entry.SubjectId, entry.Recogniser), Clause.R("3.2.1.b"));
        return entry;
    }

    /// <summary>Records the delivery of the prior notice, once; also after an early objection was rejected, which came before any notice.</summary>
    internal Outcome<ListEntry> ServeNotice(DateOnly deliveredOn, DateOnly defenceUntil) => State == EntryState.Noticed && NoticedOn is not null
        ? new Refusal("notice-already-served", "告知书已送达，不得重复计算陈述申辩期。", "The notice is delivered: its answer period is not counted anew.", Clause.R("3.2.2.d"))
        : Fire(EntryTrigger.ServeNotice, move =>
        {
            NoticedOn = deliveredOn;
            DefenceUntil = defenceUntil;
            Announce(new EntryNoticed(Id, SubjectId, deliveredOn, defenceUntil), Clause.R("3.2.2.d"));
        });

    internal Outcome<ListEntry> ObjectBeforeRecognition() => Fire(EntryTrigger.Object, move =>
        Announce(new EntryObjected(Id, SubjectId), Clause.R("3.2.2.c")));

    internal Outcome<ListEntry> RejectEarlyObjection() => Fire(EntryTrigger.RejectObjection, move =>
        Announce(new EntryObjectionRejected(Id, SubjectId), Clause.R("3.2.2.c")));

    internal Outcome<ListEntry> UpholdEarlyObjection() => Fire(EntryTrigger.UpholdObjection, move =>
        Announce(new EntryCancelled(Id, SubjectId, "objection-upheld"), Clause.R("3.2.2.c")));

    internal Outcome<ListEntry> Withdraw(string reason) => Fire(EntryTrigger.Withdraw, move =>
        Announce(new EntryCancelled(Id, SubjectId, reason), Clause.R("3.2.2.c")));

    /// <summary>Recognises the entry by a second officer. The cross-comparison is the caller's, in the same transaction (I3).</summary>
    internal Outcome<ListEntry> Recognise(Recognition by)
    {
        var watchMonths = by.WatchMonthsAfterExit ?? WatchMonthsAfterExit;
        var representative = LegalRepresentative ?? by.LegalRepresentative;
        Refusal[] refusals = [.. AgainstProcedure(by), .. AgainstContent(by, watchMonths, representative)];
        if (refusals.Length > 0)
        {
            return Outcome<ListEntry>.Refused(refusals);
        }

        return Fire(EntryTrigger.Recognise, move =>
        {
            RecognisedBy = by.Officer;
            RecognisedOn = by.RecognisedOn;
            ReportDue = by.ReportDue;
            StandardFrom = by.StandardFrom ?? StandardFrom;
            WatchMonthsAfterExit = watchMonths;
            LegalRepresentative = representative;
            Announce(new EntryRecognised(Id, List, Domain, SubjectId, by.RecognisedOn, by.ReportDue), Clause.R("3.2.2.a"));
        });
    }

    private IEnumerable<Refusal> AgainstProcedure(Recognition by)
    {
        if (by.Officer == ProposedBy)
        {
            yield return new("four-eyes", "提议人不得认定同一条目，须由第二人认定。", "Who proposed the entry cannot recognise it: a second officer must.", Clause.Standard("I84"));
        }

        if (by.NoticeFirst && List != ListKind.Red && SubjectKind == SubjectKind.NaturalPerson && NoticedOn is null && NoticeExemption is null)
        {
            yield return new(
                "prior-notice-missing",
                "自然人列入前应事前告知；请先送达告知书，或说明免予告知的法律依据。",
                "Tell the person first: a natural person is notified before being listed, unless a law exempts and is cited.",
                Clause.R("3.2.2.d"));
        }

        if (DefenceUntil is { } until && by.Today <= until && State == EntryState.Noticed && List != ListKind.Red && !by.DefenceAnswered)
        {
            yield return new(
                "defence-period-running",
                $"陈述申辩期至{until:yyyy-MM-dd}，期满或答复后方可认定。",
                $"The answer period runs to {until:yyyy-MM-dd}; recognise after it, or after an answer.",
                Clause.R("3.2.2.d"));
        }
    }

    // What the entry must state before it is recognised (I17); the rest was asked of the proposal.
    private IEnumerable<Refusal> AgainstContent(Recognition by, int? watchMonths, string? representative)
    {
        if (SubjectKind != SubjectKind.NaturalPerson && string.IsNullOrWhiteSpace(representative))
        {
            yield return new(
                "legal-representative-missing",
                "请写明法定代表人(负责人)。",
                "State the legal representative or person responsible.",
                Clause.R("3.2.3.a"),
                "legalRepresentative");
        }

        if (by.RecognisedOn > by.Today)
        {
            yield return new("recognised-in-future", "认定日期不得晚于今日。", "The day of recognition cannot lie after today.", Clause.R("3.2.3.b"), "recognisedOn");
        }

        if (ValidTo < by.RecognisedOn)
        {
            yield return new("validity-before-recognition", "有效期止不得早于认定日期。", "The last day of validity lies before the recognition.", Clause.R("3.2.3.b"), "validTo");
        }

        if (by.WatchFollows && List == ListKind.Black && watchMonths is not > 0)
        {
            yield return new(
                "watch-term-missing",
                "请给出退出黑名单后列入重点关注名单的有效期(月)。",
                "State the months on the watch list after exit: the exit opens a watch entry at once.",
                Clause.R("3.5.5.g"),
                "watchMonthsAfterExit");
        }
    }
}
