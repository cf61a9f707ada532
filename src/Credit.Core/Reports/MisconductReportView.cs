using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Reports;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Reports;

/// <summary>A report as its handler sees it. Who made it is not in it, because the handler's tables do not hold it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Handler">Department that handles it.</param>
/// <param name="SubjectName">Name of whom it is about.</param>
/// <param name="SubjectCode">Unified code of whom it is about.</param>
/// <param name="Conduct">The conduct in one line.</param>
/// <param name="Statement">What happened.</param>
/// <param name="ReceivedOn">Day received.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Answers">What was answered, in order.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record MisconductReportView(
    Guid Id, string Handler, string SubjectName, string? SubjectCode, string Conduct, string Statement, DateOnly ReceivedOn, MisconductState State,
    IReadOnlyList<AnswerView> Answers, int Version)
{
    public static MisconductReportView Of(MisconductReport report) => new(
        report.Id, report.Handler, report.SubjectName, report.SubjectCode, report.Conduct, report.Statement, report.ReceivedOn, report.State,
        [.. report.Answers.OrderBy(answer => answer.Id).Select(answer => new AnswerView(answer.State, answer.Text, answer.On))], report.Version);
}

/// <summary>An answer that moves a report on.</summary>
/// <param name="Answer">What whoever reported is to read: reason, progress or outcome.</param>
internal sealed record AnswerBody(string Answer);

/// <summary>How a use case gets hold of a report: of the caller's own department, in the version the caller has seen. Nobody else learns of it.</summary>
internal static class MisconductReportAccess
{
    /// <summary>Moves a report on with an answer.</summary>
    public static async Task<IResult> AnswerReportAsync(
        this CreditDbContext db, Guid id, Caller caller, IfMatch seen, MisconductTrigger on, AnswerBody body, TimeProvider clock, CancellationToken cancel)
    {
        var report = await db.MisconductReports.Include(each => each.Answers)
            .SingleOrDefaultAsync(each => each.Id == id && each.Handler == caller.Department, cancel);
        if (report is null)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(report.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        if (PersonalText.IsIn(body.Answer))
        {
            return new Refusal("report-holds-number", "举报内容中不得出现证件号码或电话。", "A report may not hold identity numbers or telephone numbers.", Clause.R("3.4.5.a"), "answer").ToProblem();
        }

        if (report.Answer(on, body.Answer, clock.Today()) is { Accepted: false } refused)
        {
            return refused.Refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(MisconductReportView.Of(report)).WithVersion(report.Version);
    }
}
