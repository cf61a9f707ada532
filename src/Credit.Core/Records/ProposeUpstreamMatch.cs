using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Records;

/// <summary>The lead office states which item of the province's or the city's catalogue an item follows, and in which document it stands; a second person decides.</summary>
internal sealed class ProposeUpstreamMatch : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/catalogue/{item}/upstream-matches", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(ProposeUpstreamMatch))
            .WithSummary("Propose which item of the province's or the city's catalogue an item follows")
            .Produces<UpstreamMatchView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { level = "City", number = "（照上级目录原文填写）", title = "（照上级目录原文填写）", document = "（目录文件名称和文号）" });

    private static async Task<IResult> HandleAsync(
        string item, MatchBody body, CreditDbContext db, Caller caller, PolicyPack pack, DepartmentDirectory departments, TimeProvider clock, CancellationToken cancel)
    {
        if (pack.Catalogue.All(each => each.Key != item))
        {
            return TypedResults.NotFound();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('credit/upstream-match'))", cancel);
        var known = await db.UpstreamMatches.Where(each => each.Item == item && each.Level == body.Level).Select(each => new { each.Number, each.State }).ToListAsync(cancel);
        if (known.Exists(each => each.State == UpstreamMatchState.Proposed))
        {
            return new Refusal("upstream-match-pending", "该条目已有待决定的对应关系。", "A match of this item and level is still to be decided.", Clause.R("2.1")).ToProblem();
        }

        var proposed = UpstreamMatch.Propose(new(item, body.Level, body.Number, body.Title, body.Document), known.Count + 1, caller.User, clock.Today());
        Refusal[] refusals =
        [
            .. proposed.Refusals,
            .. TextNamesPerson.Against(Clause.R("3.1.4.i"), (body.Number, "number"), (body.Title, "title"), (body.Document, "document")),
        ];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        db.Add(proposed.Value);
        AskSecondPerson.Open(
            db, departments.LeadOffice.Key, proposed.Value.Id, $"信用信息目录条目 {item} 与上级目录的对应关系({body.Level})待第二人决定", clock.Today());
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/catalogue/{item}", UpstreamMatchView.Of(proposed.Value)).WithVersion(proposed.Value.Version);
    }

    /// <summary>A match.</summary>
    /// <param name="Level">Province or city.</param>
    /// <param name="Number">Number of the upper item, as printed.</param>
    /// <param name="Title">Its title, as printed.</param>
    /// <param name="Document">Document it is printed in: title and number.</param>
    internal sealed record MatchBody(UpstreamLevel Level, string Number, string Title, string Document);
}

/// <summary>A match with an upper catalogue.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Item">Key of the district's item.</param>
/// <param name="Level">Province or city.</param>
/// <param name="Number">Version of the match.</param>
/// <param name="ItemNumber">Number of the upper item.</param>
/// <param name="Title">Its title.</param>
/// <param name="Document">Document it is printed in.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ProposedOn">Day of the proposal.</param>
/// <param name="DecidedOn">Day of the decision.</param>
/// <param name="Finding">Reason of the decision.</param>
/// <param name="Version">Version of the resource, as in the ETag.</param>
internal sealed record UpstreamMatchView(
    Guid Id, string Item, UpstreamLevel Level, int Number, string ItemNumber, string Title, string Document, UpstreamMatchState State, DateOnly ProposedOn,
    DateOnly? DecidedOn, string? Finding, int Version)
{
    public static UpstreamMatchView Of(UpstreamMatch match) => new(
        match.Id, match.Item, match.Level, match.Number, match.ItemNumber, match.Title, match.Document, match.State, match.ProposedOn, match.DecidedOn, match.Finding, match.Version);
}
