using Credit.Core.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Containment;

/// <summary>Registers what keeps modules apart.</summary>
internal static class ContainmentServices
{
    /// <summary>Adds gates, containers and the catalogue that asks through them.</summary>
    public static IServiceCollection AddContainment(this IServiceCollection services, ModuleCatalog catalog, IReadOnlyList<ModulePlan> plans, ContainmentLimits limits)
    {
        services.AddMetrics();
        services.AddSingleton(limits);
        services.AddSingleton(plans);
        services.AddSingleton<ModuleMeter>();
        services.AddSingleton<ModuleGates>();
        services.AddSingleton<ModuleContainers>();
        services.AddSingleton<ModuleCalls>();
        services.AddSingleton(provider => catalog.Behind(provider.GetRequiredService<ModuleGates>()));
        services.AddSingleton<HostedModuleServices>();
        services.AddHostedService(provider => provider.GetRequiredService<HostedModuleServices>());
        return services;
    }
}
