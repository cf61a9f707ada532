using Credit.Abstractions;
using Credit.Core.Enforcement;
using Credit.Core.Reference;
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
        string[] reasons =
        [
            .. from module in catalog.Modules
               from service in module.Services
               where service.ServiceType.Assembly != module.Assembly && IsTheHosts(service.ServiceType, host)
               select $"{module.Assembly.GetName().Name} registers over {service.ServiceType.Name}, which is not its own.",
        ];
        if (reasons.Length > 0)
        {
            throw new ModulesRefusedException(reasons);
        }

        _ = FeedbackDbContext.ViewsOf(catalog);
    }

    /// <summary>Adds every role of every module and the services the modules ask for.</summary>
    /// <exception cref="ModulesRefusedException">A module registers over a service that is not its own.</exception>
    public static IServiceCollection AddModules(this IServiceCollection services, ModuleCatalog catalog)
    {
        catalog.ThrowIfUnfit(services);
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
        foreach (var service in catalog.Modules.SelectMany(module => module.Services))
        {
            services.Add(service);
        }

        return services;
    }

    // Framework services (Microsoft.*) are added with TryAdd by everybody; a second one changes nothing.
    private static bool IsTheHosts(Type service, IServiceCollection services)
    {
        var assembly = service.Assembly.GetName().Name!;
        return assembly.StartsWith("Credit.", StringComparison.Ordinal)
            || (!assembly.StartsWith("Microsoft.", StringComparison.Ordinal) && services.Any(other => other.ServiceType == service));
    }
}
