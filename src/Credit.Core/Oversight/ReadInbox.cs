using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>Reads the inbox of the caller's department, oldest first; an auditor, who has none, reads all but reports of misconduct.</summary>
internal sealed class ReadInbox : IUseCase
{
    /// <summary>Items on one page.</summary>
    public const int PageSize = 100;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/inbox", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(ReadInbox))
            .WithSummary("Read the inbox of the own department, page by page")
            .Produces<InboxPage>();

    private static async Task<IResult> HandleAsync(CreditDbContext db, Caller caller, CancellationToken cancel, bool done = false, Guid? after = null)
    {
        var items = db.Inbox.AsNoTracking().Where(item => (item.DoneAt != null) == done);
        if (caller.Department is not null || !caller.Is(Roles.Auditor))
        {
            items = items.Where(item => item.Department == caller.Department);
        }

        // What is reported to a department, and that somebody reported, is the handler's alone (R-3.4.5.a).
        if (caller.Department is null)
        {
            items = items.Where(item => item.Kind != InboxKind.MisconductReport);
        }

        if (after is { } last)
        {
            items = items.Where(item => item.Id > last);
        }

        var read = await items.OrderBy(item => item.Id).Take(PageSize + 1).ToListAsync(cancel);
        var page = read.Take(PageSize).Select(InboxView.Of).ToArray();
        return TypedResults.Ok(new InboxPage(page, read.Count > PageSize ? page[^1].Id : null));
    }

    /// <summary>A page of the inbox.</summary>
    /// <param name="Items">The items, oldest first.</param>
    /// <param name="Next">Send it as <c>after</c> for the next page; null on the last one.</param>
    internal sealed record InboxPage(IReadOnlyList<InboxView> Items, Guid? Next);
}

/// <summary>An item of an inbox.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Department">Department that is to look at it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="AggregateId">Entry, task, objection, repair, review ticket, report or deadline it is about.</param>
/// <param name="Text">One sentence.</param>
/// <param name="CreatedOn">Day it arrived.</param>
/// <param name="DoneAt">Instant it was done with, UTC; null while open.</param>
/// <param name="Outcome">What was done; null while open.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record InboxView(
    Guid Id, string Department, InboxKind Kind, Guid AggregateId, string Text, DateOnly CreatedOn, DateTimeOffset? DoneAt, string? Outcome, int Version)
{
    public static InboxView Of(InboxItem item) => new(
        item.Id, item.Department, item.Kind, item.AggregateId, item.Text, item.CreatedOn, item.DoneAt, item.Outcome, item.Version);
}
