using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.MarketSupervision.Feedback;

/// <summary>限制取得认证资质、工业产品生产许可证: an application in the quality field was refused.</summary>
internal sealed record QualityLicenceRefused
{
    /// <summary>What was applied for.</summary>
    public required string Licence { get; init; }

    /// <summary>Number of the application.</summary>
    public required string ApplicationNumber { get; init; }

    /// <summary>What came of it.</summary>
    public required string Outcome { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Takes in QualityLicenceRefused reports.</summary>
internal sealed class QualityLicenceRefusedFeedback : IFeedback<QualityLicenceRefused>
{
    private static readonly string[] Licences = ["工业产品生产许可证", "认证机构资质", "认证证书", "检验检测机构资质"];

    private static readonly string[] Outcomes = ["不予许可", "不予颁发", "暂停", "撤销", "从严审查"];

    public static string Kind => "market/quality-licence-refused";

    public static IReadOnlyList<string> Answers { get; } = ["P35", "P36"];

    public static string Summary => "An application for a production licence or certification was refused or restricted.";

    public IEnumerable<Refusal> Check(QualityLicenceRefused report, TaskFacts task) =>
    [
        .. ReportChecks.OneOf(report.Licence, Licences, "licence", "证书种类", "licence"),
        .. ReportChecks.Text(report.ApplicationNumber, "applicationNumber", "受理编号", "application number"),
        .. ReportChecks.OneOf(report.Outcome, Outcomes, "outcome", "处理结果", "outcome"),
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "决定日期", "day of the decision"),
    ];

    public string Describe(QualityLicenceRefused report) => $"已于{report.DecidedOn:yyyy-MM-dd}对其{report.Licence}申请({report.ApplicationNumber}){report.Outcome}。";
}
