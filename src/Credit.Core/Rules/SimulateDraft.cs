using System.Text.Json.Nodes;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Rules;

/// <summary>What a draft, a shipped pack with other values, would make of the register before anybody puts it in force (architecture §6).</summary>
internal sealed class SimulateDraft : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/policy/simulations", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .AnswerNotKept()
            .WithoutVersionBecause(VersionlessCommands.Question)
            .WithName(nameof(SimulateDraft))
            .WithSummary("Replay the register under a draft of a policy pack; nothing changes")
            .Produces<SimulationView>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { pack = "rencheng-2019", changes = new { longestPunishMonths = 36, watchPublication = false }, asOf = "2026-11-24", take = 100 });

    private static Task<IResult> HandleAsync(DraftBody body, CreditDbContext db, PolicyPacks packs, TimeProvider clock, CancellationToken cancel)
    {
        if (packs.Find(body.Pack) is not { } pack)
        {
            return Task.FromResult<IResult>(new Refusal("pack-unknown", "没有该规则包。", "There is no policy pack of this name.", Clause.R("3.6.1"), "pack").ToProblem());
        }

        var draft = pack.Draft(body.Changes);
        return draft.Accepted
            ? ReplayRegister.RunAsync(db, packs, draft.Value, clock.Today(), body.AsOf ?? clock.Today(), body.After, body.Take, cancel)
            : Task.FromResult<IResult>(draft.Refusals.ToProblem());
    }

    /// <summary>A draft.</summary>
    /// <param name="Pack">Pack it starts from.</param>
    /// <param name="Changes">Other values, by name as the pack has them.</param>
    /// <param name="AsOf">Day to look at; today when left out.</param>
    /// <param name="After">Identity to go on after.</param>
    /// <param name="Take">Entries on a page.</param>
    internal sealed record DraftBody(string Pack, JsonObject Changes, DateOnly? AsOf = null, Guid? After = null, int Take = 100);
}
