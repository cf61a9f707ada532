using System.Globalization;
using System.Text;
using Credit.Core.Http;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>The lead office reports a published evaluation to the district government; the text is made from the scores and kept as sent (R-4.3.b).</summary>
internal sealed class ReportEvaluation : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/oversight/evaluations/{id:guid}/government-report", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithName(nameof(ReportEvaluation))
            .WithSummary("Report a published evaluation to the district government")
            .Produces<EvaluationView>()
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> HandleAsync(
        Guid id, IfMatch seen, CreditDbContext db, DepartmentDirectory departments, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Evaluations.Include(each => each.Scores).SingleOrDefaultAsync(each => each.Id == id, cancel) is not { } evaluation)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(evaluation.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var rectifications = await db.DepartmentRectifications.AsNoTracking().Where(each => each.EvaluationId == id).ToListAsync(cancel);
        var today = clock.Today();
        if (evaluation.ReportToGovernment(TextOf(evaluation, rectifications, departments, today), today) is { Accepted: false } refused)
        {
            return refused.Refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(EvaluationView.Of(evaluation, caller)).WithVersion(evaluation.Version);
    }

    // Only figures and departments: the report names no subject.
    private static string TextOf(Evaluation evaluation, List<DepartmentRectification> rectifications, DepartmentDirectory departments, DateOnly today)
    {
        string NameOf(string key) => departments.Find(key)?.Name ?? key;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"关于{evaluation.From:yyyy年M月d日}至{evaluation.To:yyyy年M月d日}信用联合奖惩工作督导评估情况的报告\n\n");
        text.Append("任城区人民政府:\n");
        text.Append(CultureInfo.InvariantCulture, $"依据济任政发〔2019〕8号文件第四部分第三条，对{evaluation.Scores.Count}个部门（单位）进行了考评");
        text.Append(evaluation.Evaluator is { } evaluator ? $"（第三方机构: {evaluator}）" : "").Append("，结果如下:\n\n");
        foreach (var score in evaluation.Scores.OrderByDescending(score => score.Score ?? -1).ThenBy(score => score.Department, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{NameOf(score.Department)}\t{score.Score?.ToString(CultureInfo.InvariantCulture) ?? "无考评事项"}\n");
        }

        text.Append(rectifications.Count == 0 ? "\n无须通报整改的部门。\n" : "\n通报并督促整改:\n");
        foreach (var rectification in rectifications.OrderBy(each => each.Department, StringComparer.Ordinal))
        {
            var standing = rectification.State switch
            {
                DepartmentRectificationState.Accepted => "已整改到位",
                DepartmentRectificationState.Submitted => "已报送整改情况，待审核",
                DepartmentRectificationState.Rejected => "整改不到位，须重新报送",
                DepartmentRectificationState.Overdue => "逾期未报送整改情况",
                _ => "整改中",
            };
            text.Append(CultureInfo.InvariantCulture, $"{NameOf(rectification.Department)}\t期限{rectification.Due:yyyy-MM-dd}\t{standing}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{departments.LeadOffice.Name}\n{today:yyyy年M月d日}\n");
        return text.ToString();
    }
}
