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
}

/// <summary>What moves a credit record.</summary>
public enum RecordTrigger
{
    /// <summary>Its provider or a decision found it wrong.</summary>
    Annul,
}

/// <summary>The life of a credit record.</summary>
public static class CreditRecordLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<RecordState, RecordTrigger> Table = new("Credit record", RecordState.Current,
        (RecordState.Current, RecordTrigger.Annul, RecordState.Annulled, "R-3.5.7.b"));
}

/// <summary>信用记录: something a department found or did about a subject in the course of its duties (R-3.1.1.a, R-3.2.1.b).</summary>
public sealed class CreditRecord : Aggregate
{
    private CreditRecord()
    {
    }

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; private init; }

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
    public string? DocumentNumber { get; private init; }

    /// <summary>What happened, without personal numbers.</summary>
    public string Text { get; private init; } = "";

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

    /// <summary>Day it was found wrong.</summary>
    public DateOnly? AnnulledOn { get; private set; }

    /// <summary>Forms a record.</summary>
    internal static CreditRecord Form(
        Guid subjectId, RecordKind kind, bool negative, string catalogueItem, string provider, string text, DateOnly formedOn, DateOnly receivedOn, DateOnly due,
        Guid? sourceId, string? documentNumber, string sourceSystem, Clause clause)
    {
        var formed = new CreditRecord
        {
            SubjectId = subjectId,
            Kind = kind,
            Negative = negative,
            CatalogueItem = catalogueItem,
            Provider = provider,
            SourceSystem = sourceSystem,
            SourceId = sourceId,
            DocumentNumber = documentNumber,
            Text = text,
            FormedOn = formedOn,
            ReceivedOn = receivedOn,
            Due = due,
            Late = receivedOn > due,
        };
        formed.Announce(new RecordFormed(formed.Id, subjectId, kind, negative, provider, formedOn), clause);
        return formed;
    }

    /// <summary>A record that the platform itself forms from a step of its own, on the day of the step.</summary>
    internal static CreditRecord FromStep(
        Guid subjectId, RecordKind kind, bool negative, string catalogueItem, string provider, string text, DateOnly today, Guid sourceId, Clause clause) =>
        Form(subjectId, kind, negative, catalogueItem, provider, text, today, today, today, sourceId, documentNumber: null, sourceSystem: "", clause);

    /// <summary>Found wrong: it counts as never made.</summary>
    internal Outcome<CreditRecord> Annul(DateOnly today) =>
        CreditRecordLifecycle.Table.Fire(State, RecordTrigger.Annul).Then<CreditRecord>(move =>
        {
            (State, AnnulledOn) = (move.To, today);
            Announce(new RecordAnnulled(Id, SubjectId, Kind, Provider), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });
}
