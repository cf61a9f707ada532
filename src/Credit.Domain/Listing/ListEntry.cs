using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Listing;

/// <summary>A red, black or watch entry, from proposal to exit. Its moves are internal: only use cases call them.</summary>
public sealed class ListEntry : Aggregate
{
    private readonly List<EntryBasis> _bases = [];
    private readonly List<Publication> _publications = [];

    private ListEntry()
    {
    }

    /// <summary>The list.</summary>
    public ListKind List { get; private init; }

    /// <summary>领域, as the policy names it.</summary>
    public string Domain { get; private init; } = "";

    /// <summary>Kind of conduct; null on red entries.</summary>
    public ConductCategory? Category { get; private init; }

    /// <summary>Where the entry stands.</summary>
    public EntryState State { get; private set; }

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; private init; }

    /// <summary>Kind of subject.</summary>
    public SubjectKind SubjectKind { get; private init; }

    /// <summary>Name of the subject at the time of the proposal.</summary>
    public string SubjectName { get; private init; } = "";

    /// <summary>Unified code of the subject; null for natural persons.</summary>
    public string? SubjectCode { get; private init; }

    /// <summary>Masked identifier of a natural person; null for others.</summary>
    public string? SubjectMask { get; private init; }

    /// <summary>Name of the legal representative; null for natural persons.</summary>
    public string? LegalRepresentative { get; private init; }

    /// <summary>The facts found.</summary>
    public string Facts { get; private set; } = "";

    /// <summary>Title of the recognition standard.</summary>
    public string Standard { get; private init; } = "";

    /// <summary>Level of the standard.</summary>
    public StandardLevel StandardLevel { get; private init; }

    /// <summary>Key of the module criterion applied; null when no module declares the standard.</summary>
    public string? Criterion { get; private init; }

    /// <summary>Key of the recognising department.</summary>
    public string Recogniser { get; private init; } = "";

    /// <summary>Account that proposed the entry.</summary>
    public string ProposedBy { get; private init; } = "";

    /// <summary>Day the proposal arrived.</summary>
    public DateOnly ProposedOn { get; private init; }

    /// <summary>Day of the department's own decision, when the proposal states it.</summary>
    public DateOnly? DecidedOn { get; private init; }

    /// <summary>Last day of the term.</summary>
    public DateOnly ValidTo { get; private set; }

    /// <summary>First day in force; null until reported.</summary>
    public DateOnly? ValidFrom { get; private set; }

    /// <summary>Day the prior notice was delivered; null when none was.</summary>
    public DateOnly? NoticedOn { get; private set; }

    /// <summary>Last day for an objection before recognition; null when no notice was served.</summary>
    public DateOnly? DefenceUntil { get; private set; }

    /// <summary>Law that exempts from prior notice; null when none is relied on.</summary>
    public string? NoticeExemption { get; private init; }

    /// <summary>Account that recognised the entry; never the one that proposed it (I84).</summary>
    public string? RecognisedBy { get; private set; }

    /// <summary>Day of recognition.</summary>
    public DateOnly? RecognisedOn { get; private set; }

    /// <summary>Last day to report the entry (7 working days, R-3.2.4.c).</summary>
    public DateOnly? ReportDue { get; private set; }

    /// <summary>Day the entry was reported.</summary>
    public DateOnly? ReportedOn { get; private set; }

    /// <summary>True when reported after <see cref="ReportDue"/>; stored, never edited away (I29).</summary>
    public bool ReportedLate { get; private set; }

    /// <summary>May be published by law.</summary>
    public bool Publishable { get; private init; } = true;

    /// <summary>Why it may not be published; null when it may.</summary>
    public string? UnpublishableReason { get; private init; }

    /// <summary>Chosen for publication: always for red and black, by decision for watch (R-3.1.4.g).</summary>
    public bool ChosenForPublication { get; private set; }

    /// <summary>Account that reviewed the entry for secrets and privacy before publication (I70).</summary>
    public string? ReviewedBy { get; private set; }

    /// <summary>Employer or competent authority told of an entry that may not be published (R-3.2.4.h).</summary>
    public string? ClosedNoticeTo { get; private set; }

    /// <summary>Term of the punishment in months (R-3.5.4.a); null on red entries.</summary>
    public int? PunishMonths { get; private init; }

    /// <summary>May be repaired.</summary>
    public bool Repairable { get; private init; }

    /// <summary>Ways of repair, as the recogniser stated them.</summary>
    public string? RepairModes { get; private init; }

    /// <summary>The subject is able to perform but refuses (R-3.4.3.b).</summary>
    public bool AbleButRefuses { get; private init; }

    /// <summary>Heavier or repeated minor; null unless a watch entry.</summary>
    public string? WatchReason { get; private init; }

    /// <summary>Months on the watch list after exit from black, given by the recogniser (R-3.5.5.g); null otherwise.</summary>
    public int? WatchMonthsAfterExit { get; private set; }

    /// <summary>Day of the exit.</summary>
    public DateOnly? ExitedOn { get; private set; }

    /// <summary>Reason of the exit.</summary>
    public ExitReason? ExitReason { get; private set; }

    /// <summary>Day on which the last original channel carried the exit notice.</summary>
    public DateOnly? ExitAnnouncedOn { get; private set; }

    /// <summary>Entry this one follows; null when none.</summary>
    public Guid? PredecessorId { get; private init; }

    /// <summary>Rows the entry came from: the intake batch; null when proposed by hand.</summary>
    public Guid? BatchId { get; private init; }

    /// <summary>Policy pack the entry is decided under.</summary>
    public string PolicyPack { get; private init; } = "";

    /// <summary>What the entry rests on.</summary>
    public IReadOnlyList<EntryBasis> Bases => _bases;

    /// <summary>Where it is, or was, published.</summary>
    public IReadOnlyList<Publication> Publications => _publications;

    /// <summary>The days in force; null until reported.</summary>
    public Validity? Validity => ValidFrom is { } from ? new(from, ValidTo) : null;

    /// <summary>In force on this day (Act): reported, not exited, within its validity.</summary>
    public bool InForce(DateOnly day) => State is EntryState.Active or EntryState.Verifying && Validity is { } validity && validity.Covers(day);

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
            Criterion = proposal.Criterion,
            Recogniser = proposal.Recogniser,
            ProposedBy = proposal.ProposedBy,
            ProposedOn = proposal.ProposedOn,
            DecidedOn = proposal.DecidedOn,
            ValidTo = proposal.ValidTo,
            NoticeExemption = proposal.NoticeExemption,
            NoticedOn = proposal.NoticeDeliveredOn,
            Publishable = proposal.Publishable,
            UnpublishableReason = proposal.UnpublishableReason,
            ChosenForPublication = proposal.List != ListKind.Watch && proposal.Publishable,
            PunishMonths = proposal.PunishMonths,
            Repairable = proposal.Repairable,
            RepairModes = proposal.RepairModes,
            AbleButRefuses = proposal.AbleButRefuses,
            WatchReason = proposal.WatchReason,
            WatchMonthsAfterExit = proposal.WatchMonthsAfterExit,
            PredecessorId = proposal.PredecessorId,
            BatchId = proposal.BatchId,
            PolicyPack = proposal.PolicyPack,
        };
        entry._bases.AddRange(proposal.Bases);
        entry.Announce(new EntryProposed(entry.Id, entry.List, entry.Domain, entry.SubjectId, entry.Recogniser), Clause.R("3.2.1.b"));
        return entry;
    }

    /// <summary>A watch entry that follows a black one in the same transaction (R-3.5.5.g, I6): in force at once.</summary>
    internal static ListEntry WatchAfterBlack(ListEntry black, DateOnly today)
    {
        var watch = new ListEntry
        {
            List = ListKind.Watch,
            Domain = black.Domain,
            Category = black.Category,
            State = EntryState.Active,
            SubjectId = black.SubjectId,
            SubjectKind = black.SubjectKind,
            SubjectName = black.SubjectName,
            SubjectCode = black.SubjectCode,
            SubjectMask = black.SubjectMask,
            LegalRepresentative = black.LegalRepresentative,
            Facts = black.Facts,
            Standard = black.Standard,
            StandardLevel = black.StandardLevel,
            Criterion = black.Criterion,
            Recogniser = black.Recogniser,
            ProposedBy = black.ProposedBy,
            ProposedOn = today,
            DecidedOn = today,
            RecognisedBy = black.RecognisedBy,
            RecognisedOn = today,
            ReportDue = today,
            ReportedOn = today,
            ValidFrom = today,
            ValidTo = today.AddMonths(black.WatchMonthsAfterExit!.Value),
            NoticedOn = black.NoticedOn,
            NoticeExemption = black.NoticeExemption,
            Publishable = black.Publishable,
            UnpublishableReason = black.UnpublishableReason,
            ChosenForPublication = false,
            Repairable = true,
            WatchReason = "after-black",
            PredecessorId = black.Id,
            PolicyPack = black.PolicyPack,
        };
        watch._bases.AddRange(black.Bases.Select(basis => new EntryBasis
        {
            Kind = basis.Kind,
            Text = basis.Text,
            DocumentNumber = basis.DocumentNumber,
            PenaltyId = basis.PenaltyId,
        }));
        watch.Announce(
            new EntryPublished(watch.Id, watch.List, watch.Domain, watch.SubjectId, watch.Recogniser, today, watch.ValidTo, Public: false),
            Clause.R("3.5.5.g"));
        return watch;
    }

    internal Outcome<ListEntry> ServeNotice(DateOnly deliveredOn, DateOnly defenceUntil) => Fire(EntryTrigger.ServeNotice, move =>
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
        List<Refusal> refusals = [];
        if (by.Officer == ProposedBy)
        {
            refusals.Add(new("four-eyes", "提议人不得认定同一条目，须由第二人认定。", "Who proposed the entry cannot recognise it: a second officer must.", Clause.Standard("I84")));
        }

        if (List != ListKind.Red && SubjectKind == SubjectKind.NaturalPerson && NoticedOn is null && NoticeExemption is null)
        {
            refusals.Add(new(
                "prior-notice-missing",
                "自然人列入前应事前告知；请先送达告知书，或说明免予告知的法律依据。",
                "Tell the person first: a natural person is notified before being listed, unless a law exempts and is cited.",
                Clause.R("3.2.2.d")));
        }

        if (DefenceUntil is { } until && by.Today <= until && State == EntryState.Noticed && List != ListKind.Red && !by.DefenceAnswered)
        {
            refusals.Add(new(
                "defence-period-running",
                $"陈述申辩期至{until:yyyy-MM-dd}，期满或答复后方可认定。",
                $"The answer period runs to {until:yyyy-MM-dd}; recognise after it, or after an answer.",
                Clause.R("3.2.2.d")));
        }

        if (by.RecognisedOn > by.Today)
        {
            refusals.Add(new("recognised-in-future", "认定日期不得晚于今日。", "The day of recognition cannot lie after today.", Clause.R("3.2.3.b"), "recognisedOn"));
        }

        if (ValidTo < by.RecognisedOn)
        {
            refusals.Add(new("validity-before-recognition", "有效期止不得早于认定日期。", "The last day of validity lies before the recognition.", Clause.R("3.2.3.b"), "validTo"));
        }

        var watchMonths = by.WatchMonthsAfterExit ?? WatchMonthsAfterExit;
        if (List == ListKind.Black && watchMonths is not > 0)
        {
            refusals.Add(new(
                "watch-term-missing",
                "请给出退出黑名单后列入重点关注名单的有效期(月)。",
                "State the months on the watch list after exit: the exit opens a watch entry at once.",
                Clause.R("3.5.5.g"),
                "watchMonthsAfterExit"));
        }

        if (refusals.Count > 0)
        {
            return Outcome<ListEntry>.Refused(refusals);
        }

        return Fire(EntryTrigger.Recognise, move =>
        {
            RecognisedBy = by.Officer;
            RecognisedOn = by.RecognisedOn;
            ReportDue = by.ReportDue;
            WatchMonthsAfterExit = watchMonths;
            Announce(new EntryRecognised(Id, List, Domain, SubjectId, by.RecognisedOn, by.ReportDue), Clause.R("3.2.2.a"));
        });
    }

    /// <summary>Moves the last day to report after the calendar changed, while the report is still owed (I32).</summary>
    internal Outcome<ListEntry> MoveReportDue(DateOnly due)
    {
        if (State != EntryState.Recognised)
        {
            return new Refusal("state-does-not-allow", "条目不在待报送状态。", "The entry is not waiting to be reported.", Clause.Standard("I32"));
        }

        ReportDue = due;
        Announce(new ReportDueMoved(Id, SubjectId, due), Clause.Standard("I32"));
        return this;
    }

    /// <summary>Reports the recognised entry: in force from today, published on the channels where it may be .</summary>
    internal Outcome<ListEntry> Report(DateOnly today, string reviewer, IReadOnlyCollection<PublicationChannel> channels)
    {
        List<Refusal> refusals = [];
        if (reviewer == ProposedBy)
        {
            refusals.Add(new("four-eyes", "公示审查人不得为提交人。", "Who submitted the entry cannot review its publication.", Clause.R("3.2.4.e")));
        }

        if (ValidTo < today)
        {
            refusals.Add(new("validity-over", "有效期已届满，不能生效。", "The validity is already over; the entry cannot come into force.", Clause.R("3.2.4.g")));
        }

        if (ChosenForPublication && Publishable && channels.All(channel => channel == PublicationChannel.CreditChina))
        {
            refusals.Add(new(
                "channel-missing",
                "除信用中国外，至少选择一个公示渠道(部门网站或政府门户)。",
                "Name at least one channel beside Credit China: the department's site or the government portal.",
                Clause.R("3.2.4.d"),
                "channels"));
        }

        if (refusals.Count > 0)
        {
            return Outcome<ListEntry>.Refused(refusals);
        }

        return Fire(EntryTrigger.Report, move =>
        {
            ReportedOn = today;
            ReportedLate = today > ReportDue;
            ValidFrom = today;
            ReviewedBy = reviewer;
            if (Publishable && ChosenForPublication)
            {
                _publications.AddRange(channels.Append(PublicationChannel.CreditChina).Distinct().Select(channel => Publication.On(channel, today)));
            }

            Announce(
                new EntryPublished(Id, List, Domain, SubjectId, Recogniser, today, ValidTo, Publishable && ChosenForPublication),
                Clause.R("3.2.4.c"));
        });
    }

    internal Outcome<ListEntry> Verify() => Fire(EntryTrigger.Verify, move =>
        Announce(new EntryUnderVerification(Id, SubjectId), Clause.R("3.5.7.c")));

    internal Outcome<ListEntry> ConfirmCorrect() => Fire(EntryTrigger.ConfirmCorrect, move =>
        Announce(new EntryConfirmed(Id, SubjectId, Corrected: false), Clause.R("3.5.7.b")));

    internal Outcome<ListEntry> Correct(string facts) => Fire(EntryTrigger.Correct, move =>
    {
        Facts = facts;
        Announce(new EntryConfirmed(Id, SubjectId, Corrected: true), Clause.R("3.5.7.b"));
    });

    /// <summary>Leaves the list. The caller opens the watch entry in the same transaction where the policy wants one.</summary>
    internal Outcome<ListEntry> Exit(EntryTrigger on, DateOnly today) => Fire(on, move =>
    {
        if (move.To == EntryState.Cancelled)
        {
            Announce(new EntryCancelled(Id, SubjectId, on.ToString().ToLowerInvariant()), new Clause(Clause.Rencheng2019Document, move.Clause));
            return;
        }

        var reason = ReasonOf(on);
        ExitedOn = today;
        ExitReason = reason;
        if (_publications.Count == 0)
        {
            ExitAnnouncedOn = today;
        }

        Announce(
            new EntryExited(Id, List, Domain, SubjectId, Recogniser, reason, today),
            new Clause(Clause.Rencheng2019Document, move.Clause));
    });

    /// <summary>Ticks one original channel off (R-3.5.6.d). The exit is complete with the last one.</summary>
    internal Outcome<ListEntry> AnnounceExit(PublicationChannel channel, DateOnly today)
    {
        if (State != EntryState.Exited)
        {
            return new Refusal("not-exited", "条目尚未退出。", "The entry has not exited.", Clause.R("3.5.6.d"));
        }

        if (_publications.SingleOrDefault(publication => publication.Channel == channel) is not { } publication)
        {
            return new Refusal(
                "channel-not-original",
                "该渠道未公示过本条目；退出公告应通过原公示渠道发布。",
                "The entry was not published on that channel; the exit is announced on the original channels only.",
                Clause.R("3.5.6.d"),
                "channel");
        }

        if (publication.ExitAnnouncedOn is not null)
        {
            return new Refusal("exit-already-announced", "该渠道已发布退出公告。", "The exit is already announced on that channel.", Clause.R("3.5.6.d"));
        }

        publication.AnnounceExit(today);
        var complete = _publications.TrueForAll(each => each.ExitAnnouncedOn is not null);
        if (complete)
        {
            ExitAnnouncedOn = today;
        }

        Announce(new ExitAnnounced(Id, SubjectId, channel, complete), Clause.R("3.5.6.d"));
        return this;
    }

    /// <summary>Decides whether a watch entry is shown to the public (R-3.1.4.g).</summary>
    internal Outcome<ListEntry> ChoosePublication(bool shown, string reason, string decider, DateOnly today)
    {
        if (List != ListKind.Watch)
        {
            return new Refusal("publication-not-optional", "红、黑名单依法公示，不可选择。", "Only watch entries are published by choice.", Clause.R("3.1.4.g"));
        }

        if (!Publishable)
        {
            return new Refusal("not-publishable", "该条目依法不得公示。", "By law the entry may not be published.", Clause.R("3.2.4.h"));
        }

        if (State is EntryState.Exited or EntryState.Cancelled || ChosenForPublication == shown)
        {
            return new Refusal("state-does-not-allow", "当前状态不允许此操作。", "The entry's state does not allow this.", Clause.R("3.1.4.g"));
        }

        ChosenForPublication = shown;
        ReviewedBy ??= decider;
        if (shown && State is EntryState.Active or EntryState.Verifying && _publications.Count == 0)
        {
            _publications.Add(Publication.On(PublicationChannel.CreditChina, today));
        }

        Announce(new PublicationChosen(Id, SubjectId, shown, reason), Clause.R("3.1.4.g"));
        return this;
    }

    /// <summary>Records whom the department told of an entry that may not be published (R-3.2.4.h).</summary>
    internal Outcome<ListEntry> RecordClosedNotice(string addressee)
    {
        if (Publishable)
        {
            return new Refusal("publishable", "可公示条目无需内部通报。", "The entry may be published; a closed notice is for entries that may not.", Clause.R("3.2.4.h"));
        }

        ClosedNoticeTo = addressee;
        Announce(new ClosedNoticeRecorded(Id, SubjectId, addressee), Clause.R("3.2.4.h"));
        return this;
    }

    private static ExitReason ReasonOf(EntryTrigger on) => on switch
    {
        EntryTrigger.Expire => Listing.ExitReason.Expired,
        EntryTrigger.FindWrong => Listing.ExitReason.Erroneous,
        EntryTrigger.StandardChanged => Listing.ExitReason.StandardChanged,
        EntryTrigger.ExitEarly => Listing.ExitReason.Repaired,
        EntryTrigger.Upgrade => Listing.ExitReason.Upgraded,
        EntryTrigger.Blacklist => Listing.ExitReason.Blacklisted,
        EntryTrigger.Watchlist => Listing.ExitReason.Watchlisted,
        EntryTrigger.Misuse => Listing.ExitReason.Misuse,
        _ => throw new ArgumentOutOfRangeException(nameof(on), on, "Not an exit."),
    };

    private Outcome<ListEntry> Fire(EntryTrigger on, Action<Move<EntryState, EntryTrigger>> effect) =>
        ListEntryLifecycle.Of(List).Fire(State, on).Then<ListEntry>(move =>
        {
            State = move.To;
            effect(move);
            return this;
        });
}
