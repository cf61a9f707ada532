using Credit.Domain.Policy;

namespace Credit.Domain.DueProcess;

/// <summary>A department wrote a notice to a subject.</summary>
[WireName("notice.issued.v1")]
public sealed record NoticeIssued(Guid NoticeId, Guid SubjectId, NoticeKind Kind, Guid AboutId, string Issuer);

/// <summary>A notice reached its subject, or was answered by it.</summary>
[WireName("notice.moved.v1")]
public sealed record NoticeMoved(Guid NoticeId, Guid SubjectId, NoticeState To);

/// <summary>A document to a subject, with its delivery record and the subject's answer (R-3.2.2.d, R-3.5.5.d, R-3.5.7.b).</summary>
public sealed class Notice : Aggregate
{
    private Notice()
    {
    }

    /// <summary>Whom it is for.</summary>
    [GoneAfterRetention]
    public Guid SubjectId { get; private init; }

    /// <summary>What it tells.</summary>
    public NoticeKind Kind { get; private init; }

    /// <summary>What it is about: entry, objection, rectification, …</summary>
    public Guid AboutId { get; private init; }

    /// <summary>Key of the department that speaks.</summary>
    public string Issuer { get; private init; } = "";

    /// <summary>Title.</summary>
    [GoneAfterRetention]
    public string Title { get; private init; } = "";

    /// <summary>Text of the document, in Chinese, without personal numbers.</summary>
    [GoneAfterRetention]
    public string Text { get; private init; } = "";

    /// <summary>Day it was written.</summary>
    public DateOnly IssuedOn { get; private init; }

    /// <summary>First day it holds; null when it states none.</summary>
    public DateOnly? ValidFrom { get; private init; }

    /// <summary>Last day it holds, for a warning the end of the watch term (I26); null when it states none.</summary>
    public DateOnly? ValidTo { get; private init; }

    /// <summary>Where it stands.</summary>
    public NoticeState State { get; private set; }

    /// <summary>Day it was delivered.</summary>
    public DateOnly? DeliveredOn { get; private set; }

    /// <summary>How.</summary>
    public DeliveryWay? DeliveredBy { get; private set; }

    /// <summary>Document that shows the delivery; empty when the platform delivered it.</summary>
    [GoneAfterRetention]
    public string DeliveryEvidence { get; private set; } = "";

    /// <summary>What the subject answered.</summary>
    [GoneAfterRetention]
    public string? Reply { get; private set; }

    /// <summary>Day of the answer.</summary>
    public DateOnly? RepliedOn { get; private set; }

    /// <summary>Writes a notice.</summary>
    internal static Notice Issue(
        Guid subjectId, NoticeKind kind, Guid aboutId, string issuer, string title, string text, DateOnly today, Validity? validity, Clause clause)
    {
        var issued = new Notice
        {
            SubjectId = subjectId,
            Kind = kind,
            AboutId = aboutId,
            Issuer = issuer,
            Title = title,
            Text = text,
            IssuedOn = today,
            ValidFrom = validity?.From,
            ValidTo = validity?.To,
        };
        issued.Announce(new NoticeIssued(issued.Id, subjectId, kind, aboutId, issuer), clause);
        return issued;
    }

    /// <summary>Delivered, on a day from its issue to today.</summary>
    internal Outcome<Notice> Deliver(DeliveryWay way, DateOnly on, string evidence, DateOnly today)
    {
        List<Refusal> refusals = [];
        if (on < IssuedOn || on > today)
        {
            refusals.Add(new(
                "delivery-day", "送达日期应在制发之后、今日之前。", "The day of delivery lies between issue and today.", Clause.R("3.2.2.d"), "deliveredOn"));
        }

        if (way != DeliveryWay.Platform && string.IsNullOrWhiteSpace(evidence))
        {
            refusals.Add(new("delivery-evidence", "请注明送达回证。", "Name the document that shows the delivery.", Clause.R("3.2.2.d"), "evidence"));
        }

        if (TextLength.Against(evidence, TextLength.Name, "evidence") is { } tooLong)
        {
            refusals.Add(tooLong);
        }

        return refusals.Count > 0 ? Outcome<Notice>.Refused(refusals) : Fire(NoticeTrigger.Deliver, () =>
            (DeliveredOn, DeliveredBy, DeliveryEvidence) = (on, way, evidence));
    }

    /// <summary>The subject answers.</summary>
    internal Outcome<Notice> Answer(string reply, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(reply))
        {
            return new Refusal("reply-missing", "请填写答复内容。", "State your answer.", Clause.R("3.2.2.c"), "reply");
        }

        return TextLength.Against(reply, TextLength.Text, "reply") is { } tooLong
            ? tooLong
            : Fire(NoticeTrigger.Answer, () => (Reply, RepliedOn) = (reply, today));
    }

    private Outcome<Notice> Fire(NoticeTrigger on, Action effect) => NoticeLifecycle.Table.Fire(State, on).Then<Notice>(move =>
    {
        State = move.To;
        effect();
        Announce(new NoticeMoved(Id, SubjectId, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
        return this;
    });
}
