using System.Globalization;
using Credit.Core.Deadlines;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Accountability;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Core.DueProcess;

/// <summary>Writes the notices to subjects, each in the transaction of what it tells. Nothing is saved here.</summary>
internal sealed class WriteNotice(DepartmentDirectory departments, PolicyPack pack, IWorkingCalendar calendar, TimeProvider clock)
{
    /// <summary>Recognition and repair information, always together (两书同达).</summary>
    public void Recognition(CreditDbContext db, ListEntry entry)
    {
        var term = entry.RecognisedOn is { } day ? new Validity(day, entry.ValidTo) : (Validity?)null;
        Write(
            db, entry, NoticeKind.Recognition, entry.Id, Clause.R("3.2.2.a"), clock.Today(), term,
            ("standard", entry.Standard), ("basis", BasisOf(entry)), ("day", TextOf(entry.RecognisedOn)));
        if (entry.List != ListKind.Red)
        {
            Write(
                db, entry, NoticeKind.RepairInformation, entry.Id, Clause.R("3.5.4.a"), clock.Today(), term,
                ("months", $"{entry.PunishMonths}"),
                ("repair", entry.Repairable
                    ? $"可以申请信用修复，修复方式：{entry.RepairModes}；修复期限：认定之日起{entry.RepairMonths}个月。"
                    : "依法不予修复。"));
        }
    }

    /// <summary>The warning to a watched subject, with the days the entry is in force (R-3.5.5.d, I26); its delivery has a term.</summary>
    public void Warning(CreditDbContext db, ListEntry watch)
    {
        var warning = Write(db, watch, NoticeKind.Warning, watch.Id, Clause.R("3.5.5.d"), clock.Today(), watch.Validity);
        DeadlineBook.Open(db, DeadlineKind.DeliverWarning, warning.Id, watch.Recogniser, clock.Today(), pack.DeliverWarningDays, calendar);
    }

    /// <summary>The prior notice as a document, delivered on the day the department records (R-3.2.2.d).</summary>
    public Outcome<Notice> Prior(CreditDbContext db, ListEntry entry, DateOnly deliveredOn, DeliveryWay way, string evidence) => Write(
        db, entry, NoticeKind.PriorNotice, entry.Id, Clause.R("3.2.2.d"), deliveredOn, new Validity(deliveredOn, entry.DefenceUntil!.Value),
        ("facts", entry.Facts), ("basis", BasisOf(entry))).Deliver(way, deliveredOn, evidence, clock.Today());

    /// <summary>What is to be put right, and by when (R-3.4.2.c).</summary>
    public void Rectification(CreditDbContext db, ListEntry entry, Rectification rectification) => Write(
        db, entry, NoticeKind.Rectification, rectification.Id, Clause.R("3.4.2.c"), clock.Today(), new Validity(rectification.RequiredOn, rectification.Due),
        ("requirement", rectification.Requirement), ("interview", InterviewOf(entry)));

    /// <summary>The interview that an overdue rectification leads to (R-3.4.2.d).</summary>
    public void Interview(CreditDbContext db, ListEntry entry, Rectification rectification) => Write(
        db, entry, NoticeKind.Interview, rectification.Id, Clause.R("3.4.2.d"), clock.Today(), new Validity(clock.Today(), rectification.InterviewDue!.Value),
        ("interview", InterviewOf(entry)));

    /// <summary>The answer to an objection, a repair or a rectification (R-3.5.7.b).</summary>
    /// <param name="db">The register.</param>
    /// <param name="entry">The entry it is about.</param>
    /// <param name="about">Objection, repair or rectification.</param>
    /// <param name="matter">What was asked, in Chinese.</param>
    /// <param name="result">What was decided, in Chinese.</param>
    /// <param name="finding">Why.</param>
    /// <param name="issuer">Department that decided; null when it is the recogniser.</param>
    public void Answer(CreditDbContext db, ListEntry entry, Guid about, string matter, string result, string? finding, string? issuer = null) => Write(
        db, entry, NoticeKind.Answer, about, Clause.R("3.5.7.b"), clock.Today(), validity: null, issuer ?? entry.Recogniser,
        ("matter", matter), ("result", result), ("finding", finding ?? ""));

