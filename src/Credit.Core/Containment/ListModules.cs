using Credit.Core.Http;
using Credit.Core.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Containment;

/// <summary>A module and how it behaves since the host started.</summary>
/// <param name="Key">Key.</param>
/// <param name="Title">Official Chinese title of its field.</param>
/// <param name="Department">Key of the owning department.</param>
/// <param name="Version">Version of its assembly.</param>
/// <param name="ContractVersion">Version of the contract it was built for.</param>
/// <param name="State">Whether it does its part.</param>
/// <param name="Breaker">The worst state of its breakers: <c>Closed</c>, <c>HalfOpen</c> or <c>Open</c>.</param>
/// <param name="SuspendedParts">Feedback kinds, sets, criteria, reactions and endpoints that are suspended.</param>
/// <param name="Calls">Calls let in.</param>
/// <param name="Failures">Calls that threw or took more than they may.</param>
/// <param name="Timeouts">Calls not done in time.</param>
/// <param name="Refused">Calls not let in, because it was busy or suspended.</param>
/// <param name="Overdue">Calls past their time that still run.</param>
/// <param name="MostBytes">Most bytes one check allocated.</param>
/// <param name="LastFailure">Kind of the last failure, without data.</param>
/// <param name="LastFailurePart">Part it happened in.</param>
/// <param name="LastFailureAt">Instant of the last failure, UTC.</param>
internal sealed record ModuleView(
    string Key, string Title, string Department, string Version, int ContractVersion, ModuleState State, string Breaker, IReadOnlyList<string> SuspendedParts,
    long Calls, long Failures, long Timeouts, long Refused, int Overdue, long MostBytes, string? LastFailure, string? LastFailurePart, DateTimeOffset? LastFailureAt);

/// <summary>Whether a module does its part.</summary>
internal enum ModuleState
{
    /// <summary>All of it answers.</summary>
    Running,

    /// <summary>Some part failed often and rests, or a call hangs.</summary>
    Degraded,
}

/// <summary>Lists the modules of this host, with what their containment counted.</summary>
internal sealed class ListModules : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/modules", (ModuleCatalog catalog, ModuleGates gates) => TypedResults.Ok(catalog.Modules.Select(module => Of(module, gates[module.Manifest.Key].Health)).ToArray()))
            .RequireAuthorization(Access.Official)
            .WithName(nameof(ListModules))
            .WithSummary("List the modules of this host and how they behave since its start")
            .Produces<IReadOnlyList<ModuleView>>();

    private static ModuleView Of(ModuleRegistration module, ModuleHealth health)
    {
        var (manifest, suspended, last) = (module.Manifest, health.SuspendedParts, health.Last);
        return new(
            manifest.Key, manifest.Title, manifest.Department, module.Assembly.GetName().Version?.ToString(3) ?? "", manifest.ContractVersion,
            suspended.Count > 0 || health.Overdue > 0 ? ModuleState.Degraded : ModuleState.Running, health.Breaker.ToString(), suspended,
            health.Calls, health.Failures, health.Timeouts, health.Refused, health.Overdue, health.MostBytes, last?.Kind, last?.Part, last?.At);
    }
}
