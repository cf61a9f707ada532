using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.AdministrativeApproval.Feedback;

/// <summary>限制担任相关职务: a registration at the approval bureau was refused.</summary>
internal sealed record RegistrationRefused
{
    /// <summary>Name of the company or social organisation.</summary>
    public required string Organisation { get; init; }

    /// <summary>The office.</summary>
    public required string Office { get; init; }

    /// <summary>Number of the notice.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Takes in RegistrationRefused reports.</summary>
internal sealed class RegistrationRefusedFeedback : IFeedback<RegistrationRefused>
{
    private static readonly string[] Offices = ["法定代表人", "董事", "监事", "高级管理人员", "社会组织负责人", "社会组织发起人"];

    public static string Kind => "approval/registration-refused";

    public static IReadOnlyList<string> Answers { get; } = ["P17", "P20"];

    public static string Summary => "A registration of an office was refused.";

    public IEnumerable<Refusal> Check(RegistrationRefused report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Organisation, "organisation", "企业或社会组织名称", "organisation"),
        .. ReportChecks.OneOf(report.Office, Offices, "office", "职务", "office"),
        .. ReportChecks.Text(report.DecisionNumber, "decisionNumber", "不予登记通知书文号", "decision number"),
        .. ReportChecks.DoneWithin(report.RefusedOn, task, "refusedOn", "决定日期", "day of the refusal"),
    ];

    public string Describe(RegistrationRefused report) => $"已于{report.RefusedOn:yyyy-MM-dd}不予登记其担任“{report.Organisation}”{report.Office}({report.DecisionNumber})。";
}
