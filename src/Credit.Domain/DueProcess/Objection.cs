using Credit.Domain.Policy;

namespace Credit.Domain.DueProcess;

/// <summary>Who raised the doubt (R-3.5.7.a).</summary>
public enum ObjectionOrigin
{
    /// <summary>异议 by the subject.</summary>
    Objection,

    /// <summary>投诉.</summary>
    Complaint,

    /// <summary>Found by the department itself.</summary>
    SelfFound,
}

/// <summary>An objection, complaint or self-found doubt about an entry, before or after it is in force.</summary>
public sealed class Objection : Aggregate
{
    private Objection()
    {
    }

    /// <summary>The entry.</summary>
    public Guid EntryId { get; private init; }

    /// <summary>The subject of the entry.</summary>
    [GoneAfterRetention]
    public Guid SubjectId { get; private init; }

    /// <summary>The measure doubted; null when the doubt is about the entry itself.</summary>
    public Guid? TaskId { get; private init; }

    /// <summary>Department that verifies: the recogniser, or who carries the doubted measure out (R-3.5.7.b).</summary>
    public string Handler { get; private init; } = "";

    /// <summary>Who raised it.</summary>
    public ObjectionOrigin Origin { get; private init; }

    /// <summary>Raised before recognition.</summary>
    public bool BeforeRecognition { get; private init; }

    /// <summary>The grounds.</summary>
    [GoneAfterRetention]
    public string Grounds { get; private init; } = "";

    /// <summary>Account that filed it.</summary>
    [GoneAfterRetention]
    public string FiledBy { get; private init; } = "";

    /// <summary>Day filed.</summary>
    public DateOnly FiledOn { get; private init; }

    /// <summary>Last day to take it up.</summary>
    public DateOnly AcceptDue { get; private set; }

    /// <summary>Last day to conclude; null until taken up.</summary>
    public DateOnly? DecideDue { get; private set; }

    /// <summary>The term was extended, which is possible once.</summary>
    public bool Extended { get; private set; }

    /// <summary>Where it stands.</summary>
    public ObjectionState State { get; private set; }

    /// <summary>Written finding.</summary>
    [GoneAfterRetention]
    public string? Finding { get; private set; }

    /// <summary>Account that concluded it.</summary>
    public string? ConcludedBy { get; private set; }

    /// <summary>Day concluded.</summary>
    public DateOnly? ConcludedOn { get; private set; }

    /// <summary>Answer given to the person who reported (I57).</summary>
    [GoneAfterRetention]
    public string? AnswerToReporter { get; private set; }

    /// <summary>Answer given to the subject (I57).</summary>
    [GoneAfterRetention]
    public string? AnswerToSubject { get; private set; }

    internal static Outcome<Objection> File(
        Listing.ListEntry entry, ObjectionOrigin origin, string grounds, string by, DateOnly today, DateOnly acceptDue, bool beforeRecognition,
        Enforcement.MeasureTask? task = null)
    {
        if (string.IsNullOrWhiteSpace(grounds))
        {
            return new Refusal("grounds-missing", "请说明异议理由。", "State the grounds.", Clause.R("3.5.7.a"), "grounds");
        }

        if (TextLength.Against(grounds, TextLength.Text, "grounds") is { } tooLong)
        {
            return tooLong;
        }

        var objection = new Objection
        {
            EntryId = entry.Id,
            SubjectId = entry.SubjectId,
            TaskId = task?.Id,
            Handler = task?.Department ?? entry.Recogniser,
            Origin = origin,
            BeforeRecognition = beforeRecognition,
            Grounds = grounds,
            FiledBy = by,
            FiledOn = today,
            AcceptDue = acceptDue,
        };
        objection.Announce(new ObjectionFiled(objection.Id, entry.Id, entry.SubjectId, objection.Handler, origin), Clause.R("3.5.7.a"));
        return objection;
    }

    internal Outcome<Objection> Accept(DateOnly decideDue) => Fire(ObjectionTrigger.Accept, () => DecideDue = decideDue);

