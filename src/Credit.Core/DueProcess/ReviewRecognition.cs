using Credit.Core.Http;
using Credit.Core.Listing;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>法制审核 of a proposed entry before its recognition, by who did not propose it .</summary>
internal sealed class ReviewRecognition : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries/{id:guid}/legal-review", HandleAsync)
            .RecordsLegalReview(nameof(ReviewRecognition), "Record a legal review of a proposed entry as a third person");

    private static Task<IResult> HandleAsync(
        Guid id, LegalReviewAccess.Opinion body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        LegalReviewAccess.AnswerAsync<ListEntry>(
            move => db.MoveEntryAsync(id, caller, seen, move, cancel),
            entry => db.ReviewAsync(ReviewedMatter.Of(entry), body, caller, clock, cancel));
}
