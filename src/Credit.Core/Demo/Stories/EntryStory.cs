using System.Security.Claims;
using Credit.Core.Listing;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Demo.Stories;

/// <summary>The story of one entry, told day by day: each method is what somebody does on the day the story has reached.</summary>
internal sealed class EntryStory(StoryBook book, ListStandard standard, DemoSubject subject, DemoPenalty? penalty, DateOnly begin)
{
    private static readonly string[] Site = ["DepartmentSite"];
    private static readonly string[] SiteAndPortal = ["DepartmentSite", "GovernmentPortal"];

    private int? _version;
    private readonly bool _told = standard.List != ListKind.Red && subject.Kind == SubjectKind.NaturalPerson;

    /// <summary>The entry, once proposed.</summary>
    public Guid Entry { get; private set; }

    /// <summary>Day the story has reached.</summary>
    public DateOnly Day { get; private set; } = begin;

    public DemoSubject Subject => subject;

    public ListStandard Standard => standard;

    /// <summary>The version known is of yesterday: something else moved the entry.</summary>
    public void Forget() => _version = null;

    /// <summary>Goes so many working days on.</summary>
    public EntryStory Later(int workingDays)
    {
        Day = book.Later(Day, workingDays);
        return this;
    }

    /// <summary>Goes on to this day, which lies ahead.</summary>
    public EntryStory ReachDay(DateOnly day)
    {
        Day = day > Day ? day : throw new InvalidOperationException("A story goes forwards.");
        return this;
    }

    /// <summary>Proposes the entry.</summary>
    /// <param name="months">Validity from the day of the proposal.</param>
    /// <param name="closed">Law why it may not be published; null when it may.</param>
    public EntryStory Propose(int months = 24, string? closed = null)
    {
        return Propose(Day.AddMonths(months).AddDays(-1), months, closed);
    }

    /// <summary>Proposes an entry that ends on this day.</summary>
    public EntryStory ProposeUntil(DateOnly validTo) => Propose(validTo, months: 6, closed: null);

    /// <summary>Serves the prior notice.</summary>
    public EntryStory Notice() => Move(Officer, nameof(NotifySubject), () => new { deliveredOn = Day });

    /// <summary>Recognises the entry; after a notice the subject has waived its answer.</summary>
    public EntryStory Recognise()
    {
        if (standard.TellFirst && !_told)
        {
            Notice();
        }

        return Move(
            Approver, nameof(RecogniseEntry), () => new { watchMonthsAfterExit = standard.List == ListKind.Black ? 12 : (int?)null, defenceAnswered = true });
    }

    /// <summary>Reports the entry: it is in force.</summary>
    public EntryStory Report() => Move(Approver, nameof(ReportEntry), () => new { channels = standard.List == ListKind.Red ? SiteAndPortal : Site });

    /// <summary>From the proposal to the day in force; natural persons are told first.</summary>
    public EntryStory BringIntoForce(int months = 24, string? closed = null)
    {
        Propose(months, closed);
        return (_told ? Later(1).Notice().Later(3) : Later(2)).Recognise().Later(2).Report();
    }

    /// <summary>The same for an entry that ends on this day.</summary>
    public EntryStory BringIntoForceUntil(DateOnly validTo)
    {
        ProposeUntil(validTo);
        return (_told ? Later(1).Notice().Later(3) : Later(2)).Recognise().Later(2).Report();
    }

    /// <summary>Takes it back before it is in force.</summary>
    public EntryStory Withdraw() => Move(Officer, nameof(WithdrawEntry), () => new { reason = "经复核，证据不足" });

    /// <summary>Exits it because the standard changed.</summary>
    public EntryStory ExitAsStandardChanged() => Move(
        Reviewer, nameof(ExitEntry), () => new { reason = "StandardChanged", explanation = "认定标准修订后，该主体不再符合列入条件。" });

    /// <summary>Exits a red entry because incentives were misused.</summary>
    public EntryStory ExitAsMisused() => Move(Reviewer, nameof(ExitEntry), () => new { reason = "Misuse", explanation = "查实滥用绿色通道，虚报申请材料。" });

    /// <summary>Shows a watch entry to the public.</summary>
    public EntryStory ShowToPublic() => Move(Approver, nameof(ChoosePublication), () => new { shown = true, reason = "涉及公共安全，选择性公开" });

    /// <summary>Records whom the department told instead of the public.</summary>
    public EntryStory TellAddressee() => Move(Officer, nameof(RecordClosedNotice), () => new { addressee = "当事人所在单位" });

