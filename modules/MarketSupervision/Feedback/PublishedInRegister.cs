using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.MarketSupervision.Feedback;

/// <summary>通过国家企业信用信息公示系统向社会公示.</summary>
internal sealed record PublishedInRegister
{
    /// <summary>Public address of the page.</summary>
    public required string Address { get; init; }

    /// <summary>Day it was shown.</summary>
    public DateOnly PublishedOn { get; init; }
}

/// <summary>Takes in PublishedInRegister reports.</summary>
internal sealed class PublishedInRegisterFeedback : IFeedback<PublishedInRegister>
{
    public static string Kind => "market/published-in-register";

    public static IReadOnlyList<string> Answers { get; } = ["P31"];

    public static string Summary => "The listing was shown in the national enterprise credit publicity system.";

    public IEnumerable<Refusal> Check(PublishedInRegister report, TaskFacts task)
    {
        if (!Uri.TryCreate(report.Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            yield return new Refusal("address-invalid", "公示地址应为完整网址。", "The address must be a full http or https address.", Clause.R("3.5.1.b"), "address");
        }

        if (report.PublishedOn < task.IssuedOn || report.PublishedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "公示日期应在任务下达之日至今日之间。", "The day it was shown must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "publishedOn");
        }
    }

    public string Describe(PublishedInRegister report) => $"已于{report.PublishedOn:yyyy-MM-dd}通过国家企业信用信息公示系统公示。";
}
