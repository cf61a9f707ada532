using System.Collections.Concurrent;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Credit.Core.Records;

/// <summary>
/// What left a list, or no longer counts, is kept with its subject for the months of the policy pack. Then subject, names and facts
/// go, of the entry and of all that follows from it, each with one entry of the log; the rows stay, so that counts do (I91, I92). In
/// the log the same fields go from the earlier changes; their hashes stay, so that the chain still holds (<see cref="Retention"/>).
/// </summary>
internal sealed partial class AnonymiseAfterRetention(IServiceScopeFactory scopes, PolicyPack pack, TimeProvider clock, ILogger<AnonymiseAfterRetention> log)
{
    /// <summary>Stands for every subject whose retention is over.</summary>
    public static readonly Guid Nobody = new("00000000-0000-7000-8000-00000000ffff");

    private const int Most = 200;

    // What failed is passed by for so long, or a few hundred of them would keep all others from their turn.
    private static readonly TimeSpan AgainAfter = TimeSpan.FromHours(6);

    private readonly ConcurrentDictionary<Guid, long> _failed = new();

    /// <summary>Anonymises what is due, a few hundred at most.</summary>
    /// <returns>How many entries and records.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        var (today, last) = (clock.Today(), Retention.LastEnded(clock.Today(), pack.RetentionMonths));
        Guid[] passedBy = [.. _failed.Where(each => clock.GetElapsedTime(each.Value) < AgainAfter).Select(each => each.Key)];
        var entries = await db.Entries.Where(entry => entry.AnonymisedOn == null && entry.ExitedOn != null && entry.ExitedOn <= last && !passedBy.Contains(entry.Id))
            .OrderBy(entry => entry.ExitedOn).ThenBy(entry => entry.Id).Select(entry => entry.Id).Take(Most).ToListAsync(cancel);
        var records = await db.CreditRecords.Where(record => record.AnonymisedOn == null && record.AnnulledOn != null && record.AnnulledOn <= last && !passedBy.Contains(record.Id))
            .OrderBy(record => record.AnnulledOn).ThenBy(record => record.Id).Select(record => new { record.Id, record.SubjectId }).Take(Most).ToListAsync(cancel);
        var followers = await FollowersOfSubjectsAsync(db, last, passedBy, cancel);
        if (entries.Count + records.Count + followers.Count == 0)
        {
            return 0;
        }

        await MakeNobodyAsync(db, cancel);
        var done = 0;
        foreach (var id in entries)
        {
            done += await TryAsync(nameof(ListEntry), id, (here, pen) => EmptyEntryAsync(here, pen, id, today, cancel), cancel);
        }

        foreach (var each in records)
        {
            done += await TryAsync(nameof(CreditRecord), each.Id, (here, pen) => EmptyRecordAsync(here, pen, (each.Id, each.SubjectId), today, cancel), cancel);
        }

        foreach (var each in followers)
        {
            done += await TryAsync("Follower", each.Id, (here, pen) => EmptyFollowerAsync(here, pen, each, last, cancel), cancel);
        }

