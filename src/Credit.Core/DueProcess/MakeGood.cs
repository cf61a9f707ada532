using Credit.Core.Deadlines;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Sharing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>
/// An entry was wrong: the recogniser restores the reputation on the channels that showed it, everybody who had received it is
/// told, and each department that granted a benefit recovers it (R-3.5.7.d, R-3.5.7.e, I53). In the conclusion's own
/// transaction, once per entry.
/// </summary>
internal sealed class MakeGood(PolicyPack pack, IWorkingCalendar calendar, DepartmentDirectory departments, TimeProvider clock)
{
    /// <summary>Orders what makes the entry good. Nothing is saved here.</summary>
    public async Task OrderAsync(CreditDbContext db, ListEntry entry, CancellationToken cancel)
    {
        if (entry.List == ListKind.Red)
        {
            await RecoverAsync(db, entry, cancel);
        }
        else
        {
            await RestoreAsync(db, entry, cancel);
        }
    }

    private async Task RestoreAsync(CreditDbContext db, ListEntry entry, CancellationToken cancel)
    {
        if (await db.Reparations.AnyAsync(each => each.EntryId == entry.Id, cancel))
        {
            return;
        }

        var today = clock.Today();
        var reparation = Reparation.Order(entry, today);
        db.Add(reparation);
        DeadlineBook.Open(db, DeadlineKind.CorrectWrongEntry, reparation.Id, entry.Recogniser, today, pack.CorrectWrongEntryDays, calendar);
        var channels = entry.Publications.Count == 0 ? "未公示" : string.Join("、", entry.Publications.Select(publication => publication.Channel).Order());
        Tell(db, entry.Recogniser, InboxKind.Reparation, entry.Id, $"条目 {entry.Id} 误列入，请发布更正声明、恢复名誉、消除影响；原公示渠道: {channels}");

        // Whoever had the entry before it was found wrong must not go on believing it.
        var received = await ReceiversAsync(db, entry, cancel);
        foreach (var department in received.Append(departments.LeadOffice.Key).Where(each => each != entry.Recogniser).Distinct().Order(StringComparer.Ordinal))
        {
            Tell(db, department, InboxKind.Correction, reparation.Id, $"{entry.Recogniser} {entry.Domain}领域名单条目 {entry.Id} 系误列入，请停止使用并消除影响");
        }
    }

    // Departments with its measures, and those that asked about the subject or got its credit report since it came into force.
    private static async Task<List<string>> ReceiversAsync(CreditDbContext db, ListEntry entry, CancellationToken cancel)
    {
        var since = entry.ReportedOn is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8)).ToUniversalTime() : DateTimeOffset.MaxValue;
        var tasks = await db.Tasks.Where(task => task.EntryId == entry.Id).Select(task => task.Department).Distinct().ToListAsync(cancel);
        var checks = await db.CheckReceipts.Where(receipt => receipt.SubjectIds.Contains(entry.SubjectId) && receipt.AskedAt >= since).Select(receipt => receipt.Department).Distinct().ToListAsync(cancel);
        var reports = await db.CreditReports
            .Where(report => report.SubjectId == entry.SubjectId && report.Requester == ReportRequester.Department && report.IssuedAt >= since)
            .Select(report => report.RequestedFor).Distinct().ToListAsync(cancel);
        return [.. tasks.Concat(checks).Concat(reports.OfType<string>()).Distinct()];
    }

    private async Task RecoverAsync(CreditDbContext db, ListEntry entry, CancellationToken cancel)
    {
        if (await db.Inbox.AnyAsync(item => item.Kind == InboxKind.RecoverBenefits && item.AggregateId == entry.Id, cancel))
        {
            return;
        }

        var today = clock.Today();
        Tell(db, entry.Recogniser, InboxKind.RecoverBenefits, entry.Id, $"条目 {entry.Id} 误列入红名单，请追回已享受的激励");
        var tasks = await db.Tasks.Where(task => task.EntryId == entry.Id).OrderBy(task => task.Id).ToListAsync(cancel);
        foreach (var task in Amends.Of(entry, tasks).Select(amends => amends.Task).OfType<MeasureTask>())
        {
            var recovery = Recovery.Order(task, today);
            db.Add(recovery);
            DeadlineBook.Open(db, DeadlineKind.RecoverBenefit, recovery.Id, task.Department, today, pack.RecoverBenefitDays, calendar);
            Tell(db, task.Department, InboxKind.RecoverBenefits, task.Id, $"误列入红名单的条目 {entry.Id} 已实施的激励请予追回: {task.Wording}");
        }
    }

    private void Tell(CreditDbContext db, string department, InboxKind kind, Guid about, string text) =>
        db.Add(new InboxItem { Department = department, Kind = kind, AggregateId = about, Text = text, CreatedOn = clock.Today() });
}
