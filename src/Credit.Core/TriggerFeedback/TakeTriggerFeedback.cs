using System.Text.Json;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.TriggerFeedback;

/// <summary>
/// A department's own system feeds back on the hits of a query (R-3.5.1.b): each hit once, and the department's tasks behind it move with
/// it. A hit fed back before is ignored, so that a message sent twice does no harm; one fault in a message stops all of it.
/// </summary>
internal sealed class TakeTriggerFeedback : IUseCase
{
    /// <summary>Kind of the reports it leaves on tasks.</summary>
    public const string Kind = "core/trigger";

    private const int MostHits = 100;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/trigger/feedback", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause("The interface is older and knows no versions: a hit fed back once is never overwritten, and each task moves under the lock of its subject.")
            .WithName(nameof(TakeTriggerFeedback))
            .WithSummary("Feed back on the hits of a query; a hit fed back before is ignored")
            .Produces<TriggerState>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                requestId = "FK-2026-000118",
                redblackRequestId = "CX20261124-7K3M9QWZ2ABC",
                redblackBack = new[]
                {
                    new
                    {
                        name = "济宁稷华霖物流有限公司",
                        redblackType = new[]
                        {
                            new { unitedId = "0198f0c2-0000-7000-8000-000000000001", action = "取消投标资格", handleType = 1, feedbackResult = "已拒绝其投标", clTime = "2026-11-24" },
                        },
                    },
                },
            });

    private static async Task<IResult> HandleAsync(
        FeedbackMessage body, CreditDbContext db, Caller caller, DepartmentDirectory departments, TimeProvider clock, CancellationToken cancel)
    {
        var known = await db.TriggerRequests.Where(each => each.Number == body.RedblackRequestId).Select(each => new { each.Id, each.Department }).SingleOrDefaultAsync(cancel);
        if (known is null || known.Department != caller.Department)
        {
            return TypedResults.NotFound();
        }

        var hits = (body.RedblackBack ?? []).SelectMany((back, at) => (back?.RedblackType ?? []).Select((hit, index) => (Hit: hit, Place: $"redblackBack.{at}.redblackType.{index}"))).ToArray();
        Refusal[] malformed = [.. Against(body, hits, caller, departments)];
        if (malformed.Length > 0)
        {
            return malformed.ToProblem();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockSubjectsOfAsync([.. hits.Select(each => Guid.TryParse(each.Hit.UnitedId, out var id) ? id : Guid.Empty)], cancel);
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM core.trigger_request WHERE id = {known.Id} FOR UPDATE", cancel);
        var request = await db.TriggerRequests.SingleAsync(each => each.Id == known.Id, cancel);
        var handling = new HandleHits(db, request, body.RequestId, caller, clock);
        foreach (var (hit, place) in hits)
        {
            await handling.TakeAsync(hit, place, cancel);
        }

        if (handling.Refusals.Count > 0)
        {
            return handling.Refusals.ToProblem();
        }

        if (handling.Answered.Count > 0)
        {
            request.FeedBack(handling.Answered);
            await db.SaveChangesAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(TriggerState.Of(request));
    }

    private static IEnumerable<Refusal> Against(FeedbackMessage body, (HitFeedback Hit, string Place)[] hits, Caller caller, DepartmentDirectory departments)
    {
        if (NamedDepartment.Against(body.Departmentname, caller, departments) is { } other)
        {
            yield return other;
        }

        if (hits.Length is 0 or > MostHits)
        {
            yield return new("feedback-empty", $"请反馈1至{MostHits}项命中结果。", $"Feed back on 1 to {MostHits} hits.", Clause.R("3.5.1.b"), "redblackBack");
        }

        if (TextLength.Against(body.RequestId, TextLength.Name, "requestId") is { } longNumber)
        {
            yield return longNumber;
        }

        foreach (var refusal in TextNamesPerson.AgainstNumbers(Clause.R("3.1.4.i"), (body.RequestId, "requestId")))
        {
            yield return refusal;
        }

        foreach (var (hit, place) in hits)
        {
            if (hit.HandleType is not (1 or 2))
            {
                yield return new("handle-type-unknown", "处理类型为1(实施奖惩)或2(其他)。", "The handle type is 1 (carried out) or 2 (other).", Clause.R("3.5.1.b"), $"{place}.handleType");
            }

            if (string.IsNullOrWhiteSpace(hit.FeedbackResult))
            {
                yield return new("result-missing", "请填写实施结果。", "State the result.", Clause.R("3.5.1.b"), $"{place}.feedbackResult");
            }

            if (hit.HandleType == 1 && string.IsNullOrWhiteSpace(hit.Action))
            {
                yield return new("action-missing", "请填写采取的措施。", "State what was done.", Clause.R("3.5.1.b"), $"{place}.action");
            }

            foreach (var tooLong in new[]
            {
                TextLength.Against(hit.Action, TextLength.Text, $"{place}.action"), TextLength.Against(hit.FeedbackResult, TextLength.Text, $"{place}.feedbackResult"),
                TextLength.Against(hit.Remark, TextLength.Text, $"{place}.remark"),
            }.OfType<Refusal>())
            {
                yield return tooLong;
            }

            foreach (var refusal in TextNamesPerson.Against(
                Clause.R("3.1.4.i"), (hit.Action, $"{place}.action"), (hit.FeedbackResult, $"{place}.feedbackResult"), (hit.Remark, $"{place}.remark")))
            {
                yield return refusal;
            }
        }
    }

    /// <summary>Feedback on a query.</summary>
    /// <param name="RequestId">The sender's own number of this message; kept with the reports.</param>
    /// <param name="RedblackRequestId">查询编号 of the query.</param>
    /// <param name="RedblackBack">Subjects with their hits.</param>
    /// <param name="Loginname">Account in the sending system; read and dropped, the token says who reports.</param>
    /// <param name="Personname">Person at the sending system; read and dropped likewise.</param>
    /// <param name="Departmentname">Name of the reporting department; when given, it must be the token's.</param>
    internal sealed record FeedbackMessage(
        string? RequestId = null, string? RedblackRequestId = null, IReadOnlyList<SubjectFeedback>? RedblackBack = null, string? Loginname = null, string? Personname = null,
        string? Departmentname = null);

    /// <summary>A subject with the hits answered.</summary>
    /// <param name="Name">Name of the subject; the hits say which entries are meant, so it is not read.</param>
    /// <param name="Code">Its code; not read either.</param>
    /// <param name="RedblackType">The hits.</param>
    internal sealed record SubjectFeedback(string? Name = null, string? Code = null, IReadOnlyList<HitFeedback>? RedblackType = null);

    /// <summary>Feedback on one hit.</summary>
    /// <param name="UnitedId">The entry, as the answer named it.</param>
    /// <param name="UnitedType">As answered; not read.</param>
    /// <param name="UnitedName">As answered; not read.</param>
    /// <param name="OriginDept">As answered; not read.</param>
    /// <param name="Action">奖惩措施: what was done.</param>
    /// <param name="HandleType">1 实施奖惩, 2 其他.</param>
    /// <param name="FeedbackResult">What came of it, or why nothing was done.</param>
    /// <param name="Remark">Remark.</param>
    /// <param name="ClTime">Day it was done; today when left out.</param>
    /// <param name="UnionPairList">The measures meant; all of the hit's when left out.</param>
    /// <param name="RedblackDetailList">As answered; not read.</param>
    internal sealed record HitFeedback(
        string? UnitedId = null, string? UnitedType = null, string? UnitedName = null, string? OriginDept = null, string? Action = null, int HandleType = 0,
        string? FeedbackResult = null, string? Remark = null, DateOnly? ClTime = null, IReadOnlyList<UnionPair>? UnionPairList = null,
        IReadOnlyList<JsonElement>? RedblackDetailList = null);
}
