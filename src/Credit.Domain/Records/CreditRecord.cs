using Credit.Domain.Policy;

namespace Credit.Domain.Records;

/// <summary>What a credit record is about. Licences and penalties have files and tables of their own (双公示).</summary>
public enum RecordKind
{
    /// <summary>登记类信息.</summary>
    Registration,

    /// <summary>刑事处罚.</summary>
    CriminalPunishment,

    /// <summary>行政强制.</summary>
    Coercion,

    /// <summary>行政确认.</summary>
    Confirmation,

    /// <summary>行政检查, 执法检查.</summary>
    Inspection,

    /// <summary>行政征收.</summary>
    Collection,

    /// <summary>行政奖励, and commendations by party, government, associations and social organisations.</summary>
    Commendation,

    /// <summary>行政给付.</summary>
    Payment,

    /// <summary>拒不履行生效裁决, 司法判决, 强制执行.</summary>
    UnfulfilledJudgment,

    /// <summary>约谈 and what came of it (R-3.4.2.e).</summary>
    Interview,

    /// <summary>A commitment that was kept or broken (R-3.3.1.d, R-3.3.2.c).</summary>
    Commitment,

    /// <summary>行业: a sanction of an association against its own member (R-3.4.4.a).</summary>
    IndustrySanction,

    /// <summary>Something else by law or 规范性文件.</summary>
    Other,
}

/// <summary>Where a credit record stands.</summary>
public enum RecordState
{
    /// <summary>Counts.</summary>
    Current,

    /// <summary>Found wrong: counts as never made (I50), kept for the log.</summary>
    Annulled,

    /// <summary>A later version under the same number took its place; kept as it was (I86).</summary>
    Corrected,
}

/// <summary>What moves a credit record.</summary>
public enum RecordTrigger
{
    /// <summary>Its provider or a decision found it wrong.</summary>
    Annul,

    /// <summary>Its provider states it anew under the same number.</summary>
    Correct,
}

/// <summary>The life of a credit record.</summary>
public static class CreditRecordLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<RecordState, RecordTrigger> Table = new("Credit record", RecordState.Current,
        (RecordState.Current, RecordTrigger.Annul, RecordState.Annulled, "R-3.5.7.b"),
        (RecordState.Current, RecordTrigger.Correct, RecordState.Corrected, "R-3.1.1.a"));
}

