using Credit.Core.Http;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>The subject answers a notice it has received; the department finds the answer in its inbox (R-3.2.2.c).</summary>
internal sealed class ReplyToNotice : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/notices/{id:guid}/reply", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithName(nameof(ReplyToNotice))
            .WithSummary("Answer a notice as its subject")
            .Produces<NoticeView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { reply = "已收悉，将于十日内完成整改。" });

    private static Task<IResult> HandleAsync(
        Guid id, ReplyBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveNoticeAsync(
            db.Notices.Where(notice => caller.SubjectId != null && notice.SubjectId == caller.SubjectId),
            id,
            seen,
            notice =>
            {
                var today = clock.Today();
                Refusal[] refusals = [.. RepairStepBody.AgainstPersonalText("reply", body.Reply)];
                refusals = refusals.Length > 0 ? refusals : [.. notice.Answer(body.Reply, today).Refusals];
                if (refusals.Length == 0)
                {
                    db.Add(new InboxItem
                    {
                        Department = notice.Issuer,
                        Kind = InboxKind.NoticeAnswered,
                        AggregateId = id,
                        Text = $"主体已答复《{notice.Title}》 {id}",
                        CreatedOn = today,
                    });
                }

                return Task.FromResult<IReadOnlyList<Refusal>>(refusals);
            },
            cancel);

    /// <summary>An answer.</summary>
    /// <param name="Reply">What the subject says; without personal numbers.</param>
    internal sealed record ReplyBody(string Reply);
}
