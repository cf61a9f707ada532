using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Records;

/// <summary>
/// What left a list, or no longer counts, is kept with its subject for the months of the policy pack. Then subject, names and facts
/// go, each with one entry of the log; the row stays, so that counts do (I91, I92).
/// </summary>
internal sealed class AnonymiseAfterRetention(IServiceScopeFactory scopes, PolicyPack pack, TimeProvider clock)
{
    /// <summary>Stands for every subject whose retention is over.</summary>
    public static readonly Guid Nobody = new("00000000-0000-7000-8000-00000000ffff");

    private const int Most = 200;

    /// <summary>Anonymises what is due, a few hundred at most.</summary>
    /// <returns>How many entries and records.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        var (today, last) = (clock.Today(), Retention.LastEnded(clock.Today(), pack.RetentionMonths));
        var entries = await db.Entries.Where(entry => entry.AnonymisedOn == null && entry.ExitedOn != null && entry.ExitedOn <= last)
            .OrderBy(entry => entry.ExitedOn).ThenBy(entry => entry.Id).Select(entry => entry.Id).Take(Most).ToListAsync(cancel);
        var records = await db.CreditRecords.Where(record => record.AnonymisedOn == null && record.AnnulledOn != null && record.AnnulledOn <= last)
            .OrderBy(record => record.AnnulledOn).ThenBy(record => record.Id).Select(record => new { record.Id, record.SubjectId }).Take(Most).ToListAsync(cancel);
        if (entries.Count + records.Count == 0)
        {
            return 0;
        }

        await MakeNobodyAsync(db, cancel);
        var done = 0;
        foreach (var id in entries)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var entry = await db.LoadLockedEntryAsync(id, cancel);
            done += await KeepAsync(db, entry?.Anonymise(Nobody, pack.RetentionMonths, today).Accepted == true, cancel);
            await transaction.CommitAsync(cancel);
        }

        foreach (var each in records)
        {
            await using var transaction = await db.LockSubjectAsync(each.SubjectId, cancel);
            var record = await db.CreditRecords.SingleAsync(known => known.Id == each.Id, cancel);
            done += await KeepAsync(db, record.Anonymise(Nobody, pack.RetentionMonths, today).Accepted, cancel);
            await transaction.CommitAsync(cancel);
        }

        return done;
    }

    // Another host may have been here first.
    private static async Task<int> KeepAsync(CreditDbContext db, bool accepted, CancellationToken cancel)
    {
        if (accepted)
        {
            await db.SaveChangesAsync(cancel);
        }

        db.ChangeTracker.Clear();
        return accepted ? 1 : 0;
    }

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
}
