using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>A second officer approves the correction statement; the subject gets it as a notice (R-3.5.7.d, R-3.2.4.e).</summary>
internal sealed class ApproveCorrection : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/reparations/{id:guid}/approval", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(ApproveCorrection))
            .WithSummary("Approve the correction statement of a wrong entry as a second officer")
            .Produces<ReparationView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static Task<IResult> HandleAsync(Guid id, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveReparationAsync(
            id,
            caller,
            seen,
            async reparation =>
            {
                var approved = reparation.Approve(caller.User, clock.Today());
                if (!approved.Accepted)
                {
                    return approved.Refusals;
                }

                db.Add(Notice.Issue(
                    reparation.SubjectId, NoticeKind.Correction, reparation.EntryId, reparation.Recogniser, "名单信息更正告知书", reparation.Statement!, clock.Today(),
                    validity: null, Clause.R("3.5.7.d")));
                if (reparation.State == ReparationState.Done)
                {
                    await DeadlineBook.MeetAsync(db, DeadlineKind.CorrectWrongEntry, reparation.Id, clock, cancel);
                    await CompleteInboxItem.CloseAsync(db, InboxKind.Reparation, reparation.EntryId, caller, clock, "更正声明已在全部原渠道发布", cancel);
                }

                return [];
            },
            cancel);
}