    /// <summary>Does not take it up: decided by the same people who may conclude (I59).</summary>
    internal Outcome<Objection> Dismiss(Listing.ListEntry entry, string finding, string by, DateOnly today)
    {
        Refusal[] refusals = [.. AgainstDecider(entry, by)];
        if (string.IsNullOrWhiteSpace(finding))
        {
            refusals = [.. refusals, new("finding-missing", "请写明不予受理的理由。", "State in writing why it is not taken up.", Clause.R("3.5.7.b"), "finding")];
        }

        return refusals.Length > 0 ? Outcome<Objection>.Refused(refusals) : Fire(ObjectionTrigger.Dismiss, () => Conclude(finding, by, today));
    }

    internal Outcome<Objection> Extend(DateOnly decideDue)
    {
        if (State != ObjectionState.Accepted || Extended)
        {
            return new Refusal("extension-used", "核实期限只可延长一次，且须在核实期间。", "The term can be extended once, while verification runs.", Clause.R("3.5.7.b"));
        }

        Extended = true;
        DecideDue = decideDue;
        Announce(new ObjectionMoved(Id, EntryId, SubjectId, State), Clause.R("3.5.7.b"));
        return this;
    }

    /// <summary>Concludes by the recogniser's approver who did not recognise the entry (I56, I59).</summary>
    internal Outcome<Objection> Conclude(ObjectionTrigger on, Listing.ListEntry entry, string finding, string by, DateOnly today)
    {
        List<Refusal> refusals = [];
        if (string.IsNullOrWhiteSpace(finding))
        {
            refusals.Add(new("finding-missing", "请写明核实结论。", "State the finding in writing.", Clause.R("3.2.2.c"), "finding"));
        }

        refusals.AddRange(AgainstDecider(entry, by));
        return refusals.Count > 0 ? Outcome<Objection>.Refused(refusals) : Fire(on, () => Conclude(finding, by, today));
    }

    private IEnumerable<Refusal> AgainstDecider(Listing.ListEntry entry, string by)
    {
        if (by == entry.ProposedBy || by == entry.RecognisedBy || by == FiledBy)
        {
            yield return new(
                "four-eyes",
                "提议人、认定人、提出人不得对异议作出决定。",
                "Who proposed or recognised the entry, or raised the doubt, does not decide on it.",
                Clause.Standard("I59"));
        }
    }

    /// <summary>Moves the last day to take the objection up, or to conclude it, after the calendar changed (I32).</summary>
    internal void MoveDue(DateOnly due, bool ofConclusion)
    {
        if (ofConclusion)
        {
            DecideDue = due;
        }
        else
        {
            AcceptDue = due;
        }

        Announce(new ObjectionDueMoved(Id, EntryId, SubjectId, due, ofConclusion), Clause.Standard("I32"));
    }

    private void Conclude(string finding, string by, DateOnly today)
    {
        Finding = finding;
        ConcludedBy = by;
        ConcludedOn = today;
        AnswerToReporter = finding;
        AnswerToSubject = finding;
    }

    private Outcome<Objection> Fire(ObjectionTrigger on, Action effect) =>
        ObjectionLifecycle.Table.Fire(State, on).Then<Objection>(move =>
        {
            State = move.To;
            effect();
            Announce(new ObjectionMoved(Id, EntryId, SubjectId, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });
}

/// <summary>A doubt was raised.</summary>
[WireName("objection.filed.v1")]
public sealed record ObjectionFiled(Guid ObjectionId, Guid EntryId, Guid SubjectId, string Handler, ObjectionOrigin Origin);

/// <summary>An objection moved; conclusions are answered to both parties (I57).</summary>
[WireName("objection.moved.v1")]
public sealed record ObjectionMoved(Guid ObjectionId, Guid EntryId, Guid SubjectId, ObjectionState To);

/// <summary>The calendar changed, and with it the last day to take up, or to conclude.</summary>
[WireName("objection.due-moved.v1")]
public sealed record ObjectionDueMoved(Guid ObjectionId, Guid EntryId, Guid SubjectId, DateOnly Due, bool OfConclusion);
