using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>Records that one original channel carries the correction; the last one completes the reparation (R-3.5.7.d).</summary>
internal sealed class CarryCorrection : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/reparations/{id:guid}/channels", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(CarryCorrection))
            .WithSummary("Record that an original channel carries the correction")
            .Produces<ReparationView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { channel = "CreditChina" });

    private static Task<IResult> HandleAsync(
        Guid id, CarriedOn body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveReparationAsync(
            id,
            caller,
            seen,
            async reparation =>
            {
                var corrected = reparation.Correct(body.Channel, clock.Today());
                if (corrected.Accepted && reparation.State == ReparationState.Done)
                {
                    await DeadlineBook.MeetAsync(db, DeadlineKind.CorrectWrongEntry, reparation.Id, clock, cancel);
                    await CompleteInboxItem.CloseAsync(db, InboxKind.Reparation, reparation.EntryId, caller, clock, "更正声明已在全部原渠道发布", cancel);
                }

                return corrected.Refusals;
            },
            cancel);

    /// <summary>A channel that carries the correction.</summary>
    /// <param name="Channel">One that had shown the entry.</param>
    internal sealed record CarriedOn(PublicationChannel Channel);
}
