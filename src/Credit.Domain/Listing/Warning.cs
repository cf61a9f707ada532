using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Listing;

/// <summary>A subject came onto the warning list.</summary>
[WireName("warning.begun.v1")]
public sealed record WarningBegun(Guid WarningId, Guid SubjectId, string Domains, DateOnly BegunOn, DateOnly LastDay);

/// <summary>The watch entries a warning rests on changed; there are still enough.</summary>
[WireName("warning.adjusted.v1")]
public sealed record WarningAdjusted(Guid WarningId, Guid SubjectId, string Domains, DateOnly LastDay);

/// <summary>A subject is below the number of the warning list again.</summary>
[WireName("warning.ended.v1")]
public sealed record WarningEnded(Guid WarningId, Guid SubjectId, DateOnly EndedOn);

/// <summary>What the watch entries of a subject amount to on a day (R-3.5.5.e, I9).</summary>
/// <param name="Domains">Distinct key domains of its watch entries in force, sorted.</param>
/// <param name="LastDay">Last day on which enough of them are in force, as things stand.</param>
/// <param name="PublicDomains">The same for entries that may be published by law; empty when the public is not warned.</param>
/// <param name="PublicLastDay">Last day on which enough of those are in force; null when the public is not warned.</param>
public sealed record WarningBasis(IReadOnlyList<string> Domains, DateOnly LastDay, IReadOnlyList<string> PublicDomains, DateOnly? PublicLastDay)
{
    /// <summary>The basis of a warning; null when there is none. Entries of one domain count once, entries not in force never.</summary>
    internal static WarningBasis? Of(IEnumerable<ListEntry> entries, PolicyPack pack, DateOnly today)
    {
        var watches = entries
            .Where(entry => entry.List == ListKind.Watch && entry.InForce(today) && pack.WarningDomains.Contains(entry.Domain))
            .ToArray();
        if (LastDayOf(watches, pack.WarningThreshold) is not { } last)
        {
            return null;
        }

        ListEntry[] told = watches[0].SubjectKind == SubjectKind.NaturalPerson && !pack.WarnPublicOfPersons ? [] : [.. watches.Where(watch => watch.Publishable)];
        var toldLast = LastDayOf(told, pack.WarningThreshold);
        return new(DomainsOf(watches), last, toldLast is null ? [] : DomainsOf(told), toldLast);
    }

    private static string[] DomainsOf(IEnumerable<ListEntry> watches) => [.. watches.Select(watch => watch.Domain).Distinct().Order(StringComparer.Ordinal)];

    // In falling order of their last days, the domain that makes the number full is the first to break it.
    private static DateOnly? LastDayOf(IEnumerable<ListEntry> watches, int threshold) => watches
        .GroupBy(watch => watch.Domain)
        .Select(domain => (DateOnly?)domain.Max(watch => watch.ValidTo))
        .OrderDescending()
        .Skip(threshold - 1)
        .FirstOrDefault();
}

/// <summary>
/// 信用预警名单: a subject watched in several key domains at once. Derived from its watch entries, which stay as they are
/// (D2, D5); brought in line in the transaction of each of their moves.
/// </summary>
public sealed class WarningEntry : Aggregate
{
    private WarningEntry()
    {
    }

    /// <summary>The subject.</summary>
    [GoneAfterRetention]
    public Guid SubjectId { get; private init; }

    /// <summary>Kind of subject.</summary>
    public SubjectKind SubjectKind { get; private init; }

    /// <summary>Its name.</summary>
    [GoneAfterRetention]
    public string SubjectName { get; private init; } = "";

    /// <summary>Unified code; null for natural persons.</summary>
    [GoneAfterRetention]
    public string? SubjectCode { get; private init; }

    /// <summary>Masked identifier of a natural person; null for others.</summary>
    [GoneAfterRetention]
    public string? SubjectMask { get; private init; }

    /// <summary>First day on the list.</summary>
    public DateOnly BegunOn { get; private init; }

    /// <summary>Key domains in which the subject is watched, sorted.</summary>
    public string[] Domains { get; private set; } = [];

    /// <summary>Last day on the list, as the watch entries stand: it ends by itself, whether anybody notices or not.</summary>
    public DateOnly LastDay { get; private set; }

