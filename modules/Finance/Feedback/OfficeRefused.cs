using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Finance.Feedback;

/// <summary>限制担任国有企业法定代表人、董事、监事、高管: an appointment in a state-owned enterprise was refused.</summary>
internal sealed record OfficeRefused
{
    /// <summary>Name of the state-owned enterprise.</summary>
    public required string Enterprise { get; init; }

    /// <summary>The office.</summary>
    public required string Office { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Takes in OfficeRefused reports.</summary>
internal sealed class OfficeRefusedFeedback : IFeedback<OfficeRefused>
{
    private static readonly string[] Offices = ["法定代表人", "董事", "监事", "高级管理人员"];

    public static string Kind => "finance/office-refused";

    public static IReadOnlyList<string> Answers { get; } = ["P16"];

    public static string Summary => "An appointment in a state-owned enterprise was refused.";

    public IEnumerable<Refusal> Check(OfficeRefused report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Enterprise, "enterprise", "国有企业名称", "enterprise"),
        .. ReportChecks.OneOf(report.Office, Offices, "office", "职务", "office"),
        .. ReportChecks.DoneWithin(report.RefusedOn, task, "refusedOn", "决定日期", "day of the refusal"),
    ];

    public string Describe(OfficeRefused report) => $"已于{report.RefusedOn:yyyy-MM-dd}不予同意其担任“{report.Enterprise}”{report.Office}。";
}
