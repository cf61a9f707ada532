using Credit.Core.Http;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Register;

/// <summary>Runs a parked change again, once what hindered it is out of the way.</summary>
internal sealed class ReplayParkedChange : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/register/parked/{id:guid}/replay", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithoutVersionBecause("It runs a parked change once more as it stands in the log; nothing the caller read goes into it.")
            .WithName(nameof(ReplayParkedChange))
            .WithSummary("Run a parked change again")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> HandleAsync(Guid id, Reactions reactions, CancellationToken cancel) => await reactions.ReplayAsync(id, cancel) switch
    {
        Replay.Done => TypedResults.NoContent(),
        Replay.FailedAgain => new Refusal(
            "replay-failed", "重新处理仍未成功，该变更继续搁置。", "It failed again; the change stays parked.", Clause.Standard("I87")).ToProblem(),
        _ => TypedResults.NotFound(),
    };
}
