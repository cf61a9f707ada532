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

    public IEnumerable<Refusal> Check(CrimeReferral report, TaskFacts task)
    {
        if (!CaseNumbers.Holds(report.CaseNumber))
        {
            yield return new Refusal("case-number-invalid", "执行案号形如（2026）鲁0811执123号。", "A case number of enforcement looks like （2026）鲁0811执123号.", Clause.R("3.5.1.b"), "caseNumber");
        }

        if (!Steps.Contains(report.Step))
        {
            yield return new Refusal("choice-unknown", "程序环节应为移送公安机关、立案侦查、移送审查起诉、受理自诉、作出判决之一。", "The step must be one of 移送公安机关, 立案侦查, 移送审查起诉, 受理自诉, 作出判决.", Clause.R("3.5.1.b"), "step");
        }

        if (string.IsNullOrWhiteSpace(report.DocumentNumber))
        {
            yield return new Refusal("field-required", "请填写文书号。", "The number of the document is missing.", Clause.R("3.5.1.b"), "documentNumber");
        }

        if (report.TakenOn < task.IssuedOn || report.TakenOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "办理日期应在任务下达之日至今日之间。", "The day of the step must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "takenOn");
        }
    }

    public string Describe(CrimeReferral report) => $"已于{report.TakenOn:yyyy-MM-dd}就拒不执行判决、裁定{report.Step}({report.DocumentNumber}，执行案号{report.CaseNumber})。";
}
