using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Rules;

/// <summary>One pack: every value with its source, and the documents attached to its rules .</summary>
internal sealed class GetPolicyPack : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/policy/packs/{name}", HandleAsync)
            .AllowAnonymousBecause(ReadPolicyPacks.Reason)
            .WithName(nameof(GetPolicyPack))
            .WithSummary("Read a policy pack with the source of every value")
            .Produces<PackView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string name, PolicyPacks packs, PublicDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        if (packs.Find(name) is not { } pack)
        {
            return TypedResults.NotFound();
        }

        var documents = await db.RuleDocuments.Where(document => document.Pack == name).OrderBy(document => document.AdoptedOn).ThenBy(document => document.Id)
            .Select(document => new RuleDocument(document.Id, document.Rule, document.Title, document.DocumentNumber, document.Basis, document.Department, document.AdoptedOn))
            .ToListAsync(cancel);
        return TypedResults.Ok(new PackView(ReadPolicyPacks.PackSummary.Of(pack, packs, clock.Today()), PackValue.Of(pack), documents));
    }

    /// <summary>A pack.</summary>
    /// <param name="Pack">Name, title and days.</param>
    /// <param name="Values">Its values.</param>
    /// <param name="Documents">Documents attached to its rules.</param>
    internal sealed record PackView(ReadPolicyPacks.PackSummary Pack, IReadOnlyList<PackValue> Values, IReadOnlyList<RuleDocument> Documents);

    /// <summary>A document attached to a rule.</summary>
    /// <param name="Id">Identity.</param>
    /// <param name="Rule">Value it is about.</param>
    /// <param name="Title">Title.</param>
    /// <param name="DocumentNumber">Document number.</param>
    /// <param name="Basis">What it rests on.</param>
    /// <param name="Department">Department that proposed it.</param>
    /// <param name="AdoptedOn">Day the lead office adopted it.</param>
    internal sealed record RuleDocument(Guid Id, string Rule, string Title, string DocumentNumber, string Basis, string Department, DateOnly AdoptedOn);
}
