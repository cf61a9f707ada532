using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Rules;

/// <summary>What another shipped pack, or another day, would make of the register, entry by entry (architecture §6).</summary>
internal sealed class SimulatePack : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/policy/simulations", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithName(nameof(SimulatePack))
            .WithSummary("Replay the register under another policy pack or as of another day; nothing changes")
            .Produces<SimulationView>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static Task<IResult> HandleAsync(
        CreditDbContext db, PolicyPacks packs, TimeProvider clock, CancellationToken cancel, string? pack = null, DateOnly? asOf = null, Guid? after = null, int take = 100)
    {
        var today = clock.Today();
        var on = asOf ?? today;
        var under = pack is null ? packs.InForce(on) : packs.Find(pack);
        return under is null
            ? Task.FromResult<IResult>(new Refusal("pack-unknown", "没有该规则包。", "There is no policy pack of this name.", Clause.R("3.6.1"), "pack").ToProblem())
            : ReplayRegister.RunAsync(db, packs, under, today, on, after, take, cancel);
    }
}
