using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Accountability;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Accountability;

/// <summary>The department that set a profession tag takes it away. With the tag of public servants the integrity file closes.</summary>
internal sealed class EndProfession : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/profession-tags/{id:guid}/end", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(EndProfession))
            .WithSummary("Take a profession tag away")
            .Produces<ProfessionView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> HandleAsync(Guid id, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        var tag = await db.ProfessionTags.SingleOrDefaultAsync(each => each.Id == id && each.SetBy == caller.Department, cancel);
        if (tag is null || (tag.Profession == Profession.PublicServant && !caller.Is(Roles.IntegrityFile)))
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(tag.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        if (tag.End(clock.Today()) is { Accepted: false } refused)
        {
            return refused.Refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(ProfessionView.Of(tag)).WithVersion(tag.Version);
    }
}
