using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Listing;

/// <summary>One entry with its version. What is not in force yet is for the recogniser, the lead office and auditors (X37).</summary>
internal sealed class GetEntry : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/entries/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithName(nameof(GetEntry))
            .WithSummary("Read an entry; its ETag is what If-Match wants")
            .Produces<EntryView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(
        Guid id, StatedPurpose purpose, CreditDbContext db, Caller caller, TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        var entry = await db.Entries.AsNoTracking().Include(each => each.Publications).SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (entry is null || !MaySee(entry, caller, clock.Today()))
        {
            return TypedResults.NotFound();
        }

        await db.TraceAsync(caller, clock, purpose.Purpose, nameof(GetEntry), id, cancel);
        response.SetVersion(entry.Version);
        return TypedResults.Ok(EntryView.Of(entry));
    }

    /// <summary>True when the caller may see the entry at all.</summary>
    public static bool MaySee(ListEntry entry, Caller caller, DateOnly today) =>
        caller.SeesAllDepartments
        || (caller.Department is not null && caller.Department == entry.Recogniser)
        || (caller.SubjectId is not null && caller.SubjectId == entry.SubjectId && entry.State is not EntryState.Draft)
        || (caller.Department is not null && entry.Shared(today));
}
