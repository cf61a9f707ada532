using Credit.Abstractions;
using Credit.Core.Reference;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Modules;

/// <summary>Registers what the modules hold. A module registers nothing itself: implementing the role is the registration.</summary>
internal static class ModuleServices
{
    /// <summary>Adds every role of every module and the services the modules ask for.</summary>
    /// <exception cref="ModulesRefusedException">A module registers over a service that is not its own.</exception>
    public static IServiceCollection AddModules(this IServiceCollection services, ModuleCatalog catalog, IConfiguration configuration)
    {
        services.AddSingleton(catalog);
        services.AddSingleton(DepartmentDirectory.Load());
        services.AddSingleton(CanonicalMeasures.Load());
        foreach (var memorandum in catalog.Memoranda)
        {
            services.AddSingleton(memorandum);
        }

        foreach (var criterion in catalog.Criteria)
        {
            services.AddSingleton(criterion);
        }

        services.Scan(scan => scan.FromAssemblies(catalog.Assemblies)
            .AddClasses(types => types.AssignableTo(typeof(IFeedback<>)), publicOnly: false).AsSelfWithInterfaces().WithScopedLifetime()
            .AddClasses(types => types.AssignableTo(typeof(IEntitySet<>)), publicOnly: false).AsSelfWithInterfaces().WithScopedLifetime()
            .AddClasses(types => types.AssignableTo(typeof(IHandle<>)), publicOnly: false).AsSelfWithInterfaces().WithScopedLifetime());

        var reasons = new List<string>();
        foreach (var module in catalog.Modules)
        {
            var own = new ServiceCollection();
            module.Definition.AddServices(own, configuration);
            reasons.AddRange(Faults(module, own, services));
            foreach (var service in own)
            {
                services.Add(service);
            }
        }

        return reasons.Count == 0 ? services : throw new ModulesRefusedException(reasons);
    }

    /// <summary>Services of the module that are not its own to register.</summary>
    /// <param name="module">The module.</param>
    /// <param name="own">What it registers.</param>
    /// <param name="host">What the host has.</param>
    public static IEnumerable<string> Faults(ModuleRegistration module, IServiceCollection own, IServiceCollection host) => own
        .Where(service => service.ServiceType.Assembly != module.Assembly && IsTheHosts(service.ServiceType, host))
        .Select(service => ModuleDiagnostic.OwnServices.Say(
            $"{module.Assembly.GetName().Name} registers over {service.ServiceType.Name}, which is not its own. Register types of the module instead."));

    // Framework services (Microsoft.*) are added with TryAdd by everybody; a second one changes nothing.
    private static bool IsTheHosts(Type service, IServiceCollection services)
    {
        var assembly = service.Assembly.GetName().Name!;
        return service == typeof(IStartupFilter) // would stand before the host's sign-in
            || assembly.StartsWith("Credit.", StringComparison.Ordinal)
            || (!assembly.StartsWith("Microsoft.", StringComparison.Ordinal) && services.Any(other => other.ServiceType == service));
    }
}
