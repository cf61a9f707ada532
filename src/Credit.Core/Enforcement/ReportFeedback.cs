using System.Reflection;
using System.Text.Json;
using Credit.Abstractions;
using Credit.Core.Containment;
using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Modules;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Enforcement;

/// <summary>
/// A department reports, in its own words, that it carried a measure out (R-3.5.1.b). Each kind of feedback a module
/// declares gets a route with its own body; measures without one take the plain report.
/// </summary>
internal sealed class ReportFeedback : IUseCase
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/tasks/{id:guid}/feedback", PlainAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(ReportFeedback))
            .WithSummary("Report on a measure in plain words")
            .Produces<TaskView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { handleType = 1, action = "取消投标资格", result = "已在资格审查环节拒绝其投标", occurredOn = "2026-11-24" });
        var catalog = api.ServiceProvider.GetRequiredService<ModuleCatalog>();
        var typed = typeof(ReportFeedback).GetMethod(nameof(MapTyped), BindingFlags.NonPublic | BindingFlags.Static)!;
        foreach (var module in catalog.Modules)
        {
            foreach (var kind in module.FeedbackKinds)
            {
                typed.MakeGenericMethod(kind.ReportType).Invoke(null, [api, module.Manifest.Key, kind]);
            }
        }
    }

    private static void MapTyped<TReport>(IEndpointRouteBuilder api, string module, FeedbackKind kind)
        where TReport : class
    {
        var name = kind.Kind[(kind.Kind.IndexOf('/', StringComparison.Ordinal) + 1)..];
        api.MapPost($"/modules/{module}/feedback/{name}/{{taskId:guid}}", (
                Guid taskId, [FromBody] TReport report, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, HttpContext http, ModuleCalls calls, CancellationToken cancel) =>
                TypedAsync(taskId, report, kind, seen, db, caller, clock, http.RequestServices, calls, cancel))
            .RequireAuthorization(Access.Department)
            .WithName("Report-" + kind.Kind.Replace('/', '-'))
            .WithSummary(kind.Summary)
            .Produces<TaskView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static Task<IResult> TypedAsync<TReport>(
        Guid taskId, TReport report, FeedbackKind kind, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock,
        IServiceProvider scope, ModuleCalls calls, CancellationToken cancel)
        where TReport : class =>
        db.MoveTaskAsync(
            taskId,
            caller,
            seen,
            task =>
            {
                if (!task.Canonical.Intersect(kind.Answers).Any())
                {
                    Refusal[] other =
                    [
                        new(
                            "feedback-answers-another-measure",
                            $"此类反馈适用于{string.Join("、", kind.Answers)}，不适用于本措施。",
                            $"This report answers {string.Join(", ", kind.Answers)}, not this measure.",
                            Clause.R("3.5.1.b")),
                    ];
                    return Task.FromResult<IReadOnlyList<Refusal>>(other);
                }

                var (refusals, description) = calls.Check(kind, report, new TaskFacts(task.Id, task.MeasureKey, task.IssuedOn, task.Due, clock.Today()), scope);
                return refusals.Count > 0
                    ? Task.FromResult(refusals)
                    : StoreAsync(db, task, kind.Kind, JsonSerializer.Serialize(report, RegisterInterceptor.Json), description, 1, caller, clock, cancel);
            },
            cancel);

    private static Task<IResult> PlainAsync(
        Guid id, PlainReport body, IfMatch seen, CreditDbContext db, Caller caller, ModuleCatalog catalog, TimeProvider clock, CancellationToken cancel) =>
        db.MoveTaskAsync(
            id,
            caller,
            seen,
            task =>
            {
                List<Refusal> refusals = [.. AgainstPlain(body, task, catalog, clock.Today())];
                if (body.HandleType is not (1 or 2))
                {
                    refusals.Add(new("handle-type-unknown", "处理类型为1(实施奖惩)或2(其他)。", "The handle type is 1 (carried out) or 2 (other).", Clause.R("3.5.1.b"), "handleType"));
                }

                if (string.IsNullOrWhiteSpace(body.Action))
                {
                    refusals.Add(new("action-missing", "请填写采取的措施。", "State what was done.", Clause.R("3.5.1.b"), "action"));
                }

                if (string.IsNullOrWhiteSpace(body.Result))
                {
                    refusals.Add(new("result-missing", "请填写实施结果。", "State the result.", Clause.R("3.5.1.b"), "result"));
                }

                return refusals.Count > 0
                    ? Task.FromResult<IReadOnlyList<Refusal>>(refusals)
                    : StoreAsync(
                        db, task, "core/plain", JsonSerializer.Serialize(body, RegisterInterceptor.Json), $"{body.Action}；{body.Result}", body.HandleType, caller, clock, cancel);
            },
            cancel);

    private static IEnumerable<Refusal> AgainstPlain(PlainReport body, MeasureTask task, ModuleCatalog catalog, DateOnly today)
    {
        if (body.OccurredOn is { } day && (day < task.IssuedOn || day > today))
        {
            yield return new(
                "date-out-of-range", "实施日期应在任务下达之日至今日之间。", "The day must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "occurredOn");
        }

        foreach (var refusal in TextNamesPerson.Against(Clause.R("3.1.4.i"), (body.Action, "action"), (body.Result, "result"))
            .Concat(new[] { TextLength.Against(body.Action, TextLength.Text, "action"), TextLength.Against(body.Result, TextLength.Text, "result") }.OfType<Refusal>()))
        {
            yield return refusal;
        }

        // Otherwise "other" would be a way around the statutory reason (I43).
        if (body.HandleType == 2 && task is { Obligation: MeasureObligation.Mandatory, State: TaskState.Acknowledged })
        {
            yield return new(
                "mandatory-not-carried-out",
                "强制性措施尚未实施，不能以“其他”反馈；不适用的须引用法律依据。",
                "A mandatory measure not carried out yet cannot be reported as other; find it not applicable and cite the law.",
                Clause.R("3.5.1.b"),
                "handleType");
        }

        if (body.HandleType == 1 && catalog.KindFor(task.Department, task.Canonical) is { } typed)
        {
            yield return new(
                "typed-feedback-expected",
                $"本措施请按 {typed.Kind} 反馈。",
                $"Report this measure as {typed.Kind}.",
                Clause.R("3.5.1.b"));
        }
    }

    private static async Task<IReadOnlyList<Refusal>> StoreAsync(
        CreditDbContext db, MeasureTask task, string kind, string report, string description, int handleType, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.IsOverAsync(task, clock.Today(), cancel))
        {
            return [MeasureTask.NotRunning];
        }

        var fedBack = task.FeedBack(clock.Today());
        if (!fedBack.Accepted)
        {
            return fedBack.Refusals;
        }

        db.Add(Feedback.On(task, kind, report, description, handleType, caller.User, clock.GetUtcNow()));
        await DeadlineBook.MeetAsync(db, DeadlineKind.TaskFeedback, task.Id, clock, cancel);
        return [];
    }

    /// <summary>A plain report.</summary>
    /// <param name="HandleType">1 实施奖惩, 2 其他.</param>
    /// <param name="Action">What was done.</param>
    /// <param name="Result">What came of it.</param>
    /// <param name="OccurredOn">Day it was done; the day of the report when left out.</param>
    internal sealed record PlainReport(int HandleType, string Action, string Result, DateOnly? OccurredOn = null);
}
