using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Court.Feedback;

/// <summary>失信信息向社会公布: where the court published the listing.</summary>
internal sealed record ListPublication
{
    /// <summary>Where it was published, for example 中国执行信息公开网.</summary>
    public required string Channel { get; init; }

    /// <summary>Day it was published.</summary>
    public DateOnly PublishedOn { get; init; }

    /// <summary>The listing was passed on to the bodies that issue licences and finance, too.</summary>
    public bool ReportedToAuthorities { get; init; }
}

/// <summary>Takes in ListPublication reports.</summary>
internal sealed class ListPublicationFeedback : IFeedback<ListPublication>
{
    public static string Kind => "court/published";

    public static IReadOnlyList<string> Answers { get; } = ["P31"];

    public static string Summary => "The listing was published by the court.";

    public IEnumerable<Refusal> Check(ListPublication report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Channel, "channel", "公布渠道", "channel"),
        .. ReportChecks.DoneWithin(report.PublishedOn, task, "publishedOn", "公布日期", "day of publication"),
    ];

    public string Describe(ListPublication report) => $"已于{report.PublishedOn:yyyy-MM-dd}通过{report.Channel}公布{(report.ReportedToAuthorities ? "，并通报有关单位" : "")}。";
}
