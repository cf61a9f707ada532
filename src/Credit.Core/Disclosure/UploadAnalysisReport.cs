using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Store;
using Credit.Domain.Disclosure;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Disclosure;

/// <summary>A department uploads a credit analysis report made outside the platform (R-3.4.5.b). Internal until the lead office approves it.</summary>
internal sealed class UploadAnalysisReport : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/analysis-reports", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(UploadAnalysisReport))
            .WithSummary("Upload a credit analysis report of a region or an industry")
            .Produces<AnalysisReportView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                scope = "Industry",
                title = "任城区餐饮行业信用分析报告",
                publisher = "济宁市信用研究院",
                periodFrom = "2026-01-01",
                periodTo = "2026-06-30",
                link = "https://credit.example.cn/reports/2026-catering.pdf",
            });

    private static async Task<IResult> HandleAsync(AnalysisSubmission body, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        var uploaded = AnalysisReport.Upload(body, caller.Department!, caller.User, clock.Today());
        if (!uploaded.Accepted)
        {
            return uploaded.Refusals.ToProblem();
        }

        if (PersonalText.IsIn(body.Title) || PersonalText.IsIn(body.Publisher))
        {
            return new Refusal(
                "title-names-person", "标题和发布机构中不得出现证件号码或电话。", "Title and publisher may not hold identity numbers or telephone numbers.", Clause.R("3.4.5.b"), "title").ToProblem();
        }

        db.Add(uploaded.Value);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created((string?)null, AnalysisReportView.Of(uploaded.Value)).WithVersion(uploaded.Value.Version);
    }
}

/// <summary>A credit analysis report.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Scope">Region or industry.</param>
/// <param name="Title">Title.</param>
/// <param name="Publisher">Who made it.</param>
/// <param name="PeriodFrom">First day of the period it covers.</param>
/// <param name="PeriodTo">Last day of the period it covers.</param>
/// <param name="Link">Where it is.</param>
/// <param name="State">Public once approved.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record AnalysisReportView(
    Guid Id, AnalysisScope Scope, string Title, string Publisher, DateOnly PeriodFrom, DateOnly PeriodTo, string Link, DisclosureState State, int Version)
{
    public static AnalysisReportView Of(AnalysisReport report) => new(
        report.Id, report.Scope, report.Title, report.Publisher, report.PeriodFrom, report.PeriodTo, report.Link, report.State, report.Version);
}
