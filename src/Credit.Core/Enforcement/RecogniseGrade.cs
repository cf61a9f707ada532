using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>What a grade of a member city is worth here today: only while alliance and mapping are in force and recognition is on (R-3.5.2.d).</summary>
internal sealed class RecogniseGrade : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/alliances/{id:guid}/grades", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(RecogniseGrade))
            .WithSummary("What a grade of a member city is worth in the district")
            .Produces<RecognisedGrade>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> HandleAsync(Guid id, string city, string grade, CreditDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Alliances.AsNoTracking().Include(each => each.Grades).SingleOrDefaultAsync(each => each.Id == id, cancel) is not { } alliance)
        {
            return TypedResults.NotFound();
        }

        var today = clock.Today();
        return alliance.Recognise(city, grade, today) is { } ours
            ? TypedResults.Ok(new RecognisedGrade(city, grade, ours, today))
            : new Refusal("grade-not-recognised", "该等级目前不予互认。", "The grade is not recognised at present.", Clause.R("3.5.2.d")).ToProblem();
    }

    /// <summary>A grade that is recognised.</summary>
    /// <param name="City">The member city.</param>
    /// <param name="Theirs">Its grade.</param>
    /// <param name="Ours">What it is worth here.</param>
    /// <param name="On">Day it is recognised on.</param>
    internal sealed record RecognisedGrade(string City, string Theirs, CreditGrade Ours, DateOnly On);
}
