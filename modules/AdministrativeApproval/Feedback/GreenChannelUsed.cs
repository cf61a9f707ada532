using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.AdministrativeApproval.Feedback;

/// <summary>行政审批绿色通道、容缺受理: the application of a trustworthy subject went ahead of others, or was accepted with papers missing.</summary>
internal sealed record GreenChannelUsed
{
    /// <summary>The licence applied for.</summary>
    public required string Matter { get; init; }

    /// <summary>Number of the application.</summary>
    public required string ApplicationNumber { get; init; }

    /// <summary>How it was eased.</summary>
    public required string Manner { get; init; }

    /// <summary>Day it was handled.</summary>
    public DateOnly HandledOn { get; init; }
}

/// <summary>Takes in GreenChannelUsed reports.</summary>
internal sealed class GreenChannelUsedFeedback : IFeedback<GreenChannelUsed>
{
    private static readonly string[] Manners = ["绿色通道", "容缺受理", "告知承诺"];

    public static string Kind => "approval/green-channel";

    public static IReadOnlyList<string> Answers { get; } = ["R01"];

    public static string Summary => "The green channel was used for an application.";

    public IEnumerable<Refusal> Check(GreenChannelUsed report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Matter, "matter", "许可事项", "matter"),
        .. ReportChecks.Text(report.ApplicationNumber, "applicationNumber", "受理编号", "application number"),
        .. ReportChecks.OneOf(report.Manner, Manners, "manner", "办理方式", "manner"),
        .. ReportChecks.DoneWithin(report.HandledOn, task, "handledOn", "办理日期", "day of handling"),
    ];

    public string Describe(GreenChannelUsed report) => $"已于{report.HandledOn:yyyy-MM-dd}对“{report.Matter}”({report.ApplicationNumber})适用{report.Manner}。";
}
