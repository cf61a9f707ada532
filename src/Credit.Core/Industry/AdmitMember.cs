using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Industry;

/// <summary>An association admits an applicant (R-3.4.4.a).</summary>
internal sealed class AdmitMember : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/association-members/{id:guid}/admission", HandleAsync)
            .RequireAuthorization(Access.Association)
            .WithName(nameof(AdmitMember))
            .WithSummary("Admit an applicant")
            .Produces<MemberView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static Task<IResult> HandleAsync(Guid id, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveMemberAsync(id, caller, seen, member => Task.FromResult(member.Admit(clock.Today()).Refusals), cancel);
}