    /// <summary>A person learns that it answers for an organisation's entry from this day on, and how to object (R-3.4.6.a).</summary>
    public void HeldToAccount(CreditDbContext db, ListEntry entry, AccountabilityItem item)
    {
        var (title, text) = NoticeTemplate.Of(NoticeKind.Answer).Fill(new Dictionary<string, string>
        {
            ["subject"] = item.PersonName,
            ["department"] = departments.Find(entry.Recogniser)?.Name ?? entry.Recogniser,
            ["domain"] = entry.Domain,
            ["list"] = TitleOf(entry.List),
            ["from"] = "",
            ["to"] = "",
            ["matter"] = "责任追溯",
            ["result"] = $"因{entry.SubjectName}被列入名单，你作为{OfficeOf(item.Responsibility)}自{TextOf(item.HeldFrom)}起被追溯责任",
            ["finding"] = "对此有异议的，可以向认定部门提出。",
        });
        db.Add(Notice.Issue(item.PersonId, NoticeKind.Answer, item.Id, entry.Recogniser, title, text, clock.Today(), null, Clause.R("3.4.6.a")));
    }

    /// <summary>The entry left its list (R-3.5.6.d).</summary>
    public void Exit(CreditDbContext db, ListEntry entry, bool watched) => Write(
        db, entry, NoticeKind.Exit, entry.Id, Clause.R("3.5.6.d"), clock.Today(), validity: null,
        ("day", TextOf(entry.ExitedOn)), ("reason", ReasonOf(entry.ExitReason)), ("after", watched ? "同日转入重点关注名单，另行警示。" : ""));

    /// <summary>What was said was wrong (R-3.5.7.d); the days hold from now on.</summary>
    public void Correction(CreditDbContext db, ListEntry entry, string correction) => Write(
        db, entry, NoticeKind.Correction, entry.Id, Clause.R("3.5.7.d"), clock.Today(), entry.Validity, ("correction", correction));

    private Notice Write(
        CreditDbContext db, ListEntry entry, NoticeKind kind, Guid about, Clause clause, DateOnly issuedOn, Validity? validity,
        params (string Place, string Value)[] further) => Write(db, entry, kind, about, clause, issuedOn, validity, entry.Recogniser, further);

    private Notice Write(
        CreditDbContext db, ListEntry entry, NoticeKind kind, Guid about, Clause clause, DateOnly issuedOn, Validity? validity, string issuer,
        params (string Place, string Value)[] further)
    {
        Dictionary<string, string> values = new()
        {
            ["subject"] = entry.SubjectName,
            ["department"] = departments.Find(issuer)?.Name ?? issuer,
            ["domain"] = entry.Domain,
            ["list"] = TitleOf(entry.List),
            ["from"] = TextOf(validity?.From),
            ["to"] = TextOf(validity?.To),
        };
        foreach (var (place, value) in further)
        {
            values[place] = value;
        }

        var (title, text) = NoticeTemplate.Of(kind).Fill(values);
        var notice = Notice.Issue(entry.SubjectId, kind, about, issuer, title, text, issuedOn, validity, clause);
        db.Add(notice);
        return notice;
    }

    private static string TitleOf(ListKind list) => list switch { ListKind.Red => "红名单", ListKind.Black => "黑名单", _ => "重点关注名单" };

    private static string OfficeOf(Responsibility office) => office switch
    {
        Responsibility.LegalRepresentative => "法定代表人",
        Responsibility.MainResponsiblePerson => "主要负责人",
        _ => "直接责任人员",
    };

    private static string BasisOf(ListEntry entry) => string.Join("；", entry.Bases.Select(basis =>
        basis.DocumentNumber.Length > 0 ? $"{basis.Text}（{basis.DocumentNumber}）" : basis.Text));

    private static string InterviewOf(ListEntry entry) =>
        Credit.Domain.DueProcess.Rectification.KindFor(entry.List) == InterviewKind.Reminder ? "提示性约谈" : "警示性约谈";

    private static string ReasonOf(ExitReason? reason) => reason switch
    {
        ExitReason.Expired => "有效期届满",
        ExitReason.Erroneous => "经核实系误列入",
        ExitReason.StandardChanged => "认定标准变化",
        ExitReason.Repaired => "完成信用修复",
        ExitReason.Upgraded => "转入黑名单",
        ExitReason.Blacklisted => "被列入黑名单",
        ExitReason.Watchlisted => "被列入重点关注名单",
        _ => "滥用激励措施",
    };

    private static string TextOf(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
