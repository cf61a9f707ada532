using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Rules;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Listing;

/// <summary>Records that the exit notice stands on one of the original channels; the last one completes the exit (R-3.5.6.d).</summary>
internal sealed class AnnounceExit : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries/{id:guid}/exit-announcements", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(AnnounceExit))
            .WithSummary("Record the exit announcement on an original channel")
            .Produces<EntryView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { channel = "CreditChina" });

    private static Task<IResult> HandleAsync(
        Guid id, AnnouncementBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveEntryAsync(
            id,
            caller,
            seen,
            async entry =>
            {
                var steps = await db.StepsForAsync(entry.Recogniser, entry.ProposedOn, cancel);
                if (OwnSteps.AgainstRole(steps?.AnnounceExitBy, caller).ToArray() is { Length: > 0 } narrowed)
                {
                    return narrowed;
                }

                var announced = entry.AnnounceExit(body.Channel, Credit.Domain.Policy.CivilClock.Today(clock));
                if (announced.Accepted && entry.ExitAnnouncedOn is not null)
                {
                    await DeadlineBook.MeetAsync(db, DeadlineKind.AnnounceExit, entry.Id, clock, cancel);
                }

                return announced.Refusals;
            },
            cancel);

    /// <summary>An announcement.</summary>
    /// <param name="Channel">Original channel that carries the notice.</param>
    internal sealed record AnnouncementBody(PublicationChannel Channel);
}
