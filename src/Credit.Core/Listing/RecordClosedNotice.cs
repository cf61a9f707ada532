using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Listing;

/// <summary>Records whom the department told of an entry that may not be published (R-3.2.4.h, I67).</summary>
internal sealed class RecordClosedNotice : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries/{id:guid}/closed-notice", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(RecordClosedNotice))
            .WithSummary("Record the notice to employer or competent authority")
            .Produces<EntryView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { addressee = "区国防动员办公室" });

    private static Task<IResult> HandleAsync(
        Guid id, ClosedNoticeBody body, IfMatch seen, CreditDbContext db, Caller caller, CancellationToken cancel) =>
        db.MoveEntryAsync(
            id,
            caller,
            seen,
            entry => Task.FromResult(string.IsNullOrWhiteSpace(body.Addressee)
                ? [new Refusal("addressee-missing", "请写明通报对象。", "Name who was told.", Clause.R("3.2.4.h"), "addressee")]
                : entry.RecordClosedNotice(body.Addressee).Refusals),
            cancel);

    /// <summary>A closed notice.</summary>
    /// <param name="Addressee">Employer or competent authority.</param>
    internal sealed record ClosedNoticeBody(string Addressee);
}
