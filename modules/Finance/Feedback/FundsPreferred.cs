using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Finance.Feedback;

/// <summary>财政性资金同等条件优先: the subject was preferred.</summary>
internal sealed record FundsPreferred
{
    /// <summary>Name of the fund or subsidy.</summary>
    public required string Fund { get; init; }

    /// <summary>Day it was granted.</summary>
    public DateOnly GrantedOn { get; init; }
}

/// <summary>Takes in FundsPreferred reports.</summary>
internal sealed class FundsPreferredFeedback : IFeedback<FundsPreferred>
{
    public static string Kind => "finance/funds-preferred";

    public static IReadOnlyList<string> Answers { get; } = ["R03"];

    public static string Summary => "A subject of the red list was preferred for public funds.";

    public IEnumerable<Refusal> Check(FundsPreferred report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Fund, "fund", "资金名称", "fund"),
        .. ReportChecks.DoneWithin(report.GrantedOn, task, "grantedOn", "支持日期", "day of the grant"),
    ];

    public string Describe(FundsPreferred report) => $"已于{report.GrantedOn:yyyy-MM-dd}在“{report.Fund}”中同等条件下优先支持。";
}
