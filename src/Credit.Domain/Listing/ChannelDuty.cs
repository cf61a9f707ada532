using Credit.Domain.Policy;
using static Credit.Domain.Listing.ChannelDutyState;

namespace Credit.Domain.Listing;

/// <summary>Where the publication on a compulsory channel stands.</summary>
public enum ChannelDutyState
{
    /// <summary>To be published there, and confirmed.</summary>
    Owed,

    /// <summary>Published there: day and address are known.</summary>
    Confirmed,

    /// <summary>The entry left its list before.</summary>
    Lapsed,
}

/// <summary>What moves such a duty.</summary>
public enum ChannelDutyTrigger
{
    /// <summary>The recogniser states day and address.</summary>
    Confirm,

    /// <summary>The entry leaves its list.</summary>
    Lapse,
}

/// <summary>The life of a duty to publish on a channel.</summary>
public static class ChannelDutyLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<ChannelDutyState, ChannelDutyTrigger> Table = new("Channel duty", Owed,
        (Owed, ChannelDutyTrigger.Confirm, Confirmed, "R-3.4.3.a"),
        (Owed, ChannelDutyTrigger.Lapse, Lapsed, "R-3.5.6.d"));
}

/// <summary>
/// A serious subject is published, by its unified code, on every channel the pack demands: each channel is a duty of the recogniser with a
/// last day (R-3.4.3.a). Only a channel that was really used owes the exit notice (I68).
/// </summary>
public sealed class ChannelDuty : Aggregate
{
    private ChannelDuty()
    {
    }

    /// <summary>The entry.</summary>
    public Guid EntryId { get; private init; }

    /// <summary>The subject.</summary>
    [GoneAfterRetention]
    public Guid SubjectId { get; private init; }

    /// <summary>Unified code under which the entry is published.</summary>
    [GoneAfterRetention]
    public string SubjectCode { get; private init; } = "";

    /// <summary>Key of the recognising department.</summary>
    public string Department { get; private init; } = "";

    /// <summary>The channel.</summary>
    public PublicationChannel Channel { get; private init; }

    /// <summary>Day the duty began.</summary>
    public DateOnly OwedFrom { get; private init; }

    /// <summary>Last day to confirm.</summary>
    public DateOnly Due { get; private init; }

    /// <summary>Where it stands.</summary>
    public ChannelDutyState State { get; private set; }

    /// <summary>First day shown on the channel.</summary>
    public DateOnly? PublishedOn { get; private set; }

    /// <summary>Address of the page that shows it.</summary>
    [GoneAfterRetention]
    public string? Address { get; private set; }

    /// <summary>Account that confirmed it.</summary>
    public string? ConfirmedBy { get; private set; }

    /// <summary>Day of the confirmation.</summary>
    public DateOnly? ConfirmedOn { get; private set; }

    /// <summary>The channels the pack demands of this entry: a public black entry of an enterprise with a unified code (R-3.4.3.a).</summary>
    /// <param name="entry">The entry, as it is being reported.</param>
    /// <param name="pack">The pack it is decided under.</param>
    public static IReadOnlyList<PublicationChannel> DemandedOf(ListEntry entry, PolicyPack pack) =>
        entry is { List: ListKind.Black, Publishable: true, ChosenForPublication: true, SubjectCode.Length: > 0 } && entry.SubjectKind != Subjects.SubjectKind.NaturalPerson
            ? [.. pack.EnterpriseChannels.Where(channel => channel != PublicationChannel.Necips || IsEnterprise(entry.SubjectCode))]
            : [];

    /// <summary>Enterprises and individually-owned businesses are registered with market supervision, whose codes begin with 9; the enterprise system shows them only.</summary>
    public static bool IsEnterprise(string? code) => code?.StartsWith('9') == true;

    /// <summary>Begins in the transaction of the report.</summary>
    internal static ChannelDuty Begin(ListEntry entry, PublicationChannel channel, DateOnly today, DateOnly due)
    {
        var begun = new ChannelDuty
        {
            EntryId = entry.Id,
            SubjectId = entry.SubjectId,
            SubjectCode = entry.SubjectCode!,
            Department = entry.Recogniser,
            Channel = channel,
            OwedFrom = today,
            Due = due,
        };
        begun.Announce(new ChannelDutyMoved(begun.Id, entry.Id, entry.SubjectId, channel, Owed, due, null), Clause.R("3.4.3.a"));
        return begun;
    }

    /// <summary>Confirms the publication: the entry records the channel too, so that the exit is announced there.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="publishedOn">First day shown.</param>
    /// <param name="address">Address of the page.</param>
    /// <param name="by">Account.</param>
    /// <param name="today">Today in the district.</param>
    internal Outcome<ChannelDuty> Confirm(ListEntry entry, DateOnly publishedOn, string address, string by, DateOnly today)
    {
        List<Refusal> refusals = [];
        if (publishedOn > today || publishedOn < entry.ValidFrom)
        {
            refusals.Add(new(
                "published-out-of-term", "公示日期须在条目生效之后且不晚于今日。", "The day of publication lies between the first day in force and today.", Clause.R("3.4.3.a"), "publishedOn"));
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https") || page.UserInfo.Length > 0 || address.Length > 500)
        {
            refusals.Add(new("address-invalid", "请填写公示页面的网址(http或https)。", "State the address of the page, http or https.", Clause.R("3.4.3.a"), "address"));
        }

        return refusals.Count > 0 ? Outcome<ChannelDuty>.Refused([.. refusals]) : Shown(entry, publishedOn, address, by, today);
    }

    /// <summary>The platform itself is the credit web site: what it shows needs nobody's word.</summary>
    internal void ConfirmByPlatform(ListEntry entry, string address, DateOnly today) => _ = Shown(entry, today, address, "platform", today).Value;

    /// <summary>The entry left before it was published there.</summary>
    internal Outcome<ChannelDuty> Lapse() => Fire(ChannelDutyTrigger.Lapse, () => { });

    private Outcome<ChannelDuty> Shown(ListEntry entry, DateOnly publishedOn, string address, string by, DateOnly today) => Fire(ChannelDutyTrigger.Confirm, () =>
    {
        (PublishedOn, Address, ConfirmedBy, ConfirmedOn) = (publishedOn, address, by, today);
        entry.ShowOn(Channel, publishedOn);
    });

    private Outcome<ChannelDuty> Fire(ChannelDutyTrigger on, Action effect) => ChannelDutyLifecycle.Table.Fire(State, on).Then<ChannelDuty>(move =>
    {
        State = move.To;
        effect();
        Announce(new ChannelDutyMoved(Id, EntryId, SubjectId, Channel, move.To, Due, PublishedOn), new Clause(Clause.Rencheng2019Document, move.Clause));
        return this;
    });
}

/// <summary>A duty to publish an entry on a channel began, was confirmed, or lapsed with the entry.</summary>
[WireName("channel-duty.moved.v1")]
public sealed record ChannelDutyMoved(Guid DutyId, Guid EntryId, Guid SubjectId, PublicationChannel Channel, ChannelDutyState To, DateOnly Due, DateOnly? PublishedOn);
