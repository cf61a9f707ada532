using Credit.Abstractions;
using Credit.Core.Modules;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Credit.Core.Containment;

/// <summary>A module with the services it asked for. They go into a container of its own and never into the host's.</summary>
/// <param name="Module">The module.</param>
/// <param name="Own">What its <c>AddServices</c> registered.</param>
/// <param name="Configuration">Its own section, <c>Modules:{key}</c>, copied: nothing leads from it to the host's settings.</param>
internal sealed record ModulePlan(ModuleRegistration Module, IReadOnlyList<ServiceDescriptor> Own, IConfiguration Configuration)
{
    // Given by the host: nobody replaces them, whatever with.
    private static readonly Type[] Given =
        [typeof(TimeProvider), typeof(IConfiguration), typeof(IFeedbackReports), typeof(IWorkingCalendar), typeof(IProblemDetailsService)];

    /// <summary>The plan of a module that was read.</summary>
    public static ModulePlan Of(ModuleRegistration module) => new(module, [.. module.Services], module.Settings);

    /// <summary>What the module sees of the host's configuration: a copy of its own section.</summary>
    public static IConfiguration SectionOf(IConfiguration configuration, string key) => new ConfigurationBuilder()
        .AddInMemoryCollection(configuration.GetSection($"Modules:{key}").AsEnumerable(makePathsRelative: true))
        .Build();

    /// <summary>Lets the module register its services.</summary>
    /// <param name="module">The module, as read.</param>
    /// <param name="configuration">The host's configuration; the module sees its own section of it.</param>
    /// <param name="limit">Longest time.</param>
    /// <param name="reasons">Receives why it could not; null to let the fault through.</param>
    public static ModuleRegistration WithServices(ModuleRegistration module, IConfiguration configuration, TimeSpan limit, ICollection<string>? reasons)
    {
        var section = SectionOf(configuration, module.Manifest.Key);
        var own = new ServiceCollection();
        ModuleStart.Attempt(module.Name, "AddServices", limit, reasons, () => module.Definition.AddServices(own, section));
        return module with { Services = own, Settings = section };
    }

    /// <summary>Services of the module that are not its own to register.</summary>
    /// <param name="module">The module.</param>
    /// <param name="own">What it registers.</param>
    /// <param name="host">What the host has.</param>
    public static IEnumerable<string> Faults(ModuleRegistration module, IServiceCollection own, IServiceCollection host) => own
        .Where(service => TakesOver(service, module, host))
        .Select(service => ModuleDiagnostic.OwnServices.Say(
            $"{module.Name} registers over {service.ServiceType.Name}, which is not its own. Register types of the module instead."));

    // Microsoft's own extensions add Microsoft's services with TryAdd (AddHttpClient adds logging); in the module's container they harm nobody.
    private static bool TakesOver(ServiceDescriptor service, ModuleRegistration module, IServiceCollection host)
    {
        var type = service.ServiceType;
        if (IsOwn(type, module) || type == typeof(IHostedService))
        {
            return false;
        }

        var name = type.Assembly.GetName().Name!;
        var implementation = service.IsKeyedService
            ? service.KeyedImplementationType?.Assembly ?? service.KeyedImplementationInstance?.GetType().Assembly ?? service.KeyedImplementationFactory!.Method.Module.Assembly
            : service.ImplementationType?.Assembly ?? service.ImplementationInstance?.GetType().Assembly ?? service.ImplementationFactory!.Method.Module.Assembly;
        return Given.Contains(type)
            || name.StartsWith("Credit.", StringComparison.Ordinal)
            || (implementation == module.Assembly && (name.StartsWith("Microsoft.", StringComparison.Ordinal) || host.Any(other => other.ServiceType == type)));
    }

    private static bool IsOwn(Type type, ModuleRegistration module) =>
        type.Assembly == module.Assembly || Array.Exists(type.GenericTypeArguments, argument => IsOwn(argument, module));
}
