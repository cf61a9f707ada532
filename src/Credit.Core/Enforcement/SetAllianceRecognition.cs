using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>The lead office switches mutual recognition in an alliance and says what its members' grades are worth here (R-3.5.2.d).</summary>
internal sealed class SetAllianceRecognition : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/alliances/{id:guid}/recognition", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithName(nameof(SetAllianceRecognition))
            .WithSummary("Switch mutual recognition of grades and map members' grades")
            .Produces<AllianceView>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { recognise = true, from = "2026-12-01", grades = new[] { new { city = "枣庄市", theirs = "AAA", ours = "A" } } });

    private static async Task<IResult> HandleAsync(Guid id, RecognitionBody body, IfMatch seen, CreditDbContext db, CancellationToken cancel)
    {
        if (await db.Alliances.Include(each => each.Grades).SingleOrDefaultAsync(each => each.Id == id, cancel) is not { } alliance)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(alliance.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        if (alliance.SetRecognition(body.Recognise, [.. (body.Grades ?? []).Select(grade => (grade.City, grade.Theirs, grade.Ours))], body.From) is { Accepted: false } refused)
        {
            return refused.Refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(AllianceView.Of(alliance)).WithVersion(alliance.Version);
    }

    /// <summary>What is recognised.</summary>
    /// <param name="Recognise">Grades are recognised.</param>
    /// <param name="From">First day the mappings given hold.</param>
    /// <param name="Grades">Mappings; those not given stay.</param>
    internal sealed record RecognitionBody(bool Recognise, DateOnly From, IReadOnlyList<GradeBody>? Grades);

    /// <summary>What a grade is worth.</summary>
    /// <param name="City">A member city.</param>
    /// <param name="Theirs">Its grade.</param>
    /// <param name="Ours">The district's.</param>
    internal sealed record GradeBody(string City, string Theirs, CreditGrade Ours);
}
