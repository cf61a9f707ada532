using Credit.Core.Http;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Modules;

/// <summary>Sends a revision of the list of measures to the second person.</summary>
internal sealed class SubmitRevision : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/memoranda/revisions/{id:guid}/submission", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithName(nameof(SubmitRevision))
            .WithSummary("Send a revision of the list of measures to the second person")
            .Produces<RevisionView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static Task<IResult> HandleAsync(
        Guid id, IfMatch seen, RevisionAccess revisions, CreditDbContext db, DepartmentDirectory departments, TimeProvider clock, CancellationToken cancel) =>
        revisions.MoveAsync(
            id,
            seen,
            revision =>
            {
                var submitted = revision.Submit();
                if (submitted.Accepted)
                {
                    AskSecondPerson.Open(db, departments.LeadOffice.Key, id, $"措施清单调整 {revision.Code} 第{revision.Number}版待第二人决定", clock.Today());
                }

                return Task.FromResult(submitted.Refusals);
            },
            cancel);
}
