using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>法制审核 of an application for repair before its decision, by who neither took it up nor proposed the entry .</summary>
internal sealed class ReviewRepair : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/repairs/{id:guid}/legal-review", HandleAsync)
            .RecordsLegalReview(nameof(ReviewRepair), "Record a legal review of a repair under review as a third person");

    private static Task<IResult> HandleAsync(
        Guid id, LegalReviewAccess.Opinion body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        LegalReviewAccess.AnswerAsync<(Repair Repair, ListEntry Entry)>(
            move => db.MoveRepairAsync(id, caller, seen, (repair, entry) => move((repair, entry)), cancel),
            matter => db.ReviewAsync(ReviewedMatter.Of(matter.Repair, matter.Entry), body, caller, clock, cancel));
}
