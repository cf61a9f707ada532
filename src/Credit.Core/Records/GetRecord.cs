using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Records;

/// <summary>One credit record with its version, for whom the sharing class of its item lets read it.</summary>
internal sealed class GetRecord : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/records/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .ForPurpose(nameof(GetRecord))
            .WithName(nameof(GetRecord))
            .WithSummary("Read a credit record; its ETag is what If-Match wants")
            .Produces<CreditRecordView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, PolicyPack pack, CancellationToken cancel)
    {
        var record = await db.CreditRecords.AsNoTracking().ReadableBy(caller, pack).SingleOrDefaultAsync(each => each.Id == id, cancel);
        return record is null ? TypedResults.NotFound() : TypedResults.Ok(CreditRecordView.Of(record)).WithVersion(record.Version);
    }
}
