using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Oversight.Gaps;

/// <summary>
/// Looks once a day, and when the lead office asks, for decisions nobody checked and rewards nobody gave (R-3.1.6.a, R-3.5.2.b). Looking
/// twice changes nothing; what is no gap any more is closed with its reason.
/// </summary>
internal sealed class GapRadar(IServiceScopeFactory scopes, DepartmentDirectory departments, PolicyPacks packs, TimeProvider clock)
{
    // One look at a time in the district, once a day.
    private const int RoomForAll = 128;

    /// <summary>Looks unless it did today. Returns whether it did now.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        var today = clock.Today();
        return !await db.GapRuns.AnyAsync(run => run.Day == today && !run.OnDemand, cancel) && await LookAsync(db, scope.ServiceProvider.GetRequiredService<SubjectIdentities>(), onDemand: false, cancel) is not null;
    }

    /// <summary>Looks now.</summary>
    /// <param name="db">Context of the caller, in whose name gaps are found.</param>
    /// <param name="identities">Knows the key of lookups.</param>
    /// <param name="onDemand">False for the daily run, of which there is one a day.</param>
    /// <param name="cancel">Stops looking.</param>
    /// <returns>What came of it; null when another host did the daily run meanwhile.</returns>
    public async Task<GapRun?> LookAsync(CreditDbContext db, SubjectIdentities identities, bool onDemand, CancellationToken cancel)
    {
        var today = clock.Today();
        var terms = packs.InForce(today).Gaps;
        var from = today.AddMonths(-terms.LookBackMonths);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('credit/gaps'))", cancel);
        if (!onDemand && await db.GapRuns.AnyAsync(run => run.Day == today && !run.OnDemand, cancel))
        {
            return null;
        }

        await OwedChecks.MakeRoomAsync(db, RoomForAll, cancel);
        var owed = await OwedChecks.MissedAsync(db, identities, terms, (from, today, today), department: null, cancel);
        var due = owed.DistinctBy(KeyOf).ToDictionary(KeyOf);
        var missed = due.Where(each => !each.Value.Done).ToDictionary();

        // Of what is known, keys and states; only what changes is read whole. A corrected decision may have left or entered the days looked at: what was owed is
        // known by its key, whatever its day was.
        Guid[] about = [.. due.Values.Select(each => each.Duty.AboutKey).Distinct()];
        var known = await db.Gaps.Where(gap => gap.On >= from || about.Contains(gap.AboutKey))
            .Select(gap => new { gap.Id, gap.Kind, gap.AboutKey, gap.EntryId, gap.State, gap.SubjectId, gap.On, gap.AboutId }).ToListAsync(cancel);
        known.RemoveAll(gap => gap.On < from && !due.ContainsKey((gap.Kind, gap.AboutKey, gap.EntryId)));
        var gone = await ReadAsync(db, [.. known.Where(gap => gap.State is GapState.Open or GapState.Answered && gap.SubjectId != Records.AnonymiseAfterRetention.Nobody
            && !missed.ContainsKey((gap.Kind, gap.AboutKey, gap.EntryId))).Select(gap => gap.Id)], cancel);
        var again = await ReadAsync(db, [.. known.Where(gap => gap.State == GapState.Closed && missed.ContainsKey((gap.Kind, gap.AboutKey, gap.EntryId))).Select(gap => gap.Id)], cancel);
        var moved = await ReadAsync(db, [.. known.Where(gap => gap.SubjectId != Records.AnonymiseAfterRetention.Nobody
            && due.TryGetValue((gap.Kind, gap.AboutKey, gap.EntryId), out var now) && (now.Duty.On, now.Duty.AboutId) != (gap.On, gap.AboutId)).Select(gap => gap.Id)], cancel);
        var keys = known.Select(gap => (gap.Kind, gap.AboutKey, gap.EntryId)).ToHashSet();
        var found = missed.Where(each => !keys.Contains(each.Key)).Select(each => CreditGap.Find(each.Value.Duty, today)).ToArray();
        var closures = await ClosuresAsync(db, gone, owed.Where(each => each.Done).Select(KeyOf).ToHashSet(), cancel);
        foreach (var gap in moved)
        {
            gap.Correct(due[KeyOf(gap)].Duty);
        }

        foreach (var gap in gone)
        {
            _ = gap.Close(closures[gap.Id], today).Value;
        }

        var standing = known.Count(gap => gap.State is GapState.Open or GapState.Answered) - gone.Length + again.Length;

        foreach (var gap in again)
        {
            _ = gap.Reopen().Value;
        }

        db.AddRange(found);
        var run = new GapRun
        {
            Day = today,
            At = clock.GetUtcNow(),
            OnDemand = onDemand,
            From = from,
            Found = found.Length,
            Reopened = again.Length,
            Closed = gone.Length,
            Corrected = moved.Length,
            Standing = standing + found.Length,
        };
        db.Add(run);
        Tell(db, run, [.. found, .. again]);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return run;
    }

    private static (GapKind, Guid, Guid) KeyOf(OwedCheck owed) => (owed.Duty.Kind, owed.Duty.AboutKey, owed.Duty.EntryId);

    private static (GapKind, Guid, Guid) KeyOf(CreditGap gap) => (gap.Kind, gap.AboutKey, gap.EntryId);

    private static async Task<CreditGap[]> ReadAsync(CreditDbContext db, Guid[] ids, CancellationToken cancel) =>
        ids.Length == 0 ? [] : await db.Gaps.Where(gap => ids.Contains(gap.Id)).ToArrayAsync(cancel);

    // Why what was a gap yesterday is none today, from the entry, the decision and the task as they are now.
    private static async Task<Dictionary<Guid, GapClosure>> ClosuresAsync(CreditDbContext db, CreditGap[] gone, HashSet<(GapKind, Guid, Guid)> done, CancellationToken cancel)
    {
        var entries = gone.Select(gap => gap.EntryId).Distinct().ToArray();
        var wrong = (await db.Entries.Where(entry => entries.Contains(entry.Id) && entry.ExitReason == ExitReason.Erroneous).Select(entry => entry.Id).ToListAsync(cancel)).ToHashSet();
        var licences = gone.Where(gap => gap.Kind == GapKind.Licence).Select(gap => gap.AboutKey).Distinct().ToArray();
        var standing = (await db.Licences.Where(licence => licence.Current && licences.Contains(licence.NaturalKey)).Select(licence => new { licence.NaturalKey, licence.DecidedOn, licence.SubjectId }).ToListAsync(cancel))
            .ToLookup(licence => licence.NaturalKey);
        var tasks = gone.Where(gap => gap.Kind == GapKind.Reward).Select(gap => gap.AboutId).ToArray();
        var refused = (await db.Tasks.Where(task => tasks.Contains(task.Id) && (task.State == TaskState.Declined || task.State == TaskState.NotApplicable)).Select(task => task.Id).ToListAsync(cancel)).ToHashSet();
        return gone.ToDictionary(gap => gap.Id, gap => gap switch
        {
            { Kind: GapKind.Reward } when done.Contains(KeyOf(gap)) => GapClosure.Given,
            { Kind: GapKind.Reward } when refused.Contains(gap.AboutId) => GapClosure.Declined,
            { Kind: GapKind.Reward } => GapClosure.NoLongerDue,
            _ when done.Contains(KeyOf(gap)) => GapClosure.CheckFound,
            _ when wrong.Contains(gap.EntryId) => GapClosure.EntryWrong,
            { Kind: GapKind.Licence } when !standing[gap.AboutKey].Any(licence => licence.DecidedOn == gap.On && licence.SubjectId == gap.SubjectId) => GapClosure.DecisionGone,
            _ => GapClosure.NotListed,
        });
    }

    // One sentence a department and run: what they are about is in the set Gaps.
    private void Tell(CreditDbContext db, GapRun run, CreditGap[] open)
    {
        foreach (var own in open.GroupBy(gap => gap.Department))
        {
            var decisions = own.Count(gap => gap.Kind != GapKind.Reward);
            db.Add(new InboxItem
            {
                Department = own.Key,
                Kind = InboxKind.GapsFound,
                AggregateId = run.Id,
                Text = $"应查未查{decisions}项、应奖未奖{own.Count() - decisions}项，请逐项说明（Gaps）",
                CreatedOn = run.Day,
            });
        }

        if (open.Length > 0 && open.All(gap => gap.Department != departments.LeadOffice.Key))
        {
            db.Add(new InboxItem
            {
                Department = departments.LeadOffice.Key,
                Kind = InboxKind.GapsFound,
                AggregateId = run.Id,
                Text = $"{open.Select(gap => gap.Department).Distinct().Count()}个部门新增应查未查、应奖未奖{open.Length}项",
                CreatedOn = run.Day,
            });
        }
    }
}
