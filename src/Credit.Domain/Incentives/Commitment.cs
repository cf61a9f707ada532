using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Incentives;

/// <summary>What a commitment is about (R-3.3.1.d).</summary>
public enum CommitmentKind
{
    /// <summary>综合信用承诺.</summary>
    Comprehensive,

    /// <summary>产品服务质量专项承诺.</summary>
    ProductQuality,

    /// <summary>容缺受理承诺.</summary>
    MissingPapers,

    /// <summary>信用修复承诺.</summary>
    Repair,

    /// <summary>标准自我声明公开.</summary>
    StandardDeclaration,
}

/// <summary>Where a commitment stands.</summary>
public enum CommitmentState
{
    /// <summary>Made, and to be kept.</summary>
    Made,

    /// <summary>Kept.</summary>
    Kept,

    /// <summary>Broken: one credit record says so (I51).</summary>
    Broken,
}

/// <summary>What moves a commitment.</summary>
public enum CommitmentTrigger
{
    /// <summary>Found kept.</summary>
    Keep,

    /// <summary>Found broken.</summary>
    Break,
}

/// <summary>The life of a commitment.</summary>
public static class CommitmentLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<CommitmentState, CommitmentTrigger> Table = new("Credit commitment", CommitmentState.Made,
        (CommitmentState.Made, CommitmentTrigger.Keep, CommitmentState.Kept, "R-3.3.1.d"),
        (CommitmentState.Made, CommitmentTrigger.Break, CommitmentState.Broken, "R-3.3.1.d"));
}

/// <summary>信用承诺 of a subject before a department (R-3.1.6.b, R-3.3.1.d).</summary>
public sealed class Commitment : Aggregate
{
    private Commitment()
    {
    }

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; private init; }

    /// <summary>Kind of subject.</summary>
    public SubjectKind SubjectKind { get; private init; }

    /// <summary>Name of the subject when it made it.</summary>
    public string SubjectName { get; private init; } = "";

    /// <summary>Unified code; null for natural persons.</summary>
    public string? SubjectCode { get; private init; }

    /// <summary>What it is about.</summary>
    public CommitmentKind Kind { get; private init; }

    /// <summary>What is committed to.</summary>
    public string Text { get; private init; } = "";

    /// <summary>Key of the department it is made before, which finds it kept or broken.</summary>
    public string Department { get; private init; } = "";

    /// <summary>Account that made or recorded it; never the one that finds it broken (I84).</summary>
    public string RecordedBy { get; private init; } = "";

    /// <summary>Made by the subject itself, not recorded by an officer from paper.</summary>
    public bool BySubject { get; private init; }

    /// <summary>Day it was made.</summary>
    public DateOnly MadeOn { get; private init; }

    /// <summary>Where it stands.</summary>
    public CommitmentState State { get; private set; }

    /// <summary>What the department found.</summary>
    public string? Finding { get; private set; }

    /// <summary>Day it was found kept or broken.</summary>
    public DateOnly? FoundOn { get; private set; }

    /// <summary>Account that found it; empty when a term that passed did.</summary>
    public string? FoundBy { get; private set; }

    /// <summary>Last day a broken one is shown in public (R-3.1.4.h); null unless broken.</summary>
    public DateOnly? PublicUntil { get; private set; }

    internal static Outcome<Commitment> Make(Subject subject, CommitmentKind kind, string text, string department, string by, bool bySubject, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new Refusal("commitment-text-missing", "请写明承诺内容。", "State what is committed to.", Clause.R("3.3.1.d"), "text");
        }

        if (TextLength.Against(text, TextLength.Text, "text") is { } tooLong)
        {
            return tooLong;
        }

        var made = new Commitment
        {
            SubjectId = subject.Id,
            SubjectKind = subject.Kind,
            SubjectName = subject.Name,
            SubjectCode = subject.Code,
            Kind = kind,
            Text = text,
            Department = department,
            RecordedBy = by,
            BySubject = bySubject,
            MadeOn = today,
        };
        made.Announce(new CommitmentMade(made.Id, subject.Id, kind, department), Clause.R("3.3.1.d"));
        return made;
    }

    /// <summary>Found kept.</summary>
    internal Outcome<Commitment> Keep(string finding, string by, DateOnly today) =>
        Against(finding) is { } missing ? missing : Fire(CommitmentTrigger.Keep, () => (Finding, FoundBy, FoundOn) = (finding, by, today));

    /// <summary>Found broken; the caller forms the one credit record of it in the same transaction.</summary>
    /// <param name="finding">What was broken.</param>
    /// <param name="by">Who found it; empty where a term that passed did.</param>
    /// <param name="today">Today in the district.</param>
    /// <param name="publicUntil">Last day it is shown.</param>
    internal Outcome<Commitment> Break(string finding, string by, DateOnly today, DateOnly publicUntil) => (Against(finding), by == RecordedBy) switch
    {
        ({ } missing, _) => missing,
        (_, true) => new Refusal("four-eyes", "登记承诺的人不得认定违诺。", "Who recorded the commitment does not find it broken.", Clause.Standard("I84")),
        _ => Fire(CommitmentTrigger.Break, () => (Finding, FoundBy, FoundOn, PublicUntil) = (finding, by, today, publicUntil)),
    };

    private static Refusal? Against(string finding) => string.IsNullOrWhiteSpace(finding)
        ? new("finding-missing", "请写明理由。", "State the reason in writing.", Clause.R("3.3.1.d"), "finding")
        : TextLength.Against(finding, TextLength.Text, "finding");

    private Outcome<Commitment> Fire(CommitmentTrigger on, Action effect) =>
        CommitmentLifecycle.Table.Fire(State, on).Then<Commitment>(move =>
        {
            State = move.To;
            effect();
            Announce(new CommitmentMoved(Id, SubjectId, Kind, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });
}
