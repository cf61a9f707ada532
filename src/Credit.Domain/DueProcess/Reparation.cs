using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.DueProcess;

/// <summary>A channel that had shown a wrong entry, and the day it carried the correction.</summary>
public sealed class CorrectedChannel
{
    private CorrectedChannel()
    {
    }

    /// <summary>Identity.</summary>
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>The channel.</summary>
    public PublicationChannel Channel { get; private init; }

    /// <summary>Day it carried the correction; null until then.</summary>
    public DateOnly? CorrectedOn { get; private set; }

    internal static CorrectedChannel Of(PublicationChannel channel) => new() { Channel = channel };

    internal void Correct(DateOnly day) => CorrectedOn = day;
}

/// <summary>
/// A punish entry was wrong: its reputation is restored by a correction statement on every channel that had shown it
/// (R-3.5.7.d, I53). Once per entry.
/// </summary>
public sealed class Reparation : Aggregate
{
    private readonly List<CorrectedChannel> _channels = [];

    private Reparation()
    {
    }

    /// <summary>The wrong entry.</summary>
    public Guid EntryId { get; private init; }

    /// <summary>Its subject.</summary>
    [GoneAfterRetention]
    public Guid SubjectId { get; private init; }

    /// <summary>Department that owes the reparation: the recogniser.</summary>
    public string Recogniser { get; private init; } = "";

    /// <summary>Day it was ordered.</summary>
    public DateOnly OrderedOn { get; private init; }

    /// <summary>Where it stands.</summary>
    public ReparationState State { get; private set; }

    /// <summary>The correction statement; null until drafted.</summary>
    [GoneAfterRetention]
    public string? Statement { get; private set; }

    /// <summary>Account that drafted it.</summary>
    public string? StatedBy { get; private set; }

    /// <summary>Account that approved it.</summary>
    public string? ApprovedBy { get; private set; }

    /// <summary>Day it was approved: public from then on.</summary>
    public DateOnly? StatedOn { get; private set; }

    /// <summary>Day the last original channel carried it.</summary>
    public DateOnly? DoneOn { get; private set; }

    /// <summary>The channels that had shown the entry.</summary>
    public IReadOnlyList<CorrectedChannel> Channels => _channels;

    /// <summary>Orders the reparation, in the transaction that finds the entry wrong.</summary>
    internal static Reparation Order(ListEntry entry, DateOnly today)
    {
        var ordered = new Reparation { EntryId = entry.Id, SubjectId = entry.SubjectId, Recogniser = entry.Recogniser, OrderedOn = today };
        ordered._channels.AddRange(entry.Publications.Select(publication => CorrectedChannel.Of(publication.Channel)));
        ordered.Announce(new ReparationOrdered(ordered.Id, entry.Id, entry.SubjectId, entry.Recogniser), Clause.R("3.5.7.d"));
        return ordered;
    }

    /// <summary>Writes the statement.</summary>
    internal Outcome<Reparation> Draft(string statement, string by)
    {
        if (string.IsNullOrWhiteSpace(statement))
        {
            return new Refusal("statement-missing", "请填写更正声明。", "Write the correction statement.", Clause.R("3.5.7.d"), "statement");
        }

        return TextLength.Against(statement, TextLength.Text, "statement") is { } tooLong
            ? tooLong
            : Fire(ReparationTrigger.Draft, () => (Statement, StatedBy) = (statement, by));
    }

    /// <summary>Approves the statement, by another officer than who wrote it (R-3.2.4.e). An entry that nothing had shown is done with that.</summary>
    internal Outcome<Reparation> Approve(string by, DateOnly today)
    {
        if (by == StatedBy)
        {
            return new Refusal("four-eyes", "起草人不得审核更正声明。", "Who wrote the statement does not approve it.", Clause.R("3.2.4.e"));
        }

        var approved = Fire(ReparationTrigger.Approve, () => (ApprovedBy, StatedOn) = (by, today));
        return approved.Accepted && _channels.Count == 0 ? Finish(today) : approved;
    }

    /// <summary>Ticks one original channel off. The reparation is complete with the last one.</summary>
    internal Outcome<Reparation> Correct(PublicationChannel channel, DateOnly today)
    {
        if (_channels.SingleOrDefault(each => each.Channel == channel) is not { } shown)
        {
            return new Refusal(
                "channel-not-original",
                "该渠道未公示过本条目；更正声明应通过原公示渠道发布。",
                "The entry was not published on that channel; the correction goes to the original channels.",
                Clause.R("3.5.7.d"),
                "channel");
        }

        if (shown.CorrectedOn is not null)
        {
            return new Refusal("correction-already-carried", "该渠道已发布更正声明。", "That channel carries the correction already.", Clause.R("3.5.7.d"));
        }

        var corrected = Fire(ReparationTrigger.Correct, () => shown.Correct(today));
        return corrected.Accepted && _channels.TrueForAll(each => each.CorrectedOn is not null) ? Finish(today) : corrected;
    }

    private Outcome<Reparation> Finish(DateOnly today) => Fire(ReparationTrigger.Finish, () => DoneOn = today);

    private Outcome<Reparation> Fire(ReparationTrigger on, Action effect) => ReparationLifecycle.Table.Fire(State, on).Then<Reparation>(move =>
    {
        State = move.To;
        effect();
        Announce(new ReparationMoved(Id, EntryId, SubjectId, on, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
        return this;
    });
}

/// <summary>A wrong punish entry is to be made good.</summary>
[WireName("reparation.ordered.v1")]
public sealed record ReparationOrdered(Guid ReparationId, Guid EntryId, Guid SubjectId, string Recogniser);

/// <summary>A reparation moved.</summary>
[WireName("reparation.moved.v1")]
public sealed record ReparationMoved(Guid ReparationId, Guid EntryId, Guid SubjectId, ReparationTrigger On, ReparationState To);
