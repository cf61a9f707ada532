using Credit.Abstractions;
using Credit.Core.Checks;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Checks;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Receipts;

/// <summary>From when the register is looked at. A receipt states both; one is enough.</summary>
/// <param name="Position">Last position of the log that counts.</param>
/// <param name="Instant">Instant, UTC; its civil day is the day then.</param>
internal sealed record KnownAt(long? Position = null, DateTimeOffset? Instant = null);

/// <summary>A state of the register and the day it is looked at from.</summary>
internal sealed record KnownState(IHitSource Source, DateOnly Today);

/// <summary>The register as it was known earlier (knownAt): from the log, in the code at hand.</summary>
internal sealed class KnownRegister(
    CreditDbContext db, MemorandumCatalogue catalogue, DepartmentDirectory departments, CanonicalMeasures canonical, PolicyPacks packs, TimeProvider clock)
{
    private static readonly Refusal Unknown = new(
        "known-at-unknown", "请填写登记日志中已有的位置，或不晚于此刻的时间。", "Name a position the log has, or an instant that is not to come.", Clause.Standard("I55"), "knownAt");

    private static readonly Refusal Apart = new(
        "known-at-apart", "所填时间不在该位置登记之后、下一变更登记之前，也不是本部门该位置凭证的查询时间。",
        "The instant is not between the recording of that position and of the next change, nor that of a receipt of the department at it.", Clause.Standard("I55"), "knownAt");

    private static readonly Refusal Gone = new(
        "known-at-gone", "当时有效的信息已过保存期限并匿名化，不能再按当时状态答复。",
        "What was in force then has been made anonymous after its retention: the answer of then can no longer be given.", Clause.Standard("I91"));

    // No transaction is open for longer.
    private static readonly TimeSpan LongestCommit = TimeSpan.FromDays(1);

    /// <summary>The state known at a position, or why it cannot be told.</summary>
    /// <param name="asked">Position, instant, or both, which then belong together.</param>
    /// <param name="department">Department that asks: what its receipts state belongs together.</param>
    /// <param name="cancel">Stops reading.</param>
    public async Task<Outcome<KnownState>> AtAsync(KnownAt asked, string department, CancellationToken cancel)
    {
        var head = await db.RegisterPositions.MaxAsync(each => (long?)each.Position, cancel) ?? 0;
        if (asked is { Position: null, Instant: null } || asked.Position < 0 || asked.Position > head || asked.Instant > clock.GetUtcNow())
        {
            return Unknown;
        }

        var position = asked.Position ?? await StandingAsync(asked.Instant!.Value, department, head, cancel);
        var recorded = await RecordedAsync(position, cancel);
        if ((asked.Instant ?? recorded) is not { } instant)
        {
            // Before the first change there is no day.
            return Unknown;
        }

        if (asked is { Position: not null, Instant: not null } && !await BelongAsync(position, recorded, instant, department, cancel))
        {
            // A position of then with the day of now would be signed as if the register of now said so.
            return Apart;
        }

        var today = CivilClock.Day(instant);
        if (await IsGoneAsync(recorded is { } then && then < instant ? CivilClock.Day(then) : today, today, cancel))
        {
            return Gone;
        }

        var rules = new HitRules(await MemorandaAsync(position, cancel), departments, canonical, packs);
        return new KnownState(new LogHitSource(db, rules, packs, position), today);
    }

    // What an instant stands for: the position that a receipt of the department states for it, for that is what was answered then; else the last one up to which
    // nothing was recorded later. A change that was recorded before it and committed after it is known then, unless a receipt tells otherwise: of commits the log
    // has no time.
    private async Task<long> StandingAsync(DateTimeOffset instant, string department, long head, CancellationToken cancel) =>
        await ReceiptsAt(instant, department).MaxAsync(receipt => (long?)receipt.Position, cancel) ?? (await NextAsync(instant, cancel) - 1) ?? head;

    // The first position of a change that was recorded later. It need not be that of the change recorded first: that one may have been committed after others.
    private async Task<long?> NextAsync(DateTimeOffset instant, CancellationToken cancel)
    {
        var later =
            from entry in db.RegisterEntries
            join place in db.RegisterPositions on entry.Id equals place.EntryId
            where entry.RecordedAt > instant
            select new { entry.RecordedAt, entry.Id, place.Position };
        if (await later.OrderBy(each => each.RecordedAt).ThenBy(each => each.Id).FirstOrDefaultAsync(cancel) is not { } first)
        {
            return null;
        }

        // What has its place before it was recorded while it was being committed.
        var committed = first.RecordedAt + LongestCommit;
        return await later.Where(each => each.RecordedAt <= committed && each.Position <= first.Position).MinAsync(each => each.Position, cancel);
    }

    // The register keeps microseconds, what is signed has ten parts of one.
    private IQueryable<CheckReceipt> ReceiptsAt(DateTimeOffset instant, string department)
    {
        var (from, to) = (instant.AddMicroseconds(-1), instant.AddMicroseconds(1));
        return db.CheckReceipts.Where(receipt => receipt.Department == department && receipt.AskedAt >= from && receipt.AskedAt <= to && receipt.KnownAt == null);
    }

    private Task<DateTimeOffset?> RecordedAsync(long position, CancellationToken cancel) => (
        from place in db.RegisterPositions
        join entry in db.RegisterEntries on place.EntryId equals entry.Id
        where place.Position == position
        select (DateTimeOffset?)entry.RecordedAt).SingleOrDefaultAsync(cancel);

    // From the recording of the position, and of all before it, on, as long as no later change was recorded. What was committed late, or is dated by its day, was recorded
    // before an answer that did not hold it yet: what a receipt states belongs together all the same. Of a replay's receipt it does not.
    private async Task<bool> BelongAsync(long position, DateTimeOffset? recorded, DateTimeOffset instant, string department, CancellationToken cancel)
    {
        if ((recorded is null || recorded <= instant) && (await NextAsync(instant, cancel) is not { } next || next > position) && !await (
            from entry in db.RegisterEntries
            join place in db.RegisterPositions on entry.Id equals place.EntryId
            where place.Position > position && entry.RecordedAt <= instant && (recorded == null || entry.RecordedAt > recorded)
            select place).AnyAsync(cancel))
        {
            return true;
        }

        return await ReceiptsAt(instant, department).AnyAsync(receipt => receipt.Position == position, cancel);
    }

    // Whose they were nobody knows any more, so while anything that could have counted from the day of the position on is gone, nobody is answered.
    private async Task<bool> IsGoneAsync(DateOnly first, DateOnly last, CancellationToken cancel)
    {
        var since = first.AddYears(-packs.InForce(first).Incentives.CleanYears);
        return await db.Entries.AnyAsync(entry => entry.AnonymisedOn != null && entry.ProposedOn <= last && entry.ExitedOn > since, cancel)
            || await db.CreditRecords.AnyAsync(record => record.AnonymisedOn != null && record.FormedOn <= last && record.AnnulledOn > since, cancel);
    }

    private async Task<IReadOnlyList<IMemorandum>> MemorandaAsync(long position, CancellationToken cancel)
    {
        var revisions = await db.MemorandumRevisions.AsNoTracking().OrderBy(revision => revision.Id).Select(revision => revision.Id).ToListAsync(cancel);
        var then = await db.FoldAsync(nameof(MemorandumRevision), revisions, position, cancel);
        return catalogue.Of(
        [
            .. then.Where(revision => revision.Is(nameof(MemorandumRevision.State), RevisionState.InForce, RevisionState.Retired))
                .OrderBy(revision => revisions.IndexOf(revision.Id))
                .Select(revision => new ApprovedRevision(
                    revision.Get<RevisionKind>(nameof(MemorandumRevision.Kind)), revision.Get<string>(nameof(MemorandumRevision.Code))!,
                    revision.Get<int>(nameof(MemorandumRevision.Number)), revision.Get<string>(nameof(MemorandumRevision.Title))!,
                    revision.Get<string>(nameof(MemorandumRevision.DocumentNumber))!, revision.Get<DateOnly?>(nameof(MemorandumRevision.SignedOn)),
                    revision.Get<string>(nameof(MemorandumRevision.Signers)) ?? "", revision.Get<string>(nameof(MemorandumRevision.Lead)) ?? "",
                    revision.Get<string>(nameof(MemorandumRevision.Targets)) ?? "", revision.Get<string?>(nameof(MemorandumRevision.FeedbackCadence)),
                    revision.Get<ListKind>(nameof(MemorandumRevision.List)), revision.Get<string[]>(nameof(MemorandumRevision.Domains))!,
                    revision.Get<DateOnly>(nameof(MemorandumRevision.EffectiveFrom)), revision.Get<DateOnly?>(nameof(MemorandumRevision.EffectiveTo)),
                    revision.Get<Measure[]>(nameof(MemorandumRevision.Measures))!)),
        ]);
    }
}
