using Credit.Domain.Policy;

namespace Credit.Domain.Listing;

/// <content>Reporting, and where the entry is shown .</content>
public sealed partial class ListEntry
{
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

    /// <summary>Records a channel that shows the entry, once; the exit is announced there too (I68).</summary>
    internal void ShowOn(PublicationChannel channel, DateOnly day)
    {
        if (!_publications.Exists(publication => publication.Channel == channel))
        {
            _publications.Add(Publication.On(channel, day));
            Announce(new EntryShown(Id, SubjectId, channel, day), Clause.R("3.4.3.a"));
        }
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

        if (decider == ProposedBy)
        {
            return new Refusal("four-eyes", "公示审查人不得为提交人。", "Who submitted the entry cannot review its publication.", Clause.Standard("I70"));
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
}
