using Credit.Core.Containment;
using Credit.Core.Reference;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Modules;

/// <summary>Registers what the modules hold. A module registers nothing itself: implementing the role is the registration.</summary>
internal static class ModuleServices
{
    /// <summary>Adds the catalogue and, for each module, a container of its own with its roles and the services it asks for.</summary>
    /// <exception cref="ModulesRefusedException">A module registers over a service that is not its own, throws or hangs.</exception>
    public static IServiceCollection AddModules(this IServiceCollection services, ModuleCatalog catalog, IConfiguration configuration)
    {
        services.AddSingleton(DepartmentDirectory.Load());
        services.AddSingleton(CanonicalMeasures.Load());
        foreach (var memorandum in catalog.Memoranda)
        {
            services.AddSingleton(memorandum);
        }

        var limits = ContainmentLimits.Read(configuration);
        var reasons = new List<string>();
        ModulePlan[] plans = [.. catalog.Modules.Select(module => ModulePlan.Make(module, services, configuration, TimeSpan.FromSeconds(limits.StartSeconds), reasons))];
        ModulesRefusedException.ThrowIfAny(reasons);
        return services.AddContainment(catalog, plans, limits);
    }
}