        return done;
    }

    // Each by itself: one that cannot be emptied is logged, and keeps none of the others with their subjects. 1 when it was emptied.
    private async Task<int> TryAsync(string kind, Guid id, Func<CreditDbContext, RegisterPen, Task<bool>> empty, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return await empty(scope.ServiceProvider.GetRequiredService<CreditDbContext>(), scope.ServiceProvider.GetRequiredService<RegisterPen>()) ? 1 : 0;
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            _failed[id] = clock.GetTimestamp();
            Failed(log, kind, id, fault.GetType().Name);
            return 0;
        }
    }

    // False when another host was here first.
    private async Task<bool> EmptyEntryAsync(CreditDbContext db, RegisterPen pen, Guid id, DateOnly today, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var entry = await db.LoadLockedEntryAsync(id, cancel);
        if (entry?.Anonymise(Nobody, pack.RetentionMonths, today).Accepted != true)
        {
            return false;
        }

        Guid[] emptied = [id, .. await EmptyFollowersAsync(db, id, cancel)];
        await db.SaveChangesAsync(cancel);
        await RedactAsync(db, pen, emptied, cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private async Task<bool> EmptyRecordAsync(CreditDbContext db, RegisterPen pen, (Guid Id, Guid SubjectId) each, DateOnly today, CancellationToken cancel)
    {
        await using var transaction = await db.LockSubjectAsync(each.SubjectId, cancel);
        var record = await db.CreditRecords.SingleAsync(known => known.Id == each.Id, cancel);
        if (!record.Anonymise(Nobody, pack.RetentionMonths, today).Accepted)
        {
            return false;
        }

        await db.SaveChangesAsync(cancel);
        await RedactAsync(db, pen, [each.Id], cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private static async Task<bool> EmptyFollowerAsync(CreditDbContext db, RegisterPen pen, (Guid Id, Guid SubjectId) each, DateOnly last, CancellationToken cancel)
    {
        await using var transaction = await db.LockSubjectAsync(each.SubjectId, cancel);
        if (!await EmptyAsync(db, each.Id, last, cancel))
        {
            return false;
        }

        await db.SaveChangesAsync(cancel);
        await RedactAsync(db, pen, [each.Id], cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>What is about a subject and follows from no one entry: warnings that ended, and questions of departments' systems that were answered.</summary>
    private static async Task<IReadOnlyList<(Guid Id, Guid SubjectId)>> FollowersOfSubjectsAsync(CreditDbContext db, DateOnly last, Guid[] passedBy, CancellationToken cancel) =>
    [
        .. (await db.Warnings.Where(warning => warning.EndedOn <= last && warning.SubjectId != Nobody && !passedBy.Contains(warning.Id))
            .OrderBy(warning => warning.EndedOn).ThenBy(warning => warning.Id).Select(warning => new { warning.Id, warning.SubjectId }).Take(Most).ToListAsync(cancel)).Select(each => (each.Id, each.SubjectId)),
        .. (await DueRequests(db, last).Where(request => !passedBy.Contains(request.Id))
            .OrderBy(request => request.AskedOn).ThenBy(request => request.Id).Select(request => new { request.Id, SubjectId = request.SubjectId!.Value }).Take(Most).ToListAsync(cancel)).Select(each => (each.Id, each.SubjectId)),
    ];

    // The question counts from its last answer, or from the day it was asked when it found nothing; while an entry it found stands, it is part of what stands.
    private static IQueryable<TriggerRequest> DueRequests(CreditDbContext db, DateOnly last) => db.TriggerRequests.FromSql(
        $"""
        SELECT r.* FROM core.trigger_request r
        WHERE r.state = 'Completed' AND r.subject_id IS NOT NULL AND r.subject_id <> {Nobody} AND r.asked_on <= {last}
          AND NOT EXISTS (
            SELECT FROM jsonb_array_elements(r.details) d LEFT JOIN core.list_entry e ON e.id = (d->>'entryId')::uuid
            WHERE (d->>'fedBackOn')::date > {last} OR (e.id IS NOT NULL AND e.exited_on IS NULL))
        """);

    // False when another host was here first.
    private static async Task<bool> EmptyAsync(CreditDbContext db, Guid id, DateOnly last, CancellationToken cancel)
    {
        if (await db.Warnings.SingleOrDefaultAsync(each => each.Id == id && each.EndedOn <= last && each.SubjectId != Nobody, cancel) is { } warning)
        {
            warning.EmptyWith(id, Nobody);
            return true;
        }

        var request = await DueRequests(db, last).SingleOrDefaultAsync(each => each.Id == id, cancel);
        request?.Anonymise(Nobody);
        return request is not null;
    }

    /// <summary>Empties all that follows from an entry; nothing is saved yet.</summary>
    private static async Task<IReadOnlyList<Guid>> EmptyFollowersAsync(CreditDbContext db, Guid entry, CancellationToken cancel)
    {
        var tasks = await db.Tasks.Where(task => task.EntryId == entry).ToListAsync(cancel);
        var ids = tasks.Select(task => task.Id).ToArray();
        List<Aggregate> followers =
        [
            .. tasks,
            .. await db.Feedback.Where(feedback => ids.Contains(feedback.TaskId)).ToListAsync(cancel),
            .. await db.Objections.Where(each => each.EntryId == entry).ToListAsync(cancel),
            .. await db.Repairs.Include(each => each.Steps).Where(each => each.EntryId == entry).ToListAsync(cancel),
            .. await db.LegalReviews.Where(each => each.EntryId == entry).ToListAsync(cancel),
            .. await db.Rectifications.Where(each => each.EntryId == entry).ToListAsync(cancel),
            .. await db.Reparations.Where(each => each.EntryId == entry).ToListAsync(cancel),
            .. await db.ChannelDuties.Where(each => each.EntryId == entry).ToListAsync(cancel),
            .. await db.Recoveries.Where(each => each.EntryId == entry).ToListAsync(cancel),
            .. await db.Cases.Where(each => each.EntryId == entry).ToListAsync(cancel),
            .. await db.Exposures.Where(each => each.EntryId == entry).ToListAsync(cancel),
            .. await db.ReviewTickets.Where(each => each.EntryId == entry).ToListAsync(cancel),
            .. await db.Leads.Where(each => each.EntryId == entry).ToListAsync(cancel),
            .. await db.CrossRegionRequests.Where(each => each.EntryId == entry).ToListAsync(cancel),
            .. await db.Gaps.Where(each => each.EntryId == entry).ToListAsync(cancel),
            .. await db.AccountabilityItems.Where(each => each.EntryId == entry).ToListAsync(cancel),
        ];
        Guid[] about = [entry, .. followers.Select(each => each.Id)];
        followers.AddRange(await db.Notices.Where(notice => about.Contains(notice.AboutId)).ToListAsync(cancel));
        followers.ForEach(each => each.EmptyWith(entry, Nobody));
        var items = await db.Inbox.Where(item => about.Contains(item.AggregateId) && item.Outcome != null && item.Outcome != "").ToListAsync(cancel);
        items.ForEach(item => item.Empty());
        return [.. followers.Select(each => each.Id)];
    }

    /// <summary>Takes the emptied fields out of the earlier changes in the log, and writes into it the hash of what is left.</summary>
    private static async Task RedactAsync(CreditDbContext db, RegisterPen pen, Guid[] emptied, CancellationToken cancel)
    {
        foreach (var left in await db.Database.SqlQuery<Left>($"SELECT id, remaining FROM core.redact_register({emptied})").ToListAsync(cancel))
        {
            var remaining = Convert.ToHexStringLower(left.Remaining);
            db.Add(pen.Write(
                new RegisterRedacted(left.Id, remaining), nameof(RegisterEntry), left.Id, Clause.Standard("I91"), before: null, after: new() { ["Remaining"] = remaining }));
        }

        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What is left of the changes of one thing.</summary>
    private sealed record Left(Guid Id, byte[] Remaining);

    private static async Task MakeNobodyAsync(CreditDbContext db, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('credit/nobody'))", cancel);
        if (!await db.Subjects.AnyAsync(subject => subject.Id == Nobody, cancel))
        {
            db.Add(Subject.Register(SubjectKind.UnincorporatedOrganization, "（已匿名）", new SubjectParticulars { Id = Nobody }, Clause.Standard("I91")));
            await db.SaveChangesAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    [LoggerMessage(EventId = 2005, Level = LogLevel.Error, Message = "{Kind} {Id} could not be emptied after its retention: {Failure}; it is tried again later")]
    private static partial void Failed(ILogger logger, string kind, Guid id, string failure);
}
