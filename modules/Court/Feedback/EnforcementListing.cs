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

    public IEnumerable<Refusal> Check(EnforcementListing report, TaskFacts task) =>
    [
        .. CaseNumbers.Check(report.CaseNumber, "caseNumber"),
        .. ReportChecks.Text(report.DecisionNumber, "decisionNumber", "纳入失信决定书文号", "number of the decision"),
        .. ReportChecks.DoneWithin(report.ListedOn, task, "listedOn", "纳入日期", "day of the listing"),
        .. Own(report, task),
    ];

    public string Describe(EnforcementListing report) => $"已于{report.ListedOn:yyyy-MM-dd}纳入失信被执行人名单({report.DecisionNumber})，第{report.Situation}项情形，{(report.LastDay is { } last ? $"期限至{last:yyyy-MM-dd}" : "至履行完毕止")}。";

    private static IEnumerable<Refusal> Own(EnforcementListing report, TaskFacts task)
    {
        if (report.Situation is < 1 or > 6)
        {
            yield return new Refusal("situation-unknown", "情形应为法释〔2017〕7号第一条的第(一)至第(六)项，填1至6。", "The situation is one of the six of the interpretation, 1 to 6.", Clause.R("3.5.1.b"), "situation");
        }

        if (report.Situation == 1 ? report.LastDay is not null : report.LastDay is not { } last || !IsTerm(report.ListedOn, last, task.Today))
        {
            yield return new Refusal("listing-term", "第(一)项情形不填截止日；其他情形期限二年，延长的再加一至三年，自纳入之日起算。", "Situation 1 has no last day; the others last two years from the listing, or, extended, three to five.", Clause.Standard("法释〔2017〕7号第二条"), "lastDay");
        }
    }

    // Two years; one to three more where violence or several acts make it grave (第二条). A term ends on its anniversary or the day before.
    private static bool IsTerm(DateOnly listed, DateOnly last, DateOnly today) => listed > today || Within(listed, last, 2, 2) || Within(listed, last, 3, 5);

    private static bool Within(DateOnly listed, DateOnly last, int least, int most) => last >= listed.AddYears(least).AddDays(-1) && last <= listed.AddYears(most);
}
