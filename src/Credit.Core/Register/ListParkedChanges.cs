using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Register;

/// <summary>A change that a reaction could not digest.</summary>
/// <param name="Id">Identity, for the replay.</param>
/// <param name="Reaction">Name of the reaction.</param>
/// <param name="Position">Position in the log.</param>
/// <param name="WireName">Wire name of the announcement.</param>
/// <param name="AggregateId">What it is about.</param>
/// <param name="Failure">Kind of failure, without data.</param>
/// <param name="ParkedAt">Instant of parking, UTC.</param>
internal sealed record ParkedView(Guid Id, string Reaction, long Position, string WireName, Guid AggregateId, string Failure, DateTimeOffset ParkedAt);

/// <summary>Shows what is parked, oldest first, so that nothing that failed is out of sight.</summary>
internal sealed class ListParkedChanges : IUseCase
{
    private const int Most = 500;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/register/parked", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithName(nameof(ListParkedChanges))
            .WithSummary("List the changes that a reaction could not digest, oldest first, at most 500")
            .Produces<IReadOnlyList<ParkedView>>();

    private static Task<List<ParkedView>> HandleAsync(CreditDbContext db, CancellationToken cancel) => (
        from parked in db.Parked.AsNoTracking()
        where parked.ReplayedAt == null
        join position in db.RegisterPositions on parked.Position equals position.Position
        join entry in db.RegisterEntries on position.EntryId equals entry.Id
        orderby parked.ParkedAt, parked.Id
        select new ParkedView(parked.Id, parked.Reaction, parked.Position, entry.WireName, entry.AggregateId, parked.Failure, parked.ParkedAt))
        .Take(Most).ToListAsync(cancel);
}
