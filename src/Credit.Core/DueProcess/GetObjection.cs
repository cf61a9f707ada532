using Credit.Core.Checks;
using Credit.Core.Deadlines;
using Credit.Core.Enforcement;
using Credit.Core.Http;
using Credit.Core.Listing;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>Reads an objection: its handler, a department told to verify a measure, whoever filed it, the subject, the lead office and auditors.</summary>
internal sealed class GetObjection : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/objections/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .ForPurpose(nameof(GetObjection))
            .WithName(nameof(GetObjection))
            .WithSummary("Read an objection and its answers")
            .Produces<ObjectionView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, HttpResponse response, CancellationToken cancel)
    {
        var objection = await db.Objections.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (objection is null
            || !(caller.SeesAllDepartments || (caller.Department is not null && objection.Handler == caller.Department)
                || objection.FiledBy == caller.User || await IsToldAsync(db, id, caller.Department, cancel) || (caller.SubjectId is not null && caller.SubjectId == objection.SubjectId)))
        {
            return TypedResults.NotFound();
        }

        response.SetVersion(objection.Version);
        return TypedResults.Ok(ObjectionView.Of(objection));
    }

    private static Task<bool> IsToldAsync(CreditDbContext db, Guid id, string? department, CancellationToken cancel) =>
        db.Inbox.AnyAsync(item => item.Kind == InboxKind.Objection && item.AggregateId == id && item.Department == department, cancel);
}
