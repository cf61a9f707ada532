using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Court.Feedback;

/// <summary>拒不执行判决、裁定 is prosecuted: which step was taken (刑法第三百一十三条).</summary>
internal sealed record CrimeReferral
{
    /// <summary>Number of the case of enforcement (执行案号).</summary>
    public required string CaseNumber { get; init; }

    /// <summary>移送公安机关, 立案侦查, 移送审查起诉, 受理自诉 or 作出判决.</summary>
    public required string Step { get; init; }

    /// <summary>Number of the document of that step.</summary>
    public required string DocumentNumber { get; init; }

    /// <summary>Day of the step.</summary>
    public DateOnly TakenOn { get; init; }
}

/// <summary>Takes in CrimeReferral reports.</summary>
internal sealed class CrimeReferralFeedback : IFeedback<CrimeReferral>
{
    private static readonly string[] Steps = ["移送公安机关", "立案侦查", "移送审查起诉", "受理自诉", "作出判决"];

    public static string Kind => "court/crime-referral";

    public static IReadOnlyList<string> Answers { get; } = ["P44"];

    public static string Summary => "A step was taken to prosecute refusal to perform a judgment.";

    public IEnumerable<Refusal> Check(CrimeReferral report, TaskFacts task) =>
    [
        .. CaseNumbers.Check(report.CaseNumber, "caseNumber"),
        .. ReportChecks.OneOf(report.Step, Steps, "step", "程序环节", "step"),
        .. ReportChecks.Text(report.DocumentNumber, "documentNumber", "文书号", "number of the document"),
        .. ReportChecks.DoneWithin(report.TakenOn, task, "takenOn", "办理日期", "day of the step"),
    ];

    public string Describe(CrimeReferral report) => $"已于{report.TakenOn:yyyy-MM-dd}就拒不执行判决、裁定{report.Step}({report.DocumentNumber}，执行案号{report.CaseNumber})。";
}
