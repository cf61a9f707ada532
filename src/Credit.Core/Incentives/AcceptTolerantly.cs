using Credit.Core.Deadlines;
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

/// <summary>
/// 容缺受理: accepts a matter though papers are missing, for an exemplar or whoever has a clean record, against a written
/// commitment and within a time limit (R-3.3.2.b, R-3.3.2.c, I51). What law requires is never missing (rule 11 of §11).
/// </summary>
internal sealed class AcceptTolerantly : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/incentives/acceptances", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(AcceptTolerantly))
            .WithSummary("Accept a matter with missing papers against a written commitment")
            .Produces<AcceptanceView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                subject = new { kind = "LegalPerson", name = "任城某某食品有限公司", code = "91370811MA3TEXT0X0" },
                matter = "食品经营许可",
                commitmentId = "0199f3a2-7c1e-7d55-9a57-3f0f4c1b2a10",
                withinWorkingDays = 10,
                papers = new object[]
                {
                    new { title = "营业执照", requiredBy = "食品经营许可管理办法第十二条", missing = false },
                    new { title = "场所平面图", missing = true },
                },
            });

    private static async Task<IResult> HandleAsync(
        AcceptanceBody body, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, IWorkingCalendar calendar, SubjectFinder subjects,
        StandingReader standings, CancellationToken cancel)
    {
        var today = clock.Today();
        var days = body.WithinWorkingDays ?? pack.Incentives.SupplyPaperDays;
        Refusal[] wrong =
        [
            .. TolerantAcceptance.AgainstTerm(days, pack.Incentives),
            .. body.Papers.Count > 100 ? [new Refusal("papers-too-many", "材料不超过100项。", "No more than 100 papers.", Clause.R("3.3.2.c"), "papers")] : Array.Empty<Refusal>(),
            .. IncentiveAccess.AgainstPersonalText([(body.Matter, "matter"), .. body.Papers.SelectMany(paper => new[] { (paper.Title, "papers"), (paper.RequiredBy, "papers") })]),
        ];
        if (wrong.Length > 0)
        {
            return wrong.ToProblem();
        }

        var found = await db.HoldSubjectAsync(subjects, body.Subject, today, cancel);
        if (!found.Accepted)
        {
            return found.Refusals.ToProblem();
        }

        await using var held = found.Value;
        var subject = held.Subject.Id;
        var used = await db.Acceptances.AnyAsync(each => each.CommitmentId == body.CommitmentId, cancel);
        var commitment = used ? null : await db.Commitments.SingleOrDefaultAsync(each => each.Id == body.CommitmentId, cancel);
        var accepted = TolerantAcceptance.Accept(
            await standings.ReadAsync(subject, today, cancel),
            body.Matter,
            [.. body.Papers.Select(paper => new RequiredPaper { Title = paper.Title, RequiredBy = paper.RequiredBy?.Trim(), Missing = paper.Missing })],
            commitment,
            subject,
            pack,
            caller.Department!,
            caller.User,
            today,
            calendar.DueDate(today, new WorkingDays(days)));
        if (!accepted.Accepted)
        {
            return accepted.Refusals.ToProblem();
        }

        db.Add(accepted.Value);
        DeadlineBook.Open(db, DeadlineKind.SupplyPapers, accepted.Value.Id, caller.Department, today, days, calendar);
        await db.SaveChangesAsync(cancel);
        await held.Transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/incentives/acceptances/{accepted.Value.Id}", AcceptanceView.Of(accepted.Value)).WithVersion(accepted.Value.Version);
    }

    /// <summary>An acceptance.</summary>
    /// <param name="Subject">Who applied.</param>
    /// <param name="Matter">What was applied for.</param>
    /// <param name="CommitmentId">The subject's commitment of the kind <c>MissingPapers</c> before this department.</param>
    /// <param name="Papers">Every paper the matter needs.</param>
    /// <param name="WithinWorkingDays">Time to supply what is missing; absent for the default of the policy pack.</param>
    internal sealed record AcceptanceBody(IncentiveSubject Subject, string Matter, Guid CommitmentId, IReadOnlyList<PaperBody> Papers, int? WithinWorkingDays = null);

    /// <summary>A paper.</summary>
    /// <param name="Title">What paper.</param>
    /// <param name="RequiredBy">Law, regulation or ministry document, with article, that requires it; absent when it can be supplied later.</param>
    /// <param name="Missing">It is not there.</param>
    internal sealed record PaperBody(string Title, bool Missing, string? RequiredBy = null);
}
