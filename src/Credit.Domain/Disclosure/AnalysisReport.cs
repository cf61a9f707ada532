using Credit.Domain.Policy;

namespace Credit.Domain.Disclosure;

/// <summary>What a credit analysis report is about (R-3.4.5.b).</summary>
public enum AnalysisScope
{
    /// <summary>区域信用分析报告.</summary>
    Region,

    /// <summary>行业信用分析报告.</summary>
    Industry,
}

/// <summary>A report as it is uploaded.</summary>
/// <param name="Scope">Region or industry.</param>
/// <param name="Title">Title.</param>
/// <param name="Publisher">Who made it.</param>
/// <param name="PeriodFrom">First day of the period it covers.</param>
/// <param name="PeriodTo">Last day of the period it covers.</param>
/// <param name="Link">Where it is, a full https address.</param>
public sealed record AnalysisSubmission(AnalysisScope Scope, string Title, string Publisher, DateOnly PeriodFrom, DateOnly PeriodTo, string Link);

/// <summary>A credit analysis report of a region or an industry, made outside the platform; public once the lead office approved it (R-3.4.5.b).</summary>
public sealed class AnalysisReport : Aggregate
{
    private AnalysisReport()
    {
    }

    /// <summary>Region or industry.</summary>
    public AnalysisScope Scope { get; private init; }

    /// <summary>Title.</summary>
    public string Title { get; private init; } = "";

    /// <summary>Who made it.</summary>
    public string Publisher { get; private init; } = "";

    /// <summary>First day of the period it covers.</summary>
    public DateOnly PeriodFrom { get; private init; }

    /// <summary>Last day of the period it covers.</summary>
    public DateOnly PeriodTo { get; private init; }

    /// <summary>Where it is.</summary>
    public string Link { get; private init; } = "";

    /// <summary>Department that uploaded it.</summary>
    public string Department { get; private init; } = "";

    /// <summary>Account that uploaded it.</summary>
    public string UploadedBy { get; private init; } = "";

    /// <summary>Day uploaded.</summary>
    public DateOnly UploadedOn { get; private init; }

    /// <summary>Where it stands.</summary>
    public DisclosureState State { get; private set; }

    /// <summary>Day it was decided; the day it became public when approved.</summary>
    public DateOnly? DecidedOn { get; private set; }

    internal static Outcome<AnalysisReport> Upload(AnalysisSubmission submission, string department, string by, DateOnly today)
    {
        List<Refusal> refusals = [];
        if (string.IsNullOrWhiteSpace(submission.Title))
        {
            refusals.Add(new("title-missing", "请填写标题。", "State a title.", Clause.R("3.4.5.b"), "title"));
        }

        if (string.IsNullOrWhiteSpace(submission.Publisher))
        {
            refusals.Add(new("publisher-missing", "请写明发布机构。", "Name the publisher.", Clause.R("3.4.5.b"), "publisher"));
        }

        if (submission.PeriodTo < submission.PeriodFrom || submission.PeriodTo > today)
        {
            refusals.Add(new("period-wrong", "报告期间不正确。", "The period ends before it begins, or after today.", Clause.R("3.4.5.b"), "periodTo"));
        }

        if (!Uri.TryCreate(submission.Link, UriKind.Absolute, out var link) || link.Scheme != Uri.UriSchemeHttps || link.UserInfo.Length > 0)
        {
            refusals.Add(new("link-invalid", "报告地址应为完整的https网址。", "The link must be a full https address.", Clause.R("3.4.5.b"), "link"));
        }

        refusals.AddRange(new[]
        {
            TextLength.Against(submission.Title, TextLength.Name, "title"), TextLength.Against(submission.Publisher, TextLength.Name, "publisher"),
            TextLength.Against(submission.Link, TextLength.Text, "link"),
        }.OfType<Refusal>());
        if (refusals.Count > 0)
        {
            return Outcome<AnalysisReport>.Refused(refusals);
        }

        var report = new AnalysisReport
        {
            Scope = submission.Scope,
            Title = submission.Title.Trim(),
            Publisher = submission.Publisher.Trim(),
            PeriodFrom = submission.PeriodFrom,
            PeriodTo = submission.PeriodTo,
            Link = link!.AbsoluteUri,
            Department = department,
            UploadedBy = by,
            UploadedOn = today,
        };
        report.Announce(new AnalysisReportMoved(report.Id, DisclosureState.Proposed), Clause.R("3.4.5.b"));
        return report;
    }

    /// <summary>The lead office decides; never whoever uploaded it.</summary>
    internal Outcome<AnalysisReport> Decide(bool approve, string by, DateOnly today)
    {
        if (State != DisclosureState.Proposed)
        {
            return new Refusal("state-does-not-allow", "报告已审定。", "The report is already decided.", Clause.R("3.4.5.b"));
        }

        if (by == UploadedBy)
        {
            return new Refusal("four-eyes", "上传人不得审定本报告。", "Who uploaded the report cannot approve it.", Clause.R("3.4.5.b"));
        }

        (State, DecidedOn) = (approve ? DisclosureState.Approved : DisclosureState.Refused, today);
        Announce(new AnalysisReportMoved(Id, State), Clause.R("3.4.5.b"));
        return this;
    }
}

/// <summary>A credit analysis report was uploaded, approved or turned down.</summary>
[WireName("analysis-report.moved.v1")]
public sealed record AnalysisReportMoved(Guid AnalysisReportId, DisclosureState To);
