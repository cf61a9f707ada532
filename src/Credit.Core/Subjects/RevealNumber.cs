using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Listing;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Subjects;

/// <summary>
/// Shows the certificate number of an entry's subject to whoever holds an approved review ticket, once and within its minutes
/// (R-3.2.4.f). That it was shown is in the log before it is shown; the number is in no address, log or kept answer.
/// </summary>
internal sealed class RevealNumber : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries/{id:guid}/reveal", HandleAsync)
            .RequireAuthorization(Access.Department)
            .AnswerNotKept()
            .WithoutVersionBecause("It uses an approved ticket once; the second use is refused.")
            .WithName(nameof(RevealNumber))
            .WithSummary("See the certificate number of an entry's subject, once, with an approved review ticket")
            .Produces<NumberView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { ticketId = "0198a3c0-0000-7000-8000-000000000001" }, new { certificateType = "身份证", number = "（完整号码，仅显示一次）" });

    private static async Task<IResult> HandleAsync(
        Guid id, StatedPurpose purpose, RevealBody body, CreditDbContext db, Caller caller, TimeProvider clock, PersonVault vault, CancellationToken cancel)
    {
        var entry = await db.Entries.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (entry is null || !GetEntry.MaySee(entry, caller, clock.Today()))
        {
            return TypedResults.NotFound();
        }

        var known = body.TicketId is { } asked
            && await db.ReviewTickets.AnyAsync(each => each.Id == asked && each.EntryId == id && each.Matter == ReviewMatter.CertificateNumber && each.Department == caller.Department, cancel);
        if (!known)
        {
            return new Refusal(
                "review-ticket-missing", "查看证件号码须有本条目经批准的审查单。", "A certificate number is shown with an approved review ticket of this entry only.", Clause.R("3.2.4.f"))
                .ToProblem();
        }

        // The subject's lock decides between two who use the same ticket.
        await using var transaction = await db.LockSubjectAsync(entry.SubjectId, cancel);
        var ticket = await db.ReviewTickets.SingleAsync(each => each.Id == body.TicketId, cancel);
        var used = ticket.Reveal(caller.User, clock.GetUtcNow());
        if (!used.Accepted)
        {
            return used.Refusals.ToProblem();
        }

        var held = await db.Subjects.AsNoTracking().Where(subject => subject.Id == entry.SubjectId)
            .SelectMany(subject => subject.Identifiers)
            .Where(identifier => identifier.Cipher != null && identifier.Until == null)
            .OrderByDescending(identifier => identifier.Since).ThenByDescending(identifier => identifier.Id)
            .FirstAsync(cancel);
        await db.SaveChangesAsync(cancel);
        await db.TraceAsync(caller, clock, purpose.Purpose, nameof(RevealNumber), id, cancel);
        await transaction.CommitAsync(cancel);
        var title = PersonIdentifiers.TryFind(held.Scheme, out var type) ? type.Title : held.Scheme;
        return TypedResults.Ok(new NumberView(title, vault.OpenText(held.Cipher!)));
    }

    /// <summary>What allows it.</summary>
    /// <param name="TicketId">The approved review ticket.</param>
    internal sealed record RevealBody(Guid? TicketId = null);

    /// <summary>A certificate number. Never kept by the platform outside of its vault.</summary>
    /// <param name="CertificateType">Type of certificate.</param>
    /// <param name="Number">The number.</param>
    internal sealed record NumberView(string CertificateType, string Number)
    {
        // A record would print its members into whatever logs it.
        public override string ToString() => nameof(NumberView);
    }
}