/// <summary>信用记录: something a department found or did about a subject in the course of its duties (R-3.1.1.a, R-3.2.1.b).</summary>
public sealed class CreditRecord : Aggregate
{
    private CreditRecord()
    {
    }

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; private set; }

    /// <summary>What it is about.</summary>
    public RecordKind Kind { get; private init; }

    /// <summary>Speaks against the subject (不良信用记录): counts for "no negative record" (R-3.3.2.b, I50).</summary>
    public bool Negative { get; private init; }

    /// <summary>Item of the catalogue it is collected under.</summary>
    public string CatalogueItem { get; private init; } = "";

    /// <summary>Key of the department or association it comes from.</summary>
    public string Provider { get; private init; } = "";

    /// <summary>System it was made in; empty when it was made here.</summary>
    public string SourceSystem { get; private init; } = "";

    /// <summary>What it follows from here, for example an interview or commitment; one source yields one record of a kind (I64, I51).</summary>
    public Guid? SourceId { get; private init; }

    /// <summary>Number of the document, unique for its provider; null when there is none (I86).</summary>
    public string? DocumentNumber { get; private set; }

    /// <summary>What happened, without personal numbers.</summary>
    public string Text { get; private set; } = "";

    /// <summary>形成日期: starts the reporting term.</summary>
    public DateOnly FormedOn { get; private init; }

    /// <summary>Day it reached the platform.</summary>
    public DateOnly ReceivedOn { get; private init; }

    /// <summary>Last day to report it (I27).</summary>
    public DateOnly Due { get; private init; }

    /// <summary>Reached the platform after that day; stored, never edited away.</summary>
    public bool Late { get; private init; }

    /// <summary>Where it stands.</summary>
    public RecordState State { get; private set; }

    /// <summary>Day it was found wrong, or a later version took its place.</summary>
    public DateOnly? AnnulledOn { get; private set; }

    /// <summary>Why it was found wrong; null while it was not, and where a decision of the platform did it.</summary>
    public string? AnnulReason { get; private set; }

    /// <summary>Sanction of an association; null on records of other kinds (R-3.4.4.a).</summary>
    public SanctionKind? Sanction { get; private init; }

    /// <summary>Last day shown to the public; null where it is not published (R-3.1.4.h).</summary>
    public DateOnly? PublicUntil { get; private set; }

    /// <summary>Last day it is to be shown to the public, as its provider asks; shown once a second officer agreed.</summary>
    public DateOnly? PublicAskedUntil { get; private set; }

    /// <summary>Account that agreed to the publication; null until then.</summary>
    public string? PublishedBy { get; private set; }

    /// <summary>How it came here.</summary>
    public RecordOrigin Origin { get; private init; }

    /// <summary>Submission or file it came with, or what the platform formed for its provider that day (I90).</summary>
    public Guid BatchId { get; private init; }

    /// <summary>Account that stated it; empty when the platform formed it.</summary>
    public string RecordedBy { get; private init; } = "";

    /// <summary>Revision, counted from 1: a correction is the next one (I86).</summary>
    public int Revision { get; private init; } = 1;

    /// <summary>The revision before; null on the first.</summary>
    public Guid? ReplacesId { get; private init; }

    /// <summary>Day on which its subject, number and text were removed, because its retention was over (I91); null while it has them.</summary>
    public DateOnly? AnonymisedOn { get; private set; }

    /// <summary>A record that the platform itself forms from a step of its own, on the day of the step.</summary>
    internal static CreditRecord FromStep(
        Guid subjectId, RecordKind kind, bool negative, string catalogueItem, string provider, string text, DateOnly today, Guid sourceId, Clause clause)
    {
        var formed = new CreditRecord
        {
            SubjectId = subjectId,
            Kind = kind,
            Negative = negative,
            CatalogueItem = catalogueItem,
            Provider = provider,
            SourceId = sourceId,
            Origin = RecordOrigin.Platform,
            BatchId = PlatformBatch.Of(provider, today),
            Text = text,
            FormedOn = today,
            ReceivedOn = today,
            Due = today,
        };
        return formed.Formed(clause);
    }

    /// <summary>A record that a department or association states.</summary>
    /// <param name="statement">What it states; checked before.</param>
    /// <param name="item">Item it is collected under.</param>
    /// <param name="receivedOn">Day it reached the platform.</param>
    /// <param name="due">Last day to report it.</param>
    internal static CreditRecord Form(RecordStatement statement, CatalogueItem item, DateOnly receivedOn, DateOnly due) =>
        Of(statement, item, receivedOn, due, before: null).Formed(Clause.R("3.1.1.a"));

    /// <summary>True when this record says exactly that: stating it again changes nothing (I85).</summary>
    internal bool Says(RecordStatement statement) =>
        (SubjectId, Kind, Negative, Text, FormedOn, SourceSystem, PublicAskedUntil, Sanction)
        == (statement.Subject.Id, statement.Kind, statement.Negative, statement.Text, statement.FormedOn, statement.SourceSystem, statement.PublicUntil, statement.Sanction);

    /// <summary>A later version of this record takes its place. When it reached the platform, and that it was late, stays (I27, I86).</summary>
    /// <returns>The new version; this one is to be saved before it.</returns>
    internal Outcome<CreditRecord> Correct(RecordStatement statement, CatalogueItem item, DateOnly today, DateOnly due)
    {
        if (statement.Subject.Id != SubjectId)
        {
            return new Refusal(
                "record-number-taken", "该文号已用于另一主体的记录。", "The number is that of a record about another subject.", Clause.Standard("I86"), "documentNumber");
        }

        return CreditRecordLifecycle.Table.Fire(State, RecordTrigger.Correct).Then<CreditRecord>(move =>
        {
            var next = Of(statement, item, ReceivedOn, due, before: this).Formed(Clause.R("3.1.1.a"));
            (State, AnnulledOn) = (move.To, today);
            Announce(new RecordCorrected(Id, next.Id, SubjectId, Provider), new Clause(Clause.Rencheng2019Document, move.Clause));
            return next;
        });
    }

    /// <summary>Found wrong by a decision of the platform: it counts as never made.</summary>
    internal Outcome<CreditRecord> Annul(DateOnly today) => Annul(null, today);

    /// <summary>Found wrong by its provider, by another officer than the one who stated it (I84).</summary>
    internal Outcome<CreditRecord> Annul(string reason, string by, DateOnly today)
    {
        Refusal?[] against =
        [
            by == RecordedBy ? new("four-eyes", "撤销须由另一名工作人员决定。", "Another officer decides on the annulment.", Clause.Standard("I84")) : null,
            string.IsNullOrWhiteSpace(reason) ? new("annul-reason-missing", "请说明撤销理由。", "State why the record is wrong.", Clause.R("3.5.7.b"), "reason") : null,
            TextLength.Against(reason, TextLength.Text, "reason"),
        ];
        var refusals = against.OfType<Refusal>().ToArray();
        return refusals.Length > 0 ? Outcome<CreditRecord>.Refused(refusals) : Annul(reason, today);
    }

    /// <summary>A second officer agrees that it is shown to the public until the day asked for (I84).</summary>
    internal Outcome<CreditRecord> Publish(string by)
    {
        if (State != RecordState.Current || PublicAskedUntil is not { } until || PublicUntil is not null)
        {
            return new Refusal("publication-not-asked", "该记录没有待审定的公开申请。", "No publication of the record waits for a decision.", Clause.R("3.1.4.f"));
        }

        if (by == RecordedBy)
        {
            return new Refusal("four-eyes", "报送人不得审定本记录的公开。", "Who stated the record does not decide on its publication.", Clause.Standard("I84"));
        }

        (PublicUntil, PublishedBy) = (until, by);
        Announce(new RecordPublished(Id, SubjectId, Provider, until), Clause.R("3.1.4.f"));
        return this;
    }

    /// <summary>Its retention is over: subject, number and text go, kind, provider and days stay, so that counts do (I91).</summary>
    /// <param name="nobody">The subject that stands for everybody whose retention is over.</param>
    /// <param name="retentionMonths">Months of retention after it ceased to count.</param>
    /// <param name="today">Today in the district.</param>
    internal Outcome<CreditRecord> Anonymise(Guid nobody, int retentionMonths, DateOnly today)
    {
        if (AnonymisedOn is not null || AnnulledOn is not { } ended || today <= ended.AddMonths(retentionMonths))
        {
            return Retention.NotOver;
        }

        (SubjectId, DocumentNumber, Text, AnnulReason, PublicUntil, PublicAskedUntil, AnonymisedOn) = (nobody, null, "", null, null, null, today);
        Announce(new RecordAnonymised(Id, Kind, Provider), Clause.Standard("I91"));
        return this;
    }

    private static CreditRecord Of(RecordStatement statement, CatalogueItem item, DateOnly receivedOn, DateOnly due, CreditRecord? before) => new()
    {
        SubjectId = statement.Subject.Id,
        Kind = statement.Kind,
        Negative = statement.Negative,
        CatalogueItem = item.Key,
        Provider = statement.Provider,
        SourceSystem = statement.SourceSystem,
        DocumentNumber = statement.DocumentNumber,
        Text = statement.Text,
        FormedOn = statement.FormedOn,
        ReceivedOn = receivedOn,
        Due = due,
        Late = receivedOn > due || before is { Late: true },
        Sanction = statement.Sanction,
        PublicAskedUntil = statement.PublicUntil,
        Origin = statement.Origin,
        BatchId = statement.BatchId,
        RecordedBy = statement.RecordedBy,
        Revision = (before?.Revision ?? 0) + 1,
        ReplacesId = before?.Id,
    };

    private CreditRecord Formed(Clause clause)
    {
        Announce(new RecordFormed(Id, SubjectId, Kind, Negative, Provider, FormedOn), clause);
        return this;
    }

    private Outcome<CreditRecord> Annul(string? reason, DateOnly today) =>
        CreditRecordLifecycle.Table.Fire(State, RecordTrigger.Annul).Then<CreditRecord>(move =>
        {
            (State, AnnulledOn, AnnulReason) = (move.To, today, reason);
            Announce(new RecordAnnulled(Id, SubjectId, Kind, Provider), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });
}
