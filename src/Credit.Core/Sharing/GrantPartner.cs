using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Sharing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Sharing;

/// <summary>The lead office lets a financial institution, credit agency or association query items of the catalogue (R-3.1.5.b).</summary>
internal sealed class GrantPartner : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/partners", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(GrantPartner))
            .WithSummary("Grant a partner items of the catalogue")
            .Produces<PartnerView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { clientId = "bank.system", name = "任城农商银行", kind = "FinancialInstitution", items = new[] { "penalties", "list-entries", "unfulfilled-judgments" } });

    private static async Task<IResult> HandleAsync(GrantBody body, CreditDbContext db, PolicyPack pack, TimeProvider clock, CancellationToken cancel)
    {
        var granted = Partner.Grant(body.ClientId, body.Name, body.Kind, body.Items, pack, clock.Today());
        Refusal[] refusals =
        [
            .. granted.Refusals, .. TextNamesPerson.Against(Clause.R("3.1.5.b"), (body.Name, "name")),
            .. TextNamesPerson.AgainstNumbers(Clause.R("3.1.5.b"), (body.ClientId, "clientId")),
        ];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('credit/partners'))", cancel);
        if (await db.Partners.AnyAsync(partner => partner.ClientId == body.ClientId && partner.State == PartnerState.Active, cancel))
        {
            return new Refusal("partner-already", "该客户端已有查询资格。", "The client is granted already.", Clause.R("3.1.5.b")).ToProblem();
        }

        db.Add(granted.Value);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created((string?)null, PartnerView.Of(granted.Value)).WithVersion(granted.Value.Version);
    }

    /// <summary>A grant.</summary>
    /// <param name="ClientId">Client the partner signs in with.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Items">Keys of catalogue items.</param>
    internal sealed record GrantBody(string ClientId, string Name, PartnerKind Kind, IReadOnlyList<string> Items);
}
