using Credit.Core.Checks;
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

/// <summary>How often subjects are inspected, compared with the plan: by class, with its basis; below 1 for good credit, above 1 for bad (R-3.1.6.b, R-3.3.3.d).</summary>
internal sealed class PlanSupervision : IUseCase
{
    private const int MostSubjects = 100;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/incentives/supervision-plan", HandleAsync)
            .RequireAuthorization(Access.Department)
            .AnswerNotKept()
            .ForPurpose(nameof(PlanSupervision))
            .WithoutVersionBecause(VersionlessCommands.Question)
            .WithName(nameof(PlanSupervision))
            .WithSummary("Ask by what class and how often subjects are inspected")
            .Produces<SupervisionPlan>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { subjects = new[] { new { kind = "LegalPerson", code = "91370811MA3TEXT0X0" } } });

    private static async Task<IResult> HandleAsync(
        PlanBody body, CreditDbContext db, Caller caller, TimeProvider clock, SubjectFinder finder, StandingReader standings, PolicyPack pack, CancellationToken cancel)
    {
        if (body.Subjects.Count is 0 or > MostSubjects)
        {
            return new Refusal(
                "subjects-out-of-range", $"一次查询1至{MostSubjects}个主体。", $"Ask about 1 to {MostSubjects} subjects at once.", Clause.R("3.3.3.d"), "subjects").ToProblem();
        }

        var today = clock.Today();
        var ids = new List<Guid?>();
        foreach (var named in body.Subjects)
        {
            var found = await finder.FindAsync(named.ToReference(), today, cancel);
            if (!found.Accepted)
            {
                return found.Refusals.ToProblem();
            }

            ids.Add(found.Value?.Id);
        }

        Guid[] known = [.. ids.OfType<Guid>().Distinct()];
        var standing = await standings.ReadAsync(known, today, today, pack.Incentives.CleanYears, cancel);
        var own = await db.SupervisionRatings.AsNoTracking().Where(each => known.Contains(each.SubjectId) && each.Department == caller.Department)
            .ToDictionaryAsync(each => each.SubjectId, cancel);
        return TypedResults.Ok(new SupervisionPlan([.. ids.Select(id =>
        {
            // Nothing is known of somebody the registry does not hold: the plan as it stands.
            if (id is not { } subject)
            {
                return new PlannedSubject(Registered: false, Class: null, Basis: null, Note: null, Factor: 1m, Version: null);
            }

            var rating = own.GetValueOrDefault(subject);
            var found = Supervision.Of(standing[subject], rating?.Class);
            return new PlannedSubject(
                Registered: true, found.Class, found.Basis, found.Basis == ClassBasis.Department ? rating!.Basis : null,
                Supervision.FactorOf(found.Class, standing[subject], pack.Incentives), rating?.Version);
        })]));
    }

    /// <summary>A question.</summary>
    /// <param name="Subjects">Who, by identifier only.</param>
    internal sealed record PlanBody(IReadOnlyList<IncentiveSubject> Subjects);

    /// <summary>The answer, in the order of the question.</summary>
    /// <param name="Subjects">Class, basis and factor of each.</param>
    internal sealed record SupervisionPlan(IReadOnlyList<PlannedSubject> Subjects);

    /// <summary>How a subject is inspected.</summary>
    /// <param name="Registered">The registry holds it.</param>
    /// <param name="Class">Class; null when it is not registered.</param>
    /// <param name="Basis">Why.</param>
    /// <param name="Note">The department's own basis, where it set the class.</param>
    /// <param name="Factor">Times the planned frequency.</param>
    /// <param name="Version">Version of the class the department set; null where it set none.</param>
    internal sealed record PlannedSubject(bool Registered, SupervisionClass? Class, ClassBasis? Basis, string? Note, decimal Factor, int? Version);
}
