using System.Text.Json.Nodes;
using Credit.Core.Http;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Rules;

/// <summary>All policy packs with their days: which rules apply, and since when (architecture §6, R-3.6.1).</summary>
internal sealed class ReadPolicyPacks : IUseCase
{
    /// <summary>Why anyone may read the rules.</summary>
    public const string Reason = "The rules a district decides by are public; a pack holds no data about anybody.";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/policy/packs", (PolicyPacks packs, TimeProvider clock) => TypedResults.Ok(
                (PackSummary[])[.. packs.All.Select(pack => PackSummary.Of(pack, packs, clock.Today()))]))
            .AllowAnonymousBecause(Reason)
            .WithName(nameof(ReadPolicyPacks))
            .WithSummary("List the policy packs: rules as dated data")
            .Produces<PackSummary[]>();

    /// <summary>A pack in short.</summary>
    /// <param name="Name">Name, stored with every decision.</param>
    /// <param name="Title">Official title.</param>
    /// <param name="Framework">Framework it belongs to.</param>
    /// <param name="EffectiveFrom">First day in force.</param>
    /// <param name="EffectiveTo">Last day in force; null while it is.</param>
    /// <param name="Current">The district decides by it today.</param>
    internal sealed record PackSummary(string Name, string Title, string Framework, DateOnly EffectiveFrom, DateOnly? EffectiveTo, bool Current)
    {
        public static PackSummary Of(PolicyPack pack, PolicyPacks packs, DateOnly today) =>
            new(pack.Name, pack.Title, pack.Framework, pack.EffectiveFrom, pack.EffectiveTo, packs.InForce(today).Name == pack.Name);
    }
}

/// <summary>One value of a pack.</summary>
/// <param name="Name">Name, as simulations and amendments use it.</param>
/// <param name="Value">The value.</param>
/// <param name="Source">Document and clause it comes from; <c>default</c> where no document gives one.</param>
internal sealed record PackValue(string Name, JsonNode? Value, string Source)
{
    private static readonly string[] About = ["name", "title", "framework", "effectiveFrom", "effectiveTo", "sources"];

    public static IReadOnlyList<PackValue> Of(PolicyPack pack) =>
        [.. pack.ToJson().Where(value => !About.Contains(value.Key)).Select(value => new PackValue(value.Key, value.Value?.DeepClone(), pack.SourceOf(value.Key)))];
}
