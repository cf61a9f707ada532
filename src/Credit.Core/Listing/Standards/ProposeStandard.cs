using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Listing.Standards;

/// <summary>The lead office proposes to register an edition of a recognition standard that no module declares (R-3.2.1.a); a second person decides.</summary>
internal sealed class ProposeStandard : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/standards", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(ProposeStandard))
            .WithSummary("Propose to register an edition of a recognition standard")
            .Produces<StandardView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                title = "山东省企业环境信用评价办法",
                documentNumber = "（照文件原文填写）",
                level = "Provincial",
                approval = "（审定文件文号）",
                list = "Black",
                domain = "生态环境",
                firstDay = "2026-12-01",
                longestTermInMonths = 36,
            });

    private static async Task<IResult> HandleAsync(
        StandardDraft body, CreditDbContext db, Caller caller, DepartmentDirectory departments, TimeProvider clock, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await KnownStandards.TakeTurnAsync(db, cancel);
        var earlier = await db.EditionsAsync(body.Title, body.Level, body.List, body.Domain, cancel);
        var proposed = RecognitionStandard.Propose(body, earlier, caller.User, clock.Today());
        Refusal[] refusals =
        [
            .. proposed.Refusals,
            .. TextNamesPerson.Against(Clause.R("3.1.4.i"), (body.Title, "title"), (body.Domain, "domain"), (body.Approval, "approval")),
            .. TextNamesPerson.AgainstNumbers(Clause.R("3.1.4.i"), (body.DocumentNumber, "documentNumber")),
        ];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        db.Add(proposed.Value);
        AskSecondPerson.Open(
            db, departments.LeadOffice.Key, proposed.Value.Id, $"认定标准《{body.Title}》第{proposed.Value.Edition}版的登记待第二人决定", clock.Today());
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/standards/{proposed.Value.Id}", StandardView.Of(proposed.Value)).WithVersion(proposed.Value.Version);
    }
}

/// <summary>An edition of a recognition standard.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Title">Title as entries cite it.</param>
/// <param name="DocumentNumber">Number of its document.</param>
/// <param name="Level">National or Provincial.</param>
/// <param name="Approval">Approval of a provincial one.</param>
/// <param name="List">List it admits to.</param>
/// <param name="Domain">Domain; null for every domain.</param>
/// <param name="Edition">Edition.</param>
/// <param name="FirstDay">First day in force.</param>
/// <param name="LastDay">Last day in force.</param>
/// <param name="LongestTermInMonths">Longest term of an entry.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ProposedOn">Day of the proposal.</param>
/// <param name="DecidedOn">Day of the decision.</param>
/// <param name="Finding">Reason of the decision.</param>
/// <param name="Version">Version of the resource, as in the ETag.</param>
internal sealed record StandardView(
    Guid Id, string Title, string DocumentNumber, StandardLevel Level, string? Approval, ListKind List, string? Domain, int Edition, DateOnly FirstDay, DateOnly? LastDay,
    int? LongestTermInMonths, StandardState State, DateOnly ProposedOn, DateOnly? DecidedOn, string? Finding, int Version)
{
    public static StandardView Of(RecognitionStandard standard) => new(
        standard.Id, standard.Title, standard.DocumentNumber, standard.Level, standard.Approval, standard.List, standard.Domain, standard.Edition, standard.FirstDay,
        standard.LastDay, standard.LongestTermInMonths, standard.State, standard.ProposedOn, standard.DecidedOn, standard.Finding, standard.Version);
}
