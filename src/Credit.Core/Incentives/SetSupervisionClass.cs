using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Incentives;

/// <summary>An approver of a department sets the class it supervises a subject by, with its basis (R-3.1.6.b). The class before stays in the log.</summary>
internal sealed class SetSupervisionClass : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/incentives/supervision-classes", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(SetSupervisionClass))
            .WithSummary("Set the class that the own department supervises a subject by; a class set before is changed in the version seen")
            .Produces<RatingView>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                subject = new { kind = "LegalPerson", name = "任城某某食品有限公司", code = "91370811MA3TEXT0X0" },
                @class = "A",
                basis = "2026年度食品生产企业信用分类评定（任市监〔2026〕20号）",
            });

    private static async Task<IResult> HandleAsync(
        RatingBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, SubjectFinder subjects, CancellationToken cancel)
    {
        var today = clock.Today();
        if (IncentiveAccess.AgainstPersonalText((body.Basis, "basis")).ToArray() is { Length: > 0 } personal)
        {
            return personal.ToProblem();
        }

        var found = await db.HoldSubjectAsync(subjects, body.Subject, today, cancel);
        if (!found.Accepted)
        {
            return found.Refusals.ToProblem();
        }

        await using var held = found.Value;
        var subject = held.Subject.Id;
        var known = await db.SupervisionRatings.SingleOrDefaultAsync(each => each.SubjectId == subject && each.Department == caller.Department, cancel);
        if (known is not null && seen.Against(known.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var rated = known is null
            ? SupervisionRating.Rate(subject, caller.Department!, body.Class, body.Basis, caller.User, today)
            : known.Change(body.Class, body.Basis, caller.User, today);
        if (!rated.Accepted)
        {
            return rated.Refusals.ToProblem();
        }

        if (known is null)
        {
            db.Add(rated.Value);
        }

        await db.SaveChangesAsync(cancel);
        await held.Transaction.CommitAsync(cancel);
        return TypedResults.Ok(new RatingView(rated.Value.Class, rated.Value.Basis, rated.Value.SetOn, rated.Value.Version)).WithVersion(rated.Value.Version);
    }

    /// <summary>A class.</summary>
    /// <param name="Subject">Who.</param>
    /// <param name="Class">The class.</param>
    /// <param name="Basis">What it rests on.</param>
    internal sealed record RatingBody(IncentiveSubject Subject, SupervisionClass Class, string Basis);

    /// <summary>The class as set.</summary>
    /// <param name="Class">The class.</param>
    /// <param name="Basis">What it rests on.</param>
    /// <param name="SetOn">Day it was set.</param>
    /// <param name="Version">Version, as in the ETag: who sets the class anew names it.</param>
    internal sealed record RatingView(SupervisionClass Class, string Basis, DateOnly SetOn, int Version);
}
