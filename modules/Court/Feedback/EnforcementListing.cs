using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Court.Feedback;

/// <summary>纳入失信被执行人名单: the court took the subject up in its own list, for example after another body applied for enforcement.</summary>
internal sealed record EnforcementListing
{
    /// <summary>Number of the case of enforcement (执行案号).</summary>
    public required string CaseNumber { get; init; }

    /// <summary>Number of the decision to list.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Which of the six situations of 法释〔2017〕7号第一条, 1 to 6.</summary>
    public int Situation { get; init; }

    /// <summary>Day of the listing.</summary>
    public DateOnly ListedOn { get; init; }

    /// <summary>Last day of the term, included; null for situation 1, which lasts until performance.</summary>
    public DateOnly? LastDay { get; init; }
}

/// <summary>Takes in EnforcementListing reports.</summary>
internal sealed class EnforcementListingFeedback : IFeedback<EnforcementListing>
{
    public static string Kind => "court/enforcement-listing";

    public static IReadOnlyList<string> Answers { get; } = ["P27"];

    public static string Summary => "The court took the subject up in its list of untrustworthy judgment debtors.";

    public IEnumerable<Refusal> Check(EnforcementListing report, TaskFacts task)
    {
        if (!CaseNumbers.Holds(report.CaseNumber))
        {
            yield return new Refusal("case-number-invalid", "执行案号形如（2026）鲁0811执123号。", "A case number of enforcement looks like （2026）鲁0811执123号.", Clause.R("3.5.1.b"), "caseNumber");
        }

        if (string.IsNullOrWhiteSpace(report.DecisionNumber))
        {
            yield return new Refusal("field-required", "请填写纳入失信决定书文号。", "The number of the decision is missing.", Clause.R("3.5.1.b"), "decisionNumber");
        }

        if (report.Situation is < 1 or > 6)
        {
            yield return new Refusal("situation-unknown", "情形应为法释〔2017〕7号第一条的第(一)至第(六)项，填1至6。", "The situation is one of the six of the interpretation, 1 to 6.", Clause.R("3.5.1.b"), "situation");
        }

        if (report.ListedOn < task.IssuedOn || report.ListedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "纳入日期应在任务下达之日至今日之间。", "The day of the listing must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "listedOn");
        }

        // Two years; one to three more where violence or several acts make it grave (第二条).
        if (report.Situation == 1 ? report.LastDay is not null : report.LastDay is not { } last || last <= report.ListedOn || last > report.ListedOn.AddYears(5))
        {
            yield return new Refusal("listing-term", "第(一)项情形不填截止日；其他情形的截止日应在纳入之后，期限二年，延长后不超过五年。", "Situation 1 has no last day; the others end after the listing, two years on, five at most.", Clause.Standard("法释〔2017〕7号第二条"), "lastDay");
        }
    }

    public string Describe(EnforcementListing report) => $"已于{report.ListedOn:yyyy-MM-dd}纳入失信被执行人名单({report.DecisionNumber})，第{report.Situation}项情形，{(report.LastDay is { } last ? $"期限至{last:yyyy-MM-dd}" : "至履行完毕止")}。";
}