    /// <summary>Those of them that the public may know of, sorted; empty when it is not warned.</summary>
    public string[] PublicDomains { get; private set; } = [];

    /// <summary>First day the public is warned: later than the warning began where an entry may not be published. Null when it is not warned.</summary>
    public DateOnly? PublicFrom { get; private set; }

    /// <summary>Last day the public is warned; null when it is not (natural persons, entries that may not be published).</summary>
    public DateOnly? PublicLastDay { get; private set; }

    /// <summary>Where it stands.</summary>
    public WarningState State { get; private set; }

    /// <summary>First day no longer on the list; null while on it.</summary>
    public DateOnly? EndedOn { get; private set; }

    /// <summary>Policy pack whose number and domains decided.</summary>
    public string PolicyPack { get; private init; } = "";

    /// <summary>On the list on this day (Warn).</summary>
    public bool InForce(DateOnly day) => State == WarningState.Active && BegunOn <= day && day <= LastDay;

    /// <summary>Brings the warning of a subject in line with its watch entries: begins, adjusts or ends it.</summary>
    /// <param name="active">The subject's warning that has not exited; null when there is none.</param>
    /// <param name="entries">All entries of the subject that may be in force.</param>
    /// <param name="pack">Number and key domains.</param>
    /// <param name="today">Today in the district.</param>
    /// <returns>A warning that begins; null when none does.</returns>
    internal static WarningEntry? Follow(WarningEntry? active, IReadOnlyCollection<ListEntry> entries, PolicyPack pack, DateOnly today)
    {
        if (active is not null && active.LastDay < today)
        {
            // Over, and nobody has noticed yet: what holds today is another warning.
            active.End(active.LastDay.AddDays(1));
            active = null;
        }

        if (WarningBasis.Of(entries, pack, today) is not { } basis)
        {
            active?.End(today);
            return null;
        }

        if (active is null)
        {
            return Begin(entries.First(entry => entry.List == ListKind.Watch), basis, pack, today);
        }

        active.Adjust(basis, today);
        return null;
    }

    private static WarningEntry Begin(ListEntry watch, WarningBasis basis, PolicyPack pack, DateOnly today)
    {
        var begun = new WarningEntry
        {
            SubjectId = watch.SubjectId,
            SubjectKind = watch.SubjectKind,
            SubjectName = watch.SubjectName,
            SubjectCode = watch.SubjectCode,
            SubjectMask = watch.SubjectMask,
            BegunOn = today,
            Domains = [.. basis.Domains],
            LastDay = basis.LastDay,
            PublicDomains = [.. basis.PublicDomains],
            PublicFrom = basis.PublicLastDay is null ? null : today,
            PublicLastDay = basis.PublicLastDay,
            PolicyPack = pack.Name,
        };
        begun.Announce(new WarningBegun(begun.Id, begun.SubjectId, string.Join('、', basis.Domains), today, basis.LastDay), Clause.R("3.5.5.e"));
        return begun;
    }

    private void Adjust(WarningBasis basis, DateOnly today)
    {
        if (!Domains.SequenceEqual(basis.Domains) || !PublicDomains.SequenceEqual(basis.PublicDomains) || (LastDay, PublicLastDay) != (basis.LastDay, basis.PublicLastDay))
        {
            Fire(WarningTrigger.Adjust, () =>
            {
                // The public is warned on, or from today: a spell that ended is another one.
                PublicFrom = basis.PublicLastDay is null ? null : PublicLastDay >= today ? PublicFrom : today;
                (Domains, LastDay, PublicDomains, PublicLastDay) = ([.. basis.Domains], basis.LastDay, [.. basis.PublicDomains], basis.PublicLastDay);
                Announce(new WarningAdjusted(Id, SubjectId, string.Join('、', basis.Domains), LastDay), Clause.R("3.5.5.e"));
            });
        }
    }

    private void End(DateOnly on) => Fire(WarningTrigger.FallBelow, () =>
    {
        EndedOn = on;
        Announce(new WarningEnded(Id, SubjectId, on), Clause.Standard("I10"));
    });

    private void Fire(WarningTrigger on, Action effect)
    {
        State = WarningLifecycle.Table.Fire(State, on).Value.To;
        effect();
    }
}
