using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.DueProcess;

/// <summary>A conclusion as the approver states it.</summary>
/// <param name="On">Upheld, corrected or revoked.</param>
/// <param name="Finding">Written finding.</param>
/// <param name="By">Account of the approver.</param>
/// <param name="Facts">The facts as corrected; null to leave them.</param>
/// <param name="ValidTo">Last day of the term as corrected; null to leave it.</param>
internal sealed record Conclusion(ObjectionTrigger On, string Finding, string By, string? Facts = null, DateOnly? ValidTo = null);

/// <summary>What follows from a conclusion.</summary>
/// <param name="Resumes">The measures of the entry go on.</param>
/// <param name="Wrong">Entries found wrong: they leave their lists in the same transaction.</param>
/// <param name="MakesGood">What the wrong entry did is made good.</param>
internal sealed record Consequence(bool Resumes, IReadOnlyList<ListEntry> Wrong, bool MakesGood)
{
    /// <summary>Nothing follows for the entry.</summary>
    public static readonly Consequence None = new(false, [], false);
}

/// <summary>What becomes of a doubted measure.</summary>
internal enum MeasureFate
{
    /// <summary>Stays as it is: ended, or resting for another reason.</summary>
    Unchanged,

    /// <summary>Goes on.</summary>
    GoesOn,

    /// <summary>Is withdrawn.</summary>
    Stops,
}

/// <summary>The way of a doubt about an entry, and what it does to the entry (R-3.2.2.c, R-3.5.7).</summary>
internal static class Verification
{
    /// <summary>Raises a doubt: before recognition within the answer period, later while the entry waits for its report or is in force.</summary>
    public static Outcome<Objection> File(ListEntry entry, ObjectionOrigin origin, string grounds, string by, DateOnly today, DateOnly acceptDue)
    {
        var early = entry.State is EntryState.Draft or EntryState.Noticed;
        if (!early && entry.State is not (EntryState.Active or EntryState.Recognised))
        {
            return new Refusal(
                "state-does-not-allow", "该条目当前状态不能提出异议。", "The entry's state does not allow an objection now.", Clause.R("3.5.7.a"));
        }

        if (early && entry.DefenceUntil is { } until && today > until)
        {
            return new Refusal("defence-period-over", "陈述申辩期已过。", "The answer period is over.", Clause.R("3.2.2.c"));
        }

        var filed = Objection.File(entry, origin, grounds, by, today, acceptDue, early);
        return filed.Accepted && early ? entry.ObjectBeforeRecognition().Then<Objection>(_ => filed) : filed;
    }

    /// <summary>Takes a doubt up: an entry in force is under verification from now on (I40).</summary>
    public static Outcome<Objection> Begin(Objection objection, ListEntry entry, DateOnly decideDue) =>
        objection.Accept(decideDue).Then(accepted => accepted.BeforeRecognition || entry.State == EntryState.Verifying
            ? accepted
            : entry.Verify().Then<Objection>(_ => accepted));

    /// <summary>Does not take a doubt up; one before recognition gives the proposal free.</summary>
    public static Outcome<Objection> Dismiss(Objection objection, ListEntry entry, string finding, string by, DateOnly today) =>
        objection.Dismiss(entry, finding, by, today).Then(dismissed => dismissed.BeforeRecognition && entry.State == EntryState.PreObjection
            ? entry.RejectEarlyObjection().Then<Objection>(_ => dismissed)
            : dismissed);

    /// <summary>Concludes, together with what the conclusion does to the entry at once (I56, I58).</summary>
    /// <param name="objection">The doubt.</param>
    /// <param name="entry">Its entry.</param>
    /// <param name="conclusion">The conclusion.</param>
    /// <param name="others">The other doubts about the entry.</param>
    /// <param name="followers">Entries that follow the entry.</param>
    /// <param name="standard">What the recognition standard has against the corrected term.</param>
    /// <param name="today">Today in the district.</param>
    public static Outcome<Consequence> Conclude(
        Objection objection, ListEntry entry, Conclusion conclusion, IEnumerable<Objection> others, IEnumerable<ListEntry> followers,
        IReadOnlyList<Refusal> standard, DateOnly today)
    {
        if (conclusion.On == ObjectionTrigger.Correct && (objection.BeforeRecognition || (conclusion.ValidTo is null && string.IsNullOrWhiteSpace(conclusion.Facts))))
        {
            return new Refusal(
                "corrected-facts-missing",
                "更正结论须给出更正后的事实或有效期，且仅适用于生效条目。",
                "A correction states the corrected facts or term, and is for entries in force.",
                Clause.R("3.5.7.b"),
                "correctedFacts");
        }

        return objection.Conclude(conclusion.On, entry, conclusion.Finding, conclusion.By, today).Then(_ => objection.BeforeRecognition
            ? FreeProposal(entry, conclusion)
            : conclusion.On == ObjectionTrigger.Revoke
                ? Revoke(entry, followers)
                : Confirm(entry, conclusion, others.Any(other => other.Id != objection.Id && other.State == ObjectionState.Accepted), standard, today));
    }

