using System.Text.Json.Nodes;
using Credit.Core.Http;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Accountability;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Accountability;

/// <summary>An officer reads a person's credit file with an approved review ticket, once and within its minutes; the log says so first (R-3.4.6.b).</summary>
internal sealed class ConsultPersonalFile : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/persons/{id:guid}/file/readings", HandleAsync)
            .RequireAuthorization(Access.Department)
            .AnswerNotKept()
            .WithoutVersionBecause("It uses an approved ticket once; the second use is refused.")
            .WithName(nameof(ConsultPersonalFile))
            .WithSummary("Read a person's credit file with an approved review ticket")
            .Produces<PersonalFile>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { ticketId = "0198a3c0-0000-7000-8000-000000000001" });

    private static async Task<IResult> HandleAsync(
        Guid id, FileReading body, CreditDbContext db, Caller caller, RegisterPen pen, TimeProvider clock, CancellationToken cancel)
    {
        var known = await db.ReviewTickets.AnyAsync(
            each => each.Id == body.TicketId && each.SubjectId == id && each.Department == caller.Department && each.Matter == ReviewMatter.PersonalFile, cancel);
        if (!known)
        {
            return new Refusal(
                "file-ticket-missing", "查阅个人信用档案须有经批准的审查单。", "A personal credit file is shown with an approved review ticket for it only.", Clause.R("3.4.6.b")).ToProblem();
        }

        // The person's lock decides between two who use the same ticket.
        await using var transaction = await db.LockSubjectAsync(id, cancel);
        var ticket = await db.ReviewTickets.SingleAsync(each => each.Id == body.TicketId, cancel);
        if (ticket.Reveal(caller.User, clock.GetUtcNow()) is { Accepted: false } refused)
        {
            return refused.Refusals.ToProblem();
        }

        var file = (await PersonalFile.OfAsync(db, id, clock.Today(), whole: false, cancel))!;
        db.Add(pen.Write(new PersonalFileRead(id, ticket.Id), "PersonalFile", id, Clause.R("3.4.6.b"), before: null, new JsonObject()));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(file);
    }

    /// <summary>What allows it.</summary>
    /// <param name="TicketId">The approved review ticket.</param>
    internal sealed record FileReading(Guid TicketId);
}