    /// <summary>Announces the exit on the first of the original channels, or on all.</summary>
    public EntryStory AnnounceExit(bool everywhere = true)
    {
        book.Add(Day, subject, async stage =>
        {
            var open = await stage.ReadAsync((db, cancel) => db.Entries.AsNoTracking().Where(entry => entry.Id == Entry)
                .SelectMany(entry => entry.Publications).Where(publication => publication.ExitAnnouncedOn == null)
                .OrderBy(publication => publication.Channel).Select(publication => publication.Channel).ToListAsync(cancel));
            foreach (var channel in open.Take(everywhere ? open.Count : 1))
            {
                var version = await stage.ReadAsync((db, cancel) => db.Entries.Where(entry => entry.Id == Entry).Select(entry => entry.Version).SingleAsync(cancel));
                _version = (await stage.AskAsync(Officer, nameof(Listing.AnnounceExit), new { channel = channel.ToString() }, Entry, version)).GetProperty("version").GetInt32();
            }
        });
        return this;
    }

    /// <summary>Somebody objects; the story of the objection goes on beside this one, on its own days.</summary>
    /// <param name="by">Who; the subject itself when null.</param>
    public ObjectionStory Object(ClaimsPrincipal? by = null)
    {
        var objection = new ObjectionStory(book, this);
        objection.File(by ?? DemoCaller.Subject(subject.Id));
        return objection;
    }

    /// <summary>The departments work on the measures of the entry.</summary>
    public EntryStory CarryOut(params Fate[] fates)
    {
        book.Add(Day, subject, stage => MeasureWork.CarryOutAsync(stage, Entry, fates));
        return this;
    }

    /// <summary>The departments answer the stop orders.</summary>
    public EntryStory Stop(params Fate[] fates)
    {
        book.Add(Day, subject, stage => MeasureWork.StopAsync(stage, Entry, fates));
        return this;
    }

    /// <summary>Departments make a case of what they reported, if they have; the lead office approves, refuses, or has not looked yet.</summary>
    public EntryStory Collect(int cases = 1)
    {
        book.Add(Day, subject, stage => MeasureWork.CollectAsync(stage, Entry, cases));
        return this;
    }

    private ClaimsPrincipal Officer => DemoCaller.Officer(standard.Department);

    private ClaimsPrincipal Approver => DemoCaller.Approver(standard.Department);

    private ClaimsPrincipal Reviewer => DemoCaller.Reviewer(standard.Department);

    private EntryStory Propose(DateOnly validTo, int months, string? closed)
    {
        var day = Day;
        var number = penalty?.DocumentNumber ?? book.NextNumber(standard.Series, day);
        book.Add(day, subject, async stage =>
        {
            var answer = await stage.AskAsync(Officer, nameof(ProposeEntry), new
            {
                list = standard.List.ToString(),
                domain = standard.Domain,
                category = standard.Category?.ToString(),
                subject = Reference(),
                facts = standard.Facts,
                bases = new[] { new { kind = standard.Basis.ToString(), text = standard.BasisText, documentNumber = number, penaltyId = penalty?.Id } },
                standard = standard.Standard,
                standardLevel = standard.Level.ToString(),
                validTo,
                publishable = closed is null,
                unpublishableReason = closed,
                punishMonths = standard.List == ListKind.Red ? (int?)null : months,
                repairable = standard.List != ListKind.Red,
                repairModes = standard.List == ListKind.Red ? null : "公开信用承诺;参加信用修复专题培训",
                watchReason = standard.List == ListKind.Watch ? nameof(WatchReason.RepeatedMinor) : null,
                minorOffences = standard.List == ListKind.Watch ? 3 : (int?)null,
            });
            var proposed = answer.GetProperty("entry");
            (Entry, _version) = (proposed.GetProperty("id").GetGuid(), proposed.GetProperty("version").GetInt32());
        });
        return this;
    }

    private object Reference() => subject.IdentityNumber is { } number
        ? new { kind = subject.Kind.ToString(), name = subject.Name, certificateType = PersonIdentifiers.ResidentIdentityCard.Title, certificateNumber = number }
        : new { kind = subject.Kind.ToString(), name = subject.Name, code = subject.Code };

    private EntryStory Move(ClaimsPrincipal by, string useCase, Func<object> body)
    {
        // The body speaks of the day of the step, not of the day the story ends.
        var sent = body();
        book.Add(Day, subject, async stage =>
        {
            var version = _version ?? await stage.ReadAsync((db, cancel) =>
                db.Entries.Where(entry => entry.Id == Entry).Select(entry => entry.Version).SingleAsync(cancel));
            _version = (await stage.AskAsync(by, useCase, sent, Entry, version)).GetProperty("version").GetInt32();
        });
        return this;
    }
}
