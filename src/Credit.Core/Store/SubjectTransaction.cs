using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Credit.Core.Store;

/// <summary>Commands about one subject queue up: lock order is subject, then everything about it, deadlines included.</summary>
internal static class SubjectTransaction
{
    private const string SubjectsOf =
        """
        SELECT subject_id FROM core.list_entry WHERE id = ANY ({0})
        UNION SELECT subject_id FROM core.measure_task WHERE id = ANY ({0})
        UNION SELECT subject_id FROM core.objection WHERE id = ANY ({0})
        UNION SELECT subject_id FROM core.repair WHERE id = ANY ({0})
        UNION SELECT subject_id FROM core.notice WHERE id = ANY ({0})
        UNION SELECT subject_id FROM core.rectification WHERE id = ANY ({0})
        UNION SELECT subject_id FROM core.exemplar WHERE id = ANY ({0})
        UNION SELECT subject_id FROM core.tolerant_acceptance WHERE id = ANY ({0})
        UNION SELECT subject_id FROM core.reparation WHERE id = ANY ({0})
        UNION SELECT subject_id FROM core.recovery WHERE id = ANY ({0})
        """;

    /// <summary>
    /// Opens a transaction and locks the subject's row; whoever comes second sees what the first one did. Rows that only refer to
    /// the subject, a file of proposals being taken in for one, hold nobody up.
    /// </summary>
    public static async Task<IDbContextTransaction> LockSubjectAsync(this CreditDbContext db, Guid subjectId, CancellationToken cancel)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM core.subject WHERE id = {subjectId} FOR NO KEY UPDATE", cancel);
        return transaction;
    }

    /// <summary>Locks the subject of an entry and loads the entry with what belongs to it; null when there is no such entry.</summary>
    public static async Task<(IDbContextTransaction Transaction, Credit.Domain.Listing.ListEntry Entry)?> LockEntryAsync(
        this CreditDbContext db, Guid entryId, CancellationToken cancel)
    {
        var subject = await db.Entries.Where(entry => entry.Id == entryId).Select(entry => (Guid?)entry.SubjectId).SingleOrDefaultAsync(cancel);
        if (subject is null)
        {
            return null;
        }

        var transaction = await db.LockSubjectAsync(subject.Value, cancel);
        var locked = await db.Entries.Include(entry => entry.Bases).Include(entry => entry.Publications)
            .SingleAsync(entry => entry.Id == entryId, cancel);
        return (transaction, locked);
    }

    /// <summary>
    /// Locks, in the open transaction, the subjects that these entries, tasks and whatever else has a term are about; in one order, so
    /// that two who lock several cannot wait for each other.
    /// </summary>
    public static Task LockSubjectsOfAsync(this CreditDbContext db, Guid[] about, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync(FormattableStringFactory.Create($"SELECT 1 FROM core.subject WHERE id IN ({SubjectsOf}) ORDER BY id FOR NO KEY UPDATE", about), cancel);

    /// <summary>The subject that an entry, a task or whatever else has a term is about, without a lock; null when it is about none.</summary>
    public static Task<Guid?> SubjectOfAsync(this CreditDbContext db, Guid about, CancellationToken cancel) =>
        db.Database.SqlQuery<Guid?>(FormattableStringFactory.Create($"SELECT min(subject_id::text)::uuid AS \"Value\" FROM ({SubjectsOf}) s", new[] { about })).SingleAsync(cancel);

    /// <summary>The same inside a transaction that is already open: for clockwork and reactions.</summary>
    public static async Task<Credit.Domain.Listing.ListEntry?> LoadLockedEntryAsync(this CreditDbContext db, Guid entryId, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync(
            $"SELECT 1 FROM core.subject s JOIN core.list_entry e ON e.subject_id = s.id WHERE e.id = {entryId} FOR NO KEY UPDATE OF s", cancel);
        return await db.Entries.Include(entry => entry.Bases).Include(entry => entry.Publications)
            .SingleOrDefaultAsync(entry => entry.Id == entryId, cancel);
    }
}
