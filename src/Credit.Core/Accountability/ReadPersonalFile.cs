using System.Text.Json.Nodes;
using Credit.Core.Http;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Accountability;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Accountability;

/// <summary>A person reads its own credit file (R-3.4.6.b); the reading is in the log before the file is shown.</summary>
internal sealed class ReadPersonalFile : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/persons/{id:guid}/file", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithName(nameof(ReadPersonalFile))
            .WithSummary("Read one's own personal credit file")
            .Produces<PersonalFile>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, RegisterPen pen, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.SubjectId != id || await PersonalFile.OfAsync(db, id, clock.Today(), whole: true, cancel) is not { } file)
        {
            return TypedResults.NotFound();
        }

        db.Add(pen.Write(new PersonalFileRead(id, TicketId: null), "PersonalFile", id, Clause.R("3.4.6.b"), before: null, new JsonObject()));
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(file);
    }
}
