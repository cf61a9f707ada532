using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>法制审核 of an objection before its conclusion, by who neither raised it nor proposed or recognised the entry .</summary>
internal sealed class ReviewConclusion : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/objections/{id:guid}/legal-review", HandleAsync)
            .RecordsLegalReview(nameof(ReviewConclusion), "Record a legal review of an objection under verification as a third person");

    private static Task<IResult> HandleAsync(
        Guid id, LegalReviewAccess.Opinion body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        LegalReviewAccess.AnswerAsync<(Objection Objection, ListEntry Entry)>(
            move => db.MoveObjectionAsync(id, caller, seen, (objection, entry) => move((objection, entry)), cancel),
            matter => db.ReviewAsync(ReviewedMatter.Of(matter.Objection, matter.Entry), body, caller, clock, cancel));
}
