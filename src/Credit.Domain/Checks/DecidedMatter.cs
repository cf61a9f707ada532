using Credit.Domain.Policy;

namespace Credit.Domain.Checks;

/// <summary>Why a decided matter counts as 应查未查 (I54).</summary>
public enum MissedCheck
{
    /// <summary>Decided without a query number.</summary>
    NoNumber,

    /// <summary>The number is none of this department's.</summary>
    NumberUnknown,

    /// <summary>The number stands for a check of another subject.</summary>
    OtherSubject,

    /// <summary>The number stands for a check for another matter: each is checked for itself.</summary>
    OtherMatter,

    /// <summary>Checked after the decision.</summary>
    AfterDecision,
}

/// <summary>A check as far as a matter needs it.</summary>
/// <param name="Department">Department that asked.</param>
/// <param name="Kind">Kind of matter it asked for.</param>
/// <param name="Reference">Reference number of the matter it asked for.</param>
/// <param name="Lookups">Keyed lookups of the subjects it asked about.</param>
/// <param name="AskedOn">Day it asked, in the district.</param>
public sealed record QueryMade(string Department, MatterKind Kind, string Reference, IReadOnlyList<string> Lookups, DateOnly AskedOn);

/// <summary>A matter about a subject as its department reports it.</summary>
public sealed record MatterReport
{
    /// <summary>Deciding department.</summary>
    public required string Department { get; init; }

    /// <summary>Kind of matter.</summary>
    public MatterKind Kind { get; init; }

    /// <summary>Reference number of the matter, or of its decision.</summary>
    public required string Reference { get; init; }

    /// <summary>The department's procedure.</summary>
    public required string Procedure { get; init; }

    /// <summary>The subject, when the register knows it.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>Keyed lookup of the subject's identifier.</summary>
    public required string SubjectLookup { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }

    /// <summary>Query number it states; null for none.</summary>
    public string? QueryNumber { get; init; }
}

/// <summary>A decision of a department in an embedded procedure, with the check before it or the flag that there was none (R-3.1.6.a, I54).</summary>
public sealed class DecidedMatter : Aggregate
{
    private DecidedMatter()
    {
    }

    /// <summary>Deciding department.</summary>
    public string Department { get; private init; } = "";

    /// <summary>Kind of matter.</summary>
    public MatterKind Kind { get; private init; }

    /// <summary>Reference number.</summary>
    public string Reference { get; private init; } = "";

    /// <summary>The department's procedure.</summary>
    public string Procedure { get; private init; } = "";

    /// <summary>The subject, when the register knew it.</summary>
    public Guid? SubjectId { get; private init; }

    /// <summary>Keyed lookup of the subject's identifier: finds it again, says nothing without the key.</summary>
    public string SubjectLookup { get; private init; } = "";

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; private init; }

    /// <summary>Day reported.</summary>
    public DateOnly ReportedOn { get; private init; }

    /// <summary>Account that reported it.</summary>
    public string ReportedBy { get; private init; } = "";

    /// <summary>Query number stated; null for none.</summary>
    public string? QueryNumber { get; private init; }

    /// <summary>Why it counts as 应查未查; null when it was checked.</summary>
    public MissedCheck? Missed { get; private init; }

    /// <summary>Reports a decided matter. That nobody checked is recorded, not refused: the decision was made.</summary>
    /// <param name="report">The matter.</param>
    /// <param name="query">The check its number stands for; null when the number is unknown or missing.</param>
    /// <param name="by">Account that reports.</param>
    /// <param name="today">Today in the district.</param>
    internal static Outcome<DecidedMatter> Report(MatterReport report, QueryMade? query, string by, DateOnly today)
    {
        Refusal[] refusals = [.. Against(report, today)];
        if (refusals.Length > 0)
        {
            return Outcome<DecidedMatter>.Refused(refusals);
        }

        var matter = new DecidedMatter
        {
            Department = report.Department,
            Kind = report.Kind,
            Reference = report.Reference,
            Procedure = report.Procedure,
            SubjectId = report.SubjectId,
            SubjectLookup = report.SubjectLookup,
            DecidedOn = report.DecidedOn,
            ReportedOn = today,
            ReportedBy = by,
            QueryNumber = report.QueryNumber,
            Missed = MissedBy(report, query),
        };
        matter.Announce(new MatterDecided(matter.Id, matter.Department, matter.Kind, matter.DecidedOn, matter.Missed), Clause.R("3.1.6.a"));
        return matter;
    }

    /// <summary>Why the matter counts as 应查未查; null when the check before it was its own.</summary>
    internal static MissedCheck? MissedBy(MatterReport report, QueryMade? query) => query switch
    {
        null when string.IsNullOrWhiteSpace(report.QueryNumber) => MissedCheck.NoNumber,
        null => MissedCheck.NumberUnknown,
        _ when query.Department != report.Department => MissedCheck.NumberUnknown,
        _ when !query.Lookups.Contains(report.SubjectLookup) => MissedCheck.OtherSubject,
        _ when query.Kind != report.Kind || query.Reference.Trim() != report.Reference.Trim() => MissedCheck.OtherMatter,
        _ when query.AskedOn > report.DecidedOn => MissedCheck.AfterDecision,
        _ => null,
    };

    private static IEnumerable<Refusal> Against(MatterReport report, DateOnly today)
    {
        foreach (var refusal in MatterText.Against(report.Reference, report.Procedure))
        {
            yield return refusal;
        }

        if (report.DecidedOn > today)
        {
            yield return new("matter-in-future", "决定日期不得晚于今日。", "The day of the decision cannot lie after today.", Clause.R("3.1.6.a"), "decidedOn");
        }

        if (TextLength.Against(report.QueryNumber, TextLength.Name, "queryNumber") is { } longNumber)
        {
            yield return longNumber;
        }
    }
}

/// <summary>What a matter is called: both texts are needed, and bounded.</summary>
internal static class MatterText
{
    /// <summary>Every reason against the two texts.</summary>
    /// <param name="reference">Reference number of the matter.</param>
    /// <param name="procedure">The department's procedure.</param>
    /// <param name="prefix">Where the two stand in the body, with its dot.</param>
    public static IEnumerable<Refusal> Against(string? reference, string? procedure, string prefix = "")
    {
        if (string.IsNullOrWhiteSpace(reference) || string.IsNullOrWhiteSpace(procedure))
        {
            yield return new(
                "matter-missing",
                "请写明事项编号和办理事项名称。",
                "State the reference number of the matter and the procedure it belongs to.",
                Clause.R("3.1.6.a"),
                prefix + (string.IsNullOrWhiteSpace(reference) ? "reference" : "procedure"));
        }

        if ((TextLength.Against(reference, TextLength.Name, prefix + "reference") ?? TextLength.Against(procedure, TextLength.Name, prefix + "procedure")) is { } tooLong)
        {
            yield return tooLong;
        }
    }
}

/// <summary>A department reported a decided matter.</summary>
[WireName("matter.decided.v1")]
public sealed record MatterDecided(Guid MatterId, string Department, MatterKind Kind, DateOnly DecidedOn, MissedCheck? Missed);
