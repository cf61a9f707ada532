using System.Text.Json.Nodes;
using Credit.Core.Http;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Incentives;

/// <summary>
/// Organisations that departments may recommend to society: without negative record in the window, and exemplars, none of them on
/// a punish list (R-3.3.1.b, R-3.3.5). Page by page, organisations only; each page asked for is in the log with its purpose (R-3.1.5.a).
/// </summary>
internal sealed class ListRecommended : IUseCase
{
    /// <summary>Subjects looked at for one page.</summary>
    public const int PageSize = 500;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/incentives/recommendations", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(ListRecommended))
            .WithSummary("List organisations without negative record, and exemplars, to be recommended and promoted")
            .Produces<RecommendedPage>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(
        string purpose, DateOnly? asOf, int? years, Guid? after, CreditDbContext db, Caller caller, TimeProvider clock, StandingReader standings, RegisterPen pen,
        PolicyPack pack, CancellationToken cancel)
    {
        var today = clock.Today();
        var day = asOf ?? today;
        var window = years ?? pack.Incentives.CleanYears;
        Refusal[] refusals = [.. IncentiveAccess.AgainstPurpose(purpose), .. AskCleanRecord.AgainstWindow(day, window, today)];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        var from = after ?? Guid.Empty;
        var looked = await db.Subjects.AsNoTracking()
            .Where(subject => subject.Kind != SubjectKind.NaturalPerson && subject.Status == SubjectStatus.Active && subject.Id > from)
            .OrderBy(subject => subject.Id)
            .Select(subject => new { subject.Id, subject.Name, subject.Code, subject.Industry })
            .Take(PageSize)
            .ToListAsync(cancel);
        var standing = await standings.ReadAsync([.. looked.Select(subject => subject.Id)], today, day, window, cancel);
        var recommended = looked
            .Where(subject => !standing[subject.Id].Listed && (standing[subject.Id].Clean || standing[subject.Id].Exemplar))
            .Select(subject => new RecommendedSubject(
                subject.Id, subject.Name, subject.Code, subject.Industry, standing[subject.Id].Clean, standing[subject.Id].Exemplar, standing[subject.Id].Red));
        db.Add(pen.Write(
            new RecommendationsListed(caller.Department!, purpose, day, window),
            "CleanRecord",
            Guid.CreateVersion7(),
            Clause.R("3.1.5.a"),
            before: null,
            new JsonObject { ["Purpose"] = purpose, ["AsOf"] = $"{day:yyyy-MM-dd}", ["Years"] = window }));
        await db.SaveChangesAsync(cancel);
        var range = CleanRecord.Window(day, window);
        return TypedResults.Ok(new RecommendedPage(range.From, range.To, [.. recommended], looked.Count < PageSize ? null : looked[^1].Id));
    }

    /// <summary>A page of the list.</summary>
    /// <param name="From">First day looked at.</param>
    /// <param name="To">Last day looked at.</param>
    /// <param name="Subjects">Those to recommend.</param>
    /// <param name="Next">What to pass as <c>after</c> for the next page; null with the last one.</param>
    internal sealed record RecommendedPage(DateOnly From, DateOnly To, IReadOnlyList<RecommendedSubject> Subjects, Guid? Next);

    /// <summary>A subject to recommend.</summary>
    /// <param name="SubjectId">The subject.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Code">Its code.</param>
    /// <param name="Industry">Its industry.</param>
    /// <param name="Clean">Without negative record in the window.</param>
    /// <param name="Exemplar">An honest exemplar.</param>
    /// <param name="Red">On a red list.</param>
    internal sealed record RecommendedSubject(Guid SubjectId, string Name, string? Code, string? Industry, bool Clean, bool Exemplar, bool Red);
}
