using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Incentives;

/// <summary>
/// May this subject have the offer? Yes or no, and nothing else: no record, no reason leaves (R-3.3.3.f). About a natural person,
/// and for a bank, the subject must have authorised the question (R-3.1.5.b, R-3.3.4.a); the subject asks about itself freely.
/// </summary>
internal sealed class AskEligibility : IUseCase
{
    private static readonly Refusal NotAuthorised = new(
        "authorisation-missing", "没有主体的有效授权。", "There is no authorisation of the subject in force for this.", Clause.R("3.3.4.a"));

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/offers/{id:guid}/eligibility", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .AnswerNotKept()
            .WithoutVersionBecause(VersionlessCommands.Question)
            .WithName(nameof(AskEligibility))
            .WithSummary("Ask whether a subject may have an offer; the answer is yes or no")
            .Produces<Eligibility>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { subject = new { kind = "LegalPerson", code = "91370811MA3TEXT0X0" } }, new { eligible = true });

    private static async Task<IResult> HandleAsync(
        Guid id, EligibilityBody body, CreditDbContext db, Caller caller, TimeProvider clock, SubjectFinder subjects, StandingReader standings, PolicyPack pack,
        CancellationToken cancel)
    {
        var offer = await db.Offers.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id && each.State == OfferState.Open, cancel);
        var provider = offer is not null && caller.Department is not null && offer.Department == caller.Department;
        if (offer is null || !(provider || caller.SubjectId is not null))
        {
            return TypedResults.NotFound();
        }

        var today = clock.Today();
        Subject? subject;
        if (!provider)
        {
            subject = await db.Subjects.AsNoTracking().SingleOrDefaultAsync(each => each.Id == caller.SubjectId, cancel);
        }
        else if (body.Subject is null)
        {
            return new Refusal("subject-missing", "请写明查询的主体。", "Name the subject.", Clause.R("3.3.3.f"), "subject").ToProblem();
        }
        else
        {
            var found = await subjects.FindAsync(body.Subject.ToReference(), today, cancel);
            if (!found.Accepted)
            {
                return found.Refusals.ToProblem();
            }

            // Somebody the registry does not know has authorised nothing either.
            subject = found.Value;
            if (offer.NeedsAuthorisation(body.Subject.Kind)
                && (subject is null || !await db.OfferAuthorisations.AnyAsync(
                    each => each.OfferId == id && each.SubjectId == subject.Id && each.State == OfferAuthorisationState.Granted && each.GrantedOn <= today && each.Until >= today, cancel)))
            {
                return NotAuthorised.ToProblem();
            }
        }

        return TypedResults.Ok(new Eligibility(
            subject is not null && offer.Admits(subject.Kind, await standings.ReadAsync(subject.Id, today, offer.CleanYears ?? pack.Incentives.CleanYears, cancel))));
    }

    /// <summary>A question.</summary>
    /// <param name="Subject">Who; a subject signed in asks about itself and leaves it out.</param>
    internal sealed record EligibilityBody(IncentiveSubject? Subject = null);

    /// <summary>The answer, whole.</summary>
    /// <param name="Eligible">Yes or no.</param>
    internal sealed record Eligibility(bool Eligible);
}
