using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>Who sees a notice, and how a move gets hold of it.</summary>
internal static class NoticeAccess
{
    /// <summary>The notices the caller may see: a subject its own, a department those it wrote, the lead office and auditors all.</summary>
    public static IQueryable<Notice> SeenBy(this IQueryable<Notice> notices, Caller caller)
    {
        var (all, department, subject) = (caller.SeesAllDepartments, caller.Department, caller.SubjectId);
        return notices.Where(notice => all || (department != null && notice.Issuer == department) || (subject != null && notice.SubjectId == subject));
    }

    /// <summary>Runs a move on a notice of these, locked with its subject.</summary>
    public static async Task<IResult> MoveNoticeAsync(
        this CreditDbContext db, IQueryable<Notice> own, Guid id, IfMatch seen, Func<Notice, Task<IReadOnlyList<Refusal>>> move, CancellationToken cancel)
    {
        var subject = await own.Where(notice => notice.Id == id).Select(notice => (Guid?)notice.SubjectId).SingleOrDefaultAsync(cancel);
        if (subject is null)
        {
            return TypedResults.NotFound();
        }

        await using var transaction = await db.LockSubjectAsync(subject.Value, cancel);
        var notice = await db.Notices.SingleAsync(each => each.Id == id, cancel);
        if (seen.Against(notice.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var refusals = await move(notice);
        if (refusals.Count > 0)
        {
            return refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(NoticeView.Of(notice)).WithVersion(notice.Version);
    }

    /// <summary>Delivered: the term for its delivery, where it has one, is met.</summary>
    public static async Task<IReadOnlyList<Refusal>> DeliverAsync(
        this CreditDbContext db, Notice notice, DeliveryWay way, DateOnly on, string evidence, TimeProvider clock, CancellationToken cancel)
    {
        var delivered = notice.Deliver(way, on, evidence, clock.Today());
        if (delivered.Accepted)
        {
            await DeadlineBook.MeetAsync(db, DeadlineKind.DeliverWarning, notice.Id, clock, cancel);
        }

        return delivered.Refusals;
    }
}

/// <summary>A notice with its delivery record and the subject's answer.</summary>
/// <param name="Id">Identity.</param>
/// <param name="SubjectId">Whom it is for.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="AboutId">Entry, objection, repair or rectification it is about.</param>
/// <param name="Issuer">Key of the department that speaks.</param>
/// <param name="Title">Title.</param>
/// <param name="Text">Text, in Chinese.</param>
/// <param name="IssuedOn">Day it was written.</param>
/// <param name="ValidFrom">First day it states; null when it states none.</param>
/// <param name="ValidTo">Last day it states; null when it states none.</param>
/// <param name="State">Where it stands.</param>
/// <param name="DeliveredOn">Day of delivery.</param>
/// <param name="DeliveredBy">Way of delivery.</param>
/// <param name="DeliveryEvidence">Document that shows it; empty when the platform delivered.</param>
/// <param name="Reply">The subject's answer.</param>
/// <param name="RepliedOn">Day of the answer.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record NoticeView(
    Guid Id, Guid SubjectId, NoticeKind Kind, Guid AboutId, string Issuer, string Title, string Text, DateOnly IssuedOn, DateOnly? ValidFrom, DateOnly? ValidTo,
    NoticeState State, DateOnly? DeliveredOn, DeliveryWay? DeliveredBy, string DeliveryEvidence, string? Reply, DateOnly? RepliedOn, int Version)
{
    public static NoticeView Of(Notice notice) => new(
        notice.Id, notice.SubjectId, notice.Kind, notice.AboutId, notice.Issuer, notice.Title, notice.Text, notice.IssuedOn, notice.ValidFrom, notice.ValidTo,
        notice.State, notice.DeliveredOn, notice.DeliveredBy, notice.DeliveryEvidence, notice.Reply, notice.RepliedOn, notice.Version);
}
