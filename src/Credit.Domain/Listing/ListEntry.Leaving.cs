using Credit.Domain.Policy;

namespace Credit.Domain.Listing;

/// <content>Verification, exit, and the watch entry that follows a black one .</content>
public sealed partial class ListEntry
{
    internal Outcome<ListEntry> Verify() => Fire(EntryTrigger.Verify, move =>
        Announce(new EntryUnderVerification(Id, SubjectId), Clause.R("3.5.7.c")));

    internal Outcome<ListEntry> ConfirmCorrect() => Fire(EntryTrigger.ConfirmCorrect, move =>
        Announce(new EntryConfirmed(Id, SubjectId, Corrected: false, ValidTo), Clause.R("3.5.7.b")));

    /// <summary>Corrects facts, last day of the term, or both. Publication ends with the term, wherever that moves (R-3.2.4.g).</summary>
    /// <param name="facts">The facts as corrected; null to leave them.</param>
    /// <param name="validTo">Last day of the term as corrected, not before today; null to leave it.</param>
    /// <param name="today">Today in the district.</param>
    internal Outcome<ListEntry> Correct(string? facts, DateOnly? validTo, DateOnly today)
    {
        if (validTo < today || validTo < ValidFrom)
        {
            return new Refusal("validity-over", "更正后的有效期止早于今日。", "The corrected last day of validity already lies behind.", Clause.R("3.2.4.g"), "correctedValidTo");
        }

        // Whoever is off a list may be on another since: a longer term would bring the entry back beside it (I1, I2, I23).
        if (State == EntryState.Verifying && ValidTo < today)
        {
            return new Refusal("validity-over", "有效期已届满，不能更正。", "The validity is already over: nothing is left to correct.", Clause.R("3.5.6.a"));
        }

        return Fire(EntryTrigger.Correct, move =>
        {
            Facts = string.IsNullOrWhiteSpace(facts) ? Facts : facts;
            if (validTo is { } last)
            {
                EndWith(last);
            }

            RepairUntil = RepairUntil is null ? null : LastRepairDay;
            Announce(new EntryConfirmed(Id, SubjectId, Corrected: true, ValidTo), Clause.R("3.5.7.b"));
        });
    }

    /// <summary>Leaves the list. The caller opens the watch entry in the same transaction where the policy wants one.</summary>
    /// <param name="on">Why it leaves.</param>
    /// <param name="today">First day no longer in force.</param>
    /// <param name="endsSharing">It is shared with other departments no longer either.</param>
    internal Outcome<ListEntry> Exit(EntryTrigger on, DateOnly today, bool endsSharing = false) => Fire(on, move =>
    {
        if (move.To == EntryState.Cancelled)
        {
            Announce(new EntryCancelled(Id, SubjectId, on.ToString().ToLowerInvariant()), new Clause(Clause.Rencheng2019Document, move.Clause));
            return;
        }

        var reason = ReasonOf(on);
        ExitedOn = today;
        ExitReason = reason;
        EndFlags(today, endsSharing);
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
            StandardApproval = black.StandardApproval,
            StandardFrom = black.StandardFrom,
            Criterion = black.Criterion,
            Recogniser = black.Recogniser,
            ProposedBy = black.ProposedBy,
            ProposedOn = today,
            DecidedOn = today,
            ActOn = Accountability.AccountabilityItem.ActOf(black),
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
            PunishMonths = black.WatchMonthsAfterExit,
            Repairable = black.Repairable,
            RepairModes = black.RepairModes,
            RepairMonths = black.Repairable ? black.WatchMonthsAfterExit : null,
            Severity = black.Severity,
            WatchReason = Listing.WatchReason.AfterBlack,
            PredecessorId = black.Id,
            PolicyPack = black.PolicyPack,
        };
        watch._bases.AddRange(black.Bases.Select(basis => new EntryBasis
        {
            Kind = basis.Kind,
            Text = basis.Text,
            DocumentNumber = basis.DocumentNumber,
            PenaltyId = basis.PenaltyId,
            RecordId = basis.RecordId,
        }));
        watch.Announce(
            new EntryPublished(watch.Id, watch.List, watch.Domain, watch.SubjectId, watch.Recogniser, today, watch.ValidTo, Public: false),
            Clause.R("3.5.5.g"));
        return watch;
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
}
