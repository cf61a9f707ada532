using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>Sends an application for repair back: the recogniser says what is missing, the subject completes it (requirements §10.5).</summary>
internal sealed class SendBackRepair : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/repairs/{id:guid}/return", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(SendBackRepair))
            .WithSummary("Send an application for repair back for completion")
            .Produces<RepairView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { finding = "请补充信用报告。" });

    private static Task<IResult> HandleAsync(
        Guid id, ReturnBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, WriteNotice notices,
        CancellationToken cancel) =>
        db.MoveRepairAsync(
            id,
            caller,
            seen,
            async (repair, entry) =>
            {
                Refusal[] refusals = [.. RepairStepBody.AgainstPersonalText("finding", body.Finding)];
                refusals = refusals.Length > 0 ? refusals : [.. repair.SendBack(body.Finding).Refusals];
                if (refusals.Length == 0)
                {
                    notices.Answer(db, entry, id, "信用修复申请", "退回补正", body.Finding);
                    await DeadlineBook.MeetAsync(db, DeadlineKind.AcceptRepair, id, clock, cancel);
                }

                return refusals;
            },
            cancel);

    /// <summary>A return.</summary>
    /// <param name="Finding">What is missing.</param>
    internal sealed record ReturnBody(string Finding);
}
