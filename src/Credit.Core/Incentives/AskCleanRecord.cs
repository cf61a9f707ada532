using System.Text.Json.Nodes;
using Credit.Core.Http;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Incentives;

/// <summary>
/// Has a subject no negative record in the years before a day? (R-3.3.1.b, R-3.3.2.b, I50). Answered with yes or no; who asked,
/// about whom and what for is in the log (R-3.1.5.a). The identifier is in the body, never in the address.
/// </summary>
internal sealed class AskCleanRecord : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/incentives/clean-record", HandleAsync)
            .RequireAuthorization(Access.Department)
            .AnswerNotKept()
            .WithoutVersionBecause(VersionlessCommands.Question)
            .WithName(nameof(AskCleanRecord))
            .WithSummary("Ask whether a subject has no negative record in the years before a day")
            .Produces<CleanRecordAnswer>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { subject = new { kind = "LegalPerson", code = "91370811MA3TEXT0X0" }, purpose = "容缺受理资格核查", asOf = "2026-11-24", years = 3 });

    private static async Task<IResult> HandleAsync(
        CleanRecordBody body, CreditDbContext db, Caller caller, TimeProvider clock, SubjectFinder subjects, SubjectIdentities identities, StandingReader standings, RegisterPen pen, PolicyPack pack,
        CancellationToken cancel)
    {
        var today = clock.Today();
        var years = body.Years ?? pack.Incentives.CleanYears;
        var asOf = body.AsOf ?? today;
        var identifier = identities.Identify(body.Subject.ToReference(), today);
        Refusal[] refusals = [.. IncentiveAccess.AgainstPurpose(body.Purpose), .. AgainstWindow(asOf, years, today), .. identifier.Refusals];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        var subject = (await subjects.FindAsync(body.Subject.ToReference(), today, cancel)).Value;
        var clean = await standings.IsCleanAsync(subject?.Id, identifier.Value, asOf, years, cancel);
        var asked = new CleanRecordAsked(subject?.Id, caller.Department!, body.Purpose, asOf, years);
        db.Add(pen.Write(
            asked,
            "CleanRecord",
            Guid.CreateVersion7(),
            Clause.R("3.1.5.a"),
            before: null,
            new JsonObject { ["SubjectId"] = subject?.Id.ToString(), ["Purpose"] = body.Purpose, ["AsOf"] = $"{asOf:yyyy-MM-dd}", ["Years"] = years }));
        await db.SaveChangesAsync(cancel);
        var window = CleanRecord.Window(asOf, years);
        return TypedResults.Ok(new CleanRecordAnswer(clean, subject is not null, window.From, window.To, years));
    }

    /// <summary>Reasons against the days asked about.</summary>
    public static IEnumerable<Refusal> AgainstWindow(DateOnly asOf, int years, DateOnly today)
    {
        if (years is < 1 or > CleanRecord.MostYears)
        {
            yield return new(
                "clean-years-invalid", $"年限应为1至{CleanRecord.MostYears}年。", $"Ask about 1 to {CleanRecord.MostYears} years.", Clause.R("3.3.1.b"), "years");
        }

        if (asOf > today || asOf.Year < 2000)
        {
            yield return new("as-of-invalid", "截止日不得晚于今日。", "The day asked about is not after today.", Clause.R("3.3.1.b"), "asOf");
        }
    }

    /// <summary>A question.</summary>
    /// <param name="Subject">Who is asked about, by identifier only.</param>
    /// <param name="Purpose">What for; kept in the log.</param>
    /// <param name="AsOf">Day asked about, included; absent for today.</param>
    /// <param name="Years">Years before it; absent for those of the policy pack.</param>
    internal sealed record CleanRecordBody(IncentiveSubject Subject, string Purpose, DateOnly? AsOf = null, int? Years = null);

    /// <summary>The answer.</summary>
    /// <param name="Clean">No negative record was formed in the window.</param>
    /// <param name="Registered">The registry holds the subject.</param>
    /// <param name="From">First day looked at.</param>
    /// <param name="To">Last day looked at.</param>
    /// <param name="Years">Window in years.</param>
    internal sealed record CleanRecordAnswer(bool Clean, bool Registered, DateOnly From, DateOnly To, int Years);
}
