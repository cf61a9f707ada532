using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Statistics.Feedback;

/// <summary>统计严重失信信息公示: where, and until when. The publication lasts one year at most.</summary>
internal sealed record DishonestyPublished
{
    /// <summary>Public address of the page.</summary>
    public required string Page { get; init; }

    /// <summary>Day it was shown.</summary>
    public DateOnly PublishedOn { get; init; }

    /// <summary>Last day it is shown, included.</summary>
    public DateOnly Until { get; init; }
}

/// <summary>Takes in DishonestyPublished reports.</summary>
internal sealed class DishonestyPublishedFeedback : IFeedback<DishonestyPublished>
{
    public static string Kind => "statistics/published";

    public static IReadOnlyList<string> Answers { get; } = ["P31"];

    public static string Summary => "The serious statistical dishonesty was published.";

    public IEnumerable<Refusal> Check(DishonestyPublished report, TaskFacts task) =>
    [
        .. ReportChecks.DoneWithin(report.PublishedOn, task, "publishedOn", "公示日期", "day it was shown"),
        .. ReportChecks.Period(report.PublishedOn, report.Until, "until"),
        .. Own(report, task),
    ];

    public string Describe(DishonestyPublished report) => $"已于{report.PublishedOn:yyyy-MM-dd}公示统计严重失信信息，至{report.Until:yyyy-MM-dd}止。";

    private static IEnumerable<Refusal> Own(DishonestyPublished report, TaskFacts task)
    {
        if (!Uri.TryCreate(report.Page, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            yield return new Refusal("address-invalid", "公示地址应为完整网址。", "The address must be a full http or https address.", Clause.R("3.5.1.b"), "page");
        }

        if (report.PublishedOn <= task.Today && report.Until > report.PublishedOn.AddYears(1))
        {
            yield return new Refusal("publication-too-long", "统计严重失信信息公示期为一年。", "The publication lasts one year at most.", Clause.R("3.5.1.b"), "until");
        }
    }
}
