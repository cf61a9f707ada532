using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Listing;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Subjects;

/// <summary>
/// An officer asks to see the certificate number of an entry's subject: purpose and case are stated and kept (R-3.2.4.f). Only
/// the recogniser, and departments that carry a measure of the entry out, have a reason to.
/// </summary>
internal sealed class RequestReview : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries/{id:guid}/review-tickets", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(RequestReview))
            .WithSummary("Ask to see the certificate number of an entry's subject")
            .Produces<ReviewTicketView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { purpose = "核对出境限制对象身份", caseNumber = "任税阻〔2026〕3号" });

    private static async Task<IResult> HandleAsync(
        Guid id, ReviewBody body, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, CancellationToken cancel)
    {
        var entry = await db.Entries.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (entry is null || caller.Department is null || !GetEntry.MaySee(entry, caller, clock.Today()))
        {
            return TypedResults.NotFound();
        }

        if (await AgainstAsync(db, entry, body.Purpose, body.CaseNumber, caller.Department, cancel) is { Length: > 0 } refusals)
        {
            return refusals.ToProblem();
        }

        var today = clock.Today();
        var requested = ReviewTicket.Request(entry, caller.Department, body.Purpose, body.CaseNumber, caller.User, today);
        return requested.Accepted
            ? await SubmitAsync(db, requested.Value, $"条目 {entry.Id} 主体证件号码查阅申请，请审批", pack, today, cancel)
            : requested.Refusals.ToProblem();
    }

    /// <summary>Keeps the ticket and tells the department's approvers; every kind of ticket counts towards the quota of the day.</summary>
    public static async Task<IResult> SubmitAsync(CreditDbContext db, ReviewTicket ticket, string text, PolicyPack pack, DateOnly today, CancellationToken cancel)
    {
        // Requests of one account queue up, so that two at once do not both take the last one of the day.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var turn = $"credit/review/{ticket.RequestedBy}";
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({turn}))", cancel);
        if (await db.ReviewTickets.CountAsync(each => each.RequestedBy == ticket.RequestedBy && each.RequestedOn == today, cancel) >= pack.ReviewTicketsPerDay)
        {
            return new Refusal(
                "review-quota-reached",
                $"当日审查单已达{pack.ReviewTicketsPerDay}份上限。",
                $"The {pack.ReviewTicketsPerDay} review tickets of the day are used.",
                Clause.R("3.2.4.f")).ToProblem();
        }

        db.Add(ticket);
        db.Add(new InboxItem { Department = ticket.Department, Kind = InboxKind.ReviewTicket, AggregateId = ticket.Id, Text = text, CreatedOn = today });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/review-tickets/{ticket.Id}", ReviewTicketView.Of(ticket)).WithVersion(ticket.Version);
    }

    /// <summary>What stands against asking at all: only the recogniser, and who carries a measure out, has a reason to.</summary>
    public static async Task<Refusal[]> AgainstAsync(
        CreditDbContext db, ListEntry entry, string purpose, string caseNumber, string department, CancellationToken cancel)
    {
        if (entry.Recogniser != department && !await db.Tasks.AnyAsync(task => task.EntryId == entry.Id && task.Department == department, cancel))
        {
            return
            [
                new(
                    "review-not-concerned",
                    "只有认定部门和负有该条目措施的部门可以申请查阅。",
                    "Only the recogniser, and departments with a measure of the entry, may ask.",
                    Clause.R("3.2.4.f")),
            ];
        }

        return PersonalText.IsIn(purpose) || PersonalText.IsIn(caseNumber)
            ? [new("purpose-names-person", "目的和编号中不得出现证件号码或电话。", "Purpose and case number may not hold identity numbers or telephone numbers.", Clause.R("3.2.4.f"), "purpose")]
            : [];
    }

    /// <summary>A request.</summary>
    /// <param name="Purpose">What the number is needed for.</param>
    /// <param name="CaseNumber">Number of the case it is needed in.</param>
    internal sealed record ReviewBody(string Purpose, string CaseNumber);
}

/// <summary>A review ticket as its department sees it. The number is not in it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="EntryId">The entry.</param>
/// <param name="Matter">What it lets its holder see.</param>
/// <param name="Department">Department that asks.</param>
/// <param name="Purpose">What the number is needed for.</param>
/// <param name="CaseNumber">Number of the case.</param>
/// <param name="RequestedBy">Account that asked.</param>
/// <param name="State">Where it stands.</param>
/// <param name="DecidedBy">Account that decided.</param>
/// <param name="ValidUntil">Last instant the number is shown, UTC.</param>
/// <param name="UsedAt">Instant the number was shown, UTC.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record ReviewTicketView(
    Guid Id, Guid EntryId, ReviewMatter Matter, string Department, string Purpose, string CaseNumber, string RequestedBy, ReviewState State, string? DecidedBy,
    DateTimeOffset? ValidUntil, DateTimeOffset? UsedAt, int Version)
{
    public static ReviewTicketView Of(ReviewTicket ticket) => new(
        ticket.Id, ticket.EntryId, ticket.Matter, ticket.Department, ticket.Purpose, ticket.CaseNumber, ticket.RequestedBy, ticket.State, ticket.DecidedBy,
        ticket.ValidUntil, ticket.UsedAt, ticket.Version);
}
