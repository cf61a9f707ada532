using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Watching;

/// <summary>A subject asks whether it is on the warning list, and in which domains (requirements §13). Departments have the official set.</summary>
internal sealed class ListOwnWarnings : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/warnings", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithName(nameof(ListOwnWarnings))
            .WithSummary("List the own warnings in force, as a subject")
            .Produces<IReadOnlyList<OwnWarning>>();

    private static async Task<IResult> HandleAsync(CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        var today = clock.Today();
        return TypedResults.Ok(await db.Warnings.AsNoTracking()
            .Where(warning => caller.SubjectId != null && warning.SubjectId == caller.SubjectId && warning.State == WarningState.Active && warning.LastDay >= today)
            .Select(warning => new OwnWarning(warning.Id, warning.Domains, warning.BegunOn, warning.LastDay))
            .ToListAsync(cancel));
    }

    /// <summary>A warning in force.</summary>
    /// <param name="Id">Identity.</param>
    /// <param name="Domains">Key domains in which the subject is watched.</param>
    /// <param name="BegunOn">First day on the list.</param>
    /// <param name="LastDay">Last day on the list, as things stand.</param>
    internal sealed record OwnWarning(Guid Id, IReadOnlyList<string> Domains, DateOnly BegunOn, DateOnly LastDay);
}
