using Credit.Core.Containment;
using Credit.Core.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Modules;

/// <summary>The modules of this host, built in and dropped in, with what became of each at the start and how it behaves since.</summary>
internal sealed class ListModules : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/modules", (ModuleCatalog modules, ModuleGates gates) => TypedResults.Ok(new ModulesView([.. modules.Standings.Select(standing => ModuleView.Of(standing, gates))])))
            .RequireAuthorization(Access.Official)
            .WithName(nameof(ListModules))
            .WithSummary("Modules of this host, what became of each at the start and how it behaves since")
            .Produces<ModulesView>()
            .WithExample(response: new ModulesView(
            [
                new(Key: "tax", Title: "税收征管", Department: "tax", AlsoServes: ["tax-development-zone"], File: "Credit.Modules.Tax.dll", Version: "1.0.0.0", ContractVersion: 1, ModuleOrigin.BuiltIn, ModuleState.Loaded, Failure: null, Criteria: 3, Memoranda: 2,
                    Measures: 48, FeedbackKinds: 3, Sets: 1, new(Degraded: false, "Closed", [], 120, 0, 0, 0, 0, 20_480, null, null, null)),
                new(null, null, null, [], "Credit.Modules.Sample.dll", "1.2.0.0", null, ModuleOrigin.Folder, ModuleState.Failed, "broke with System.InvalidOperationException in Credit.Modules.Sample.SampleModule.AddServices.", 0, 0, 0, 0, 0, null),
            ]));

    /// <summary>Every module.</summary>
    /// <param name="Modules">Those not at work first, then by key.</param>
    internal sealed record ModulesView(IReadOnlyList<ModuleView> Modules);

    /// <summary>A module, or a file of the folder that was refused.</summary>
    /// <param name="Key">Key of the module; null when it is not at work.</param>
    /// <param name="Title">Official title of its field; null when it is not at work.</param>
    /// <param name="Department">Key of the owning department; null when it is not at work.</param>
    /// <param name="AlsoServes">Keys of further departments that report by it.</param>
    /// <param name="File">Name of the file.</param>
    /// <param name="Version">Version of the assembly; null when it could not be read.</param>
    /// <param name="ContractVersion">Contract it was built for; null when it is not at work.</param>
    /// <param name="Origin">Built with the host, or dropped into the folder.</param>
    /// <param name="State">What became of it at the start.</param>
    /// <param name="Failure">Why it is not at work; null when it is.</param>
    /// <param name="Criteria">Number of recognition standards.</param>
    /// <param name="Memoranda">Number of memoranda, each version counted.</param>
    /// <param name="Measures">Number of measures in them, drafts counted.</param>
    /// <param name="FeedbackKinds">Number of kinds of feedback.</param>
    /// <param name="Sets">Number of queryable sets.</param>
    /// <param name="Behaviour">What its containment counted; null when it is not at work.</param>
    internal sealed record ModuleView(
        string? Key, string? Title, string? Department, IReadOnlyList<string> AlsoServes, string File, string? Version, int? ContractVersion, ModuleOrigin Origin, ModuleState State,
        string? Failure, int Criteria, int Memoranda, int Measures, int FeedbackKinds, int Sets,
        ModuleBehaviour? Behaviour)
    {
        /// <summary>The module as the list shows it.</summary>
        public static ModuleView Of(ModuleStanding standing, ModuleGates gates)
        {
            var (module, manifest) = (standing.Module, standing.Module?.Manifest);
            return new(
                manifest?.Key,
                manifest?.Title,
                manifest?.Department,
                manifest?.AlsoServes ?? [],
                standing.File,
                standing.Version,
                manifest?.ContractVersion,
                standing.Origin,
                standing.State,
                standing.Failure,
                module?.Criteria.Count ?? 0,
                module?.Memoranda.Count ?? 0,
                module?.Memoranda.Sum(memorandum => memorandum.Measures.Count) ?? 0,
                module?.FeedbackKinds.Count ?? 0,
                module?.Sets.Count ?? 0,
                manifest is null ? null : ModuleBehaviour.Of(gates[manifest.Key].Health));
        }
    }
}
