using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Listing;

/// <summary>Entries in force on a day by the four kinds of conduct, list, domain and recogniser .</summary>
internal sealed class GetConductStatistics : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/statistics/conduct", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(GetConductStatistics))
            .WithSummary("Count the entries in force on a day by kind of conduct, list, domain and recogniser")
            .Produces<ConductView>();

    private static async Task<IResult> HandleAsync(CreditDbContext db, TimeProvider clock, CancellationToken cancel, DateOnly? on = null)
    {
        var day = on ?? clock.Today();
        var counted = await db.Entries
            .Where(entry => (entry.State == EntryState.Active || entry.State == EntryState.Verifying || entry.State == EntryState.Exited)
                && entry.ValidFrom <= day && entry.ValidTo >= day && (entry.ExitedOn == null || entry.ExitedOn > day))
            .GroupBy(entry => new { entry.Category, entry.List, entry.Domain, entry.Recogniser })
            .Select(group => new { group.Key, Count = group.Count() })
            .ToListAsync(cancel);
        return TypedResults.Ok(new ConductView(
            day,
            [
                .. counted.OrderBy(each => each.Key.Category is null).ThenBy(each => each.Key.Category).ThenBy(each => each.Key.List)
                    .ThenBy(each => each.Key.Domain, StringComparer.Ordinal).ThenBy(each => each.Key.Recogniser, StringComparer.Ordinal)
                    .Select(each => new ConductCount(each.Key.Category, each.Key.List, each.Key.Domain, each.Key.Recogniser, each.Count)),
            ]));
    }

    /// <summary>Entries in force on a day.</summary>
    /// <param name="On">The day.</param>
    /// <param name="Counts">One row for each combination that occurs.</param>
    internal sealed record ConductView(DateOnly On, IReadOnlyList<ConductCount> Counts);

    /// <summary>Entries of one combination.</summary>
    /// <param name="Category">Kind of conduct; null for red entries, which have none.</param>
    /// <param name="List">The list.</param>
    /// <param name="Domain">领域.</param>
    /// <param name="Department">Key of the recogniser.</param>
    /// <param name="Count">Entries in force.</param>
    internal sealed record ConductCount(ConductCategory? Category, ListKind List, string Domain, string Department, int Count);
}
