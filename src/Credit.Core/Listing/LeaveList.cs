using Credit.Core.Accountability;
using Credit.Core.Deadlines;
using Credit.Core.DueProcess;
using Credit.Core.Enforcement;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Rules;
using Credit.Core.Store;
using Credit.Core.Watching;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Core.Listing;

/// <summary>
/// Everything an exit brings with it, in the exit's own transaction: stop orders, the announcement term, the lead office's
/// inbox, the end of what persons answered for, and for black entries the watch entry that follows (R-3.5.6.d, R-3.5.5.g, I6, I45, I47).
/// </summary>
internal sealed class LeaveList(
    PolicyPacks packs, IWorkingCalendar calendar, DepartmentDirectory departments, HoldToAccount accountability, OweChannels channels, WriteNotice notices, TimeProvider clock)
{
    /// <summary>Moves the entry out. Nothing is saved here.</summary>
    /// <param name="db">The register, in a transaction that holds the subject's lock.</param>
    /// <param name="entry">The entry, with its publications.</param>
    /// <param name="on">Why it leaves.</param>
    /// <param name="day">Day of the exit.</param>
    /// <param name="cancel">Stops waiting.</param>
    public Task<Outcome<ListEntry>> ApplyAsync(CreditDbContext db, ListEntry entry, EntryTrigger on, DateOnly day, CancellationToken cancel) =>
        ApplyAsync(db, entry, on, day, packs.Named(entry.PolicyPack), cancel);

    /// <summary>The same under the pack that a repair follows; every other exit follows the pack the entry was decided under.</summary>
    public async Task<Outcome<ListEntry>> ApplyAsync(
        CreditDbContext db, ListEntry entry, EntryTrigger on, DateOnly day, PolicyPack pack, CancellationToken cancel)
    {
        var departed = Departure.Of(entry, on, day, pack);
        var left = departed.Then<ListEntry>(departure => departure.Entry);
        if (!left.Accepted)
        {
            return left;
        }

        await accountability.EndAsync(db, entry, wrong: on == EntryTrigger.FindWrong, entry.ExitedOn ?? day, cancel);
        if (entry.State != EntryState.Exited)
        {
            return left;
        }

        await StopMeasureTasks.StopAsync(db, entry, clock.Today(), pack, calendar, clock, cancel);
        await RecallCrossRegionRequests.ApplyAsync(db, entry.Id, $"名单条目已退出: {entry.ExitReason}", clock.Today(), cancel);
        await DeadlineBook.MeetAsync(db, DeadlineKind.EntryExpiry, entry.Id, clock, cancel);
        await channels.LapseAsync(db, entry, cancel);
        await RepairTerms.LapseAsync(db, entry, clock, cancel);
        await RectificationTerms.EndAsync(db, entry, clock, cancel);
        notices.Exit(db, entry, departed.Value.Watch is not null);
        if (entry.Publications.Count > 0)
        {
            DeadlineBook.Open(db, DeadlineKind.AnnounceExit, entry.Id, entry.Recogniser, clock.Today(), (await db.WithinAsync(entry.Recogniser, pack, cancel)).AnnounceExitDays, calendar);
        }

        db.Add(new InboxItem
        {
            Department = departments.LeadOffice.Key,
            Kind = InboxKind.ExitReported,
            AggregateId = entry.Id,
            Text = $"{entry.Recogniser} {entry.Domain}领域名单条目 {entry.Id} 退出: {entry.ExitReason}",
            CreatedOn = clock.Today(),
        });

        if (departed.Value.Watch is { } watch)
        {
            // The old entry leaves before the new one comes in; both are one transaction.
            await db.SaveChangesAsync(cancel);
            db.Add(watch);
            DeadlineBook.OpenOn(db, DeadlineKind.EntryExpiry, watch.Id, watch.Recogniser, watch.ValidFrom!.Value, watch.ValidTo);
            await accountability.ApplyAsync(db, watch, cancel);
            notices.Warning(db, watch);
        }

        if (departed.Value.Watch is not null || entry.List == ListKind.Watch)
        {
            await ThreeWatchesWarn.ApplyAsync(db, entry.SubjectId, packs.InForce(clock.Today()), clock.Today(), cancel);
        }

        return left;
    }
}
