using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Incentives;

/// <summary>An officer records a commitment that a subject signed on paper before the own department (R-3.1.6.b, R-3.3.1.d).</summary>
internal sealed class RecordCommitment : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/recorded-commitments", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(RecordCommitment))
            .WithSummary("Record a commitment that a subject signed on paper")
            .Produces<CommitmentView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                subject = new { kind = "LegalPerson", name = "任城某某食品有限公司", code = "91370811MA3TEXT0X0" },
                kind = "MissingPapers",
                text = "十个工作日内补齐场所平面图，逾期自愿撤销受理并记入信用记录。",
            });

    private static async Task<IResult> HandleAsync(
        RecordedCommitment body, CreditDbContext db, Caller caller, TimeProvider clock, SubjectFinder subjects, CancellationToken cancel)
    {
        var today = clock.Today();
        var found = await db.HoldSubjectAsync(subjects, body.Subject, today, cancel);
        if (!found.Accepted)
        {
            return found.Refusals.ToProblem();
        }

        await using var held = found.Value;
        var made = Commitment.Make(held.Subject, body.Kind, body.Text, caller.Department!, caller.User, bySubject: false, today);
        Refusal[] refusals = [.. made.Refusals, .. IncentiveAccess.AgainstPersonalText((body.Text, "text"))];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        db.Add(made.Value);
        await db.SaveChangesAsync(cancel);
        await held.Transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/commitments/{made.Value.Id}", CommitmentView.Of(made.Value)).WithVersion(made.Value.Version);
    }

    /// <summary>A commitment on paper.</summary>
    /// <param name="Subject">Who made it.</param>
    /// <param name="Kind">What it is about.</param>
    /// <param name="Text">What is committed to; without personal numbers.</param>
    internal sealed record RecordedCommitment(IncentiveSubject Subject, CommitmentKind Kind, string Text);
}
