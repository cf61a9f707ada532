using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>The lead office registers a credit alliance of cities (R-3.5.2.d).</summary>
internal sealed class RegisterAlliance : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/alliances", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(RegisterAlliance))
            .WithSummary("Register a credit alliance of cities")
            .Produces<AllianceView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { name = "鲁南城市信用联盟", document = "鲁南信盟〔2026〕1号", members = new[] { "枣庄市", "临沂市" }, sharedItems = new[] { "行政处罚信息" }, from = "2026-01-01" });

    private static async Task<IResult> HandleAsync(AllianceBody body, CreditDbContext db, Caller caller, CancellationToken cancel)
    {
        var registered = CreditAlliance.Register(
            body.Name, body.Document, [.. (body.Members ?? []).Distinct()], [.. (body.SharedItems ?? []).Distinct()], body.From, body.To, caller.User);
        Refusal[] refusals =
        [
            .. registered.Refusals,
            .. TextNamesPerson.Against(
                Clause.R("3.5.2.d"),
                [(body.Name, "name"), .. (body.Members ?? []).Select(member => ((string?)member, "members")), .. (body.SharedItems ?? []).Select(item => ((string?)item, "sharedItems"))]),
            .. TextNamesPerson.AgainstNumbers(Clause.R("3.5.2.d"), (body.Document, "document")),
        ];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('credit/alliance'))", cancel);
        if (await db.Alliances.AnyAsync(each => each.Name == body.Name, cancel))
        {
            return new Refusal("alliance-registered", "该联盟已登记。", "The alliance is already registered.", Clause.R("3.5.2.d")).ToProblem();
        }

        db.Add(registered.Value);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/alliances/{registered.Value.Id}", AllianceView.Of(registered.Value)).WithVersion(registered.Value.Version);
    }

    /// <summary>An alliance.</summary>
    /// <param name="Name">Name.</param>
    /// <param name="Document">Document that founds it.</param>
    /// <param name="Members">Cities in it, besides the district's own.</param>
    /// <param name="SharedItems">What is shared, by catalogue title.</param>
    /// <param name="From">First day in force.</param>
    /// <param name="To">Last day in force; null while it has no end.</param>
    internal sealed record AllianceBody(string Name, string Document, IReadOnlyList<string>? Members, IReadOnlyList<string>? SharedItems, DateOnly From, DateOnly? To);
}

/// <summary>An alliance as officials see it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Name">Name.</param>
/// <param name="Document">Document that founds it.</param>
/// <param name="Members">Cities in it.</param>
/// <param name="SharedItems">What is shared.</param>
/// <param name="From">First day in force.</param>
/// <param name="To">Last day in force.</param>
/// <param name="MutualRecognition">Grades are recognised.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record AllianceView(
    Guid Id, string Name, string Document, IReadOnlyList<string> Members, IReadOnlyList<string> SharedItems, DateOnly From, DateOnly? To, bool MutualRecognition, int Version)
{
    public static AllianceView Of(CreditAlliance alliance) => new(
        alliance.Id, alliance.Name, alliance.Document, alliance.Members, alliance.SharedItems, alliance.From, alliance.To, alliance.MutualRecognition, alliance.Version);
}