    /// <summary>Raises a doubt about one measure of an entry in force; whoever carries it out verifies (R-3.5.7.b).</summary>
    public static Outcome<Objection> FileAboutMeasure(
        ListEntry entry, MeasureTask task, ObjectionOrigin origin, string grounds, string by, DateOnly today, DateOnly acceptDue) =>
        task.Execution == TaskExecution.Ended
            ? new Refusal("state-does-not-allow", "该措施已停止，不能提出异议。", "The measure has stopped: there is nothing to object to.", Clause.R("3.5.7.a"))
            : Objection.File(entry, origin, grounds, by, today, acceptDue, beforeRecognition: false, task);

    /// <summary>What a conclusion about a measure does to it: it goes on, stops, or stays as the entry has it.</summary>
    /// <param name="objection">The doubt.</param>
    /// <param name="entry">The entry that obliges.</param>
    /// <param name="task">The measure.</param>
    /// <param name="conclusion">Upheld and corrected let the measure go on; revoked withdraws it. The entry is untouched.</param>
    /// <param name="othersOpen">Another doubt about the same measure is under verification.</param>
    /// <param name="today">Today in the district.</param>
    public static Outcome<MeasureFate> ConcludeMeasure(
        Objection objection, ListEntry entry, MeasureTask task, Conclusion conclusion, bool othersOpen, DateOnly today) =>
        objection.Conclude(conclusion.On, entry, conclusion.Finding, conclusion.By, today).Then<MeasureFate>(_ => task.Execution switch
        {
            TaskExecution.Ended => MeasureFate.Unchanged,
            _ when conclusion.On == ObjectionTrigger.Revoke => MeasureFate.Stops,
            TaskExecution.Suspended when !othersOpen && entry.State != EntryState.Verifying => MeasureFate.GoesOn,
            _ => MeasureFate.Unchanged,
        });

    private static Outcome<Consequence> FreeProposal(ListEntry entry, Conclusion conclusion) => entry.State != EntryState.PreObjection
        ? Consequence.None
        : (conclusion.On == ObjectionTrigger.Revoke ? entry.UpholdEarlyObjection() : entry.RejectEarlyObjection()).Then<Consequence>(_ => Consequence.None);

    private static Outcome<Consequence> Confirm(
        ListEntry entry, Conclusion conclusion, bool othersOpen, IReadOnlyList<Refusal> standard, DateOnly today)
    {
        var corrects = conclusion.On == ObjectionTrigger.Correct;
        if (!corrects && (othersOpen || entry.State != EntryState.Verifying))
        {
            return Consequence.None;
        }

        if (corrects && standard.Count > 0)
        {
            return Outcome<Consequence>.Refused(standard);
        }

        // An entry that left its list meanwhile is not corrected: the table of moves refuses. The correction takes effect at
        // once (I58); another open doubt keeps the entry under verification.
        var confirmed = corrects ? entry.Correct(conclusion.Facts, conclusion.ValidTo, today) : entry.ConfirmCorrect();
        return (othersOpen ? confirmed.Then(again => again.Verify()) : confirmed).Then<Consequence>(_ => new Consequence(!othersOpen, [], false));
    }

    // The term may have ended during verification and opened a watch entry: it rests on the same error and goes with it (I7).
    private static Outcome<Consequence> Revoke(ListEntry entry, IEnumerable<ListEntry> followers)
    {
        if (entry.State == EntryState.Verifying)
        {
            return new Consequence(false, [entry], true);
        }

        var wrong = followers
            .Where(each => each.PredecessorId == entry.Id && each.WatchReason == WatchReason.AfterBlack && each.State is EntryState.Active or EntryState.Verifying)
            .ToArray();
        Refusal[] refusals = [.. wrong.Where(watch => watch.State == EntryState.Active).SelectMany(watch => watch.Verify().Refusals)];
        return refusals.Length > 0 ? Outcome<Consequence>.Refused(refusals) : new Consequence(false, wrong, true);
    }
}
