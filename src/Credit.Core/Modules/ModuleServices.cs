using Credit.Core.Containment;
using Credit.Core.Enforcement;
using Credit.Core.Reference;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Modules;

/// <summary>Registers what the modules hold. A module registers nothing itself: implementing the role is the registration.</summary>
internal static class ModuleServices
{
    /// <summary>Holds the modules against the host, before anything of theirs is registered.</summary>
    /// <exception cref="ModulesRefusedException">A module registers over a service that is not its own.</exception>
    /// <exception cref="NotSupportedException">A report cannot be read back as rows.</exception>
    public static void ThrowIfUnfit(this ModuleCatalog catalog, IServiceCollection host)
    {
        ModulesRefusedException.ThrowIfAny([.. catalog.Modules.SelectMany(module => ModulePlan.Faults(module, module.Services, host))]);
        _ = FeedbackDbContext.ViewsOf(catalog);
    }

    /// <summary>Adds the catalogue and, for each module, a container of its own with its roles and the services it asks for.</summary>
    /// <exception cref="ModulesRefusedException">A module registers over a service that is not its own.</exception>
    public static IServiceCollection AddModules(this IServiceCollection services, ModuleCatalog catalog, IConfiguration configuration)
    {
        catalog.ThrowIfUnfit(services);
        services.AddSingleton(DepartmentDirectory.Load());
        services.AddSingleton(CanonicalMeasures.Load());
        foreach (var memorandum in catalog.Memoranda)
        {
            services.AddSingleton(memorandum);
        }

        return services.AddContainment(catalog, [.. catalog.Modules.Select(ModulePlan.Of)], ContainmentLimits.Read(configuration));
    }
}
