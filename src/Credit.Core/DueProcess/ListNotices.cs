using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>Lists notices, newest first: a subject its own, an officer those of the department. Titles only: reading one delivers it.</summary>
internal sealed class ListNotices : IUseCase
{
    /// <summary>Notices on one page.</summary>
    public const int PageSize = 100;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/notices", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithName(nameof(ListNotices))
            .WithSummary("List the own notices, page by page")
            .Produces<NoticePage>();

    private static async Task<IResult> HandleAsync(CreditDbContext db, Caller caller, CancellationToken cancel, Guid? before = null)
    {
        var notices = db.Notices.AsNoTracking().SeenBy(caller);
        if (before is { } last)
        {
            notices = notices.Where(notice => notice.Id < last);
        }

        var read = await notices.OrderByDescending(notice => notice.Id).Take(PageSize + 1)
            .Select(notice => new NoticeLine(
                notice.Id, notice.SubjectId, notice.Kind, notice.AboutId, notice.Issuer, notice.Title, notice.IssuedOn, notice.ValidTo, notice.State))
            .ToListAsync(cancel);
        var page = read.Take(PageSize).ToArray();
        return TypedResults.Ok(new NoticePage(page, read.Count > PageSize ? page[^1].Id : null));
    }

    /// <summary>A page of notices.</summary>
    /// <param name="Items">The notices, newest first.</param>
    /// <param name="Next">Send it as <c>before</c> for the next page; null on the last one.</param>
    internal sealed record NoticePage(IReadOnlyList<NoticeLine> Items, Guid? Next);

    /// <summary>A notice in the list.</summary>
    /// <param name="Id">Identity.</param>
    /// <param name="SubjectId">Whom it is for.</param>
    /// <param name="Kind">What it tells.</param>
    /// <param name="AboutId">What it is about.</param>
    /// <param name="Issuer">Key of the department that speaks.</param>
    /// <param name="Title">Title.</param>
    /// <param name="IssuedOn">Day it was written.</param>
    /// <param name="ValidTo">Last day it states; null when it states none.</param>
    /// <param name="State">Where it stands.</param>
    internal sealed record NoticeLine(
        Guid Id, Guid SubjectId, NoticeKind Kind, Guid AboutId, string Issuer, string Title, DateOnly IssuedOn, DateOnly? ValidTo, NoticeState State);
}
