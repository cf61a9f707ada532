using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Incentives;

/// <summary>An approved exemplar is shown in public, on the channels named (R-3.3.1.c).</summary>
internal sealed class PublishExemplar : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/exemplars/{id:guid}/publication", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(PublishExemplar))
            .WithSummary("Show an approved exemplar in public")
            .Produces<ExemplarView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { channels = new[] { "区政府网站", "信用中国（济宁任城）" } });

    private static Task<IResult> HandleAsync(
        Guid id, PublicationBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveExemplarAsync(
            id,
            caller,
            seen,
            async exemplar =>
            {
                Refusal[] refusals =
                [
                    .. body.Channels.Count > 20 || body.Channels.Any(channel => channel?.Length > 100)
                        ? [new Refusal("text-too-long", "渠道过多或名称过长。", "Too many channels, or too long a name.", Clause.R("3.3.1.c"), "channels")]
                        : Array.Empty<Refusal>(),
                    .. IncentiveAccess.AgainstPersonalText(body.Channels.Select(channel => ((string?)channel, "channels"))),
                ];
                if (refusals.Length > 0)
                {
                    return refusals;
                }

                var published = exemplar.Publish(body.Channels, clock.Today());
                if (published.Accepted)
                {
                    await DeadlineBook.MeetAsync(db, DeadlineKind.PublishExemplar, id, clock, cancel);
                }

                return published.Refusals;
            },
            cancel);

    /// <summary>A publication.</summary>
    /// <param name="Channels">Government site, Credit China, media.</param>
    internal sealed record PublicationBody(IReadOnlyList<string> Channels);
}
