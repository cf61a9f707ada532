using Credit.Abstractions;
using Credit.Core.Modules;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Credit.Core.Containment;

/// <summary>
/// One service container for each module: its own services and roles, and of the host what is listed here and nothing else.
/// There is no store, no connection string, no setting of the host and no request of somebody else in it (I94, X33).
/// </summary>
internal sealed class ModuleContainers : IAsyncDisposable
{
    private readonly Dictionary<string, ServiceProvider> _providers = new(StringComparer.Ordinal);
    private readonly TimeSpan _limit;

    /// <exception cref="ModulesRefusedException">The services of a module that the host needs cannot be made.</exception>
    /// <exception cref="OptionalModulesBrokeException">Those of optional ones only cannot.</exception>
    public ModuleContainers(IServiceProvider host, IReadOnlyList<ModulePlan> plans, ContainmentLimits limits)
    {
        _limit = TimeSpan.FromSeconds(limits.CallSeconds);
        var faults = new StartFaults(TimeSpan.FromSeconds(limits.StartSeconds));
        foreach (var plan in plans)
        {
            faults.Attempt(plan.Module, "making its services", () => _providers[plan.Module.Manifest.Key] = Build(ServicesOf(plan, host)));
        }

        faults.ThrowIfAny();
    }

    /// <summary>The container of a module.</summary>
    public IServiceProvider this[string module] => _providers[module];

    /// <summary>Opens a scope in a module's container for something that happens in a scope of the host.</summary>
    public AsyncServiceScope Open(string module, IServiceProvider hostScope)
    {
        var scope = _providers[module].CreateAsyncScope();
        ((ScopedReports)scope.ServiceProvider.GetRequiredService<IFeedbackReports>()).Scope = hostScope;
        return scope;
    }

    /// <summary>What a module's container holds.</summary>
    public static ServiceCollection ServicesOf(ModulePlan plan, IServiceProvider host)
    {
        var services = new ServiceCollection();
        foreach (var own in plan.Own)
        {
            ((ICollection<ServiceDescriptor>)services).Add(own);
        }

        services.Scan(scan => scan.FromAssemblies(plan.Module.Assembly)
            .AddClasses(types => types.AssignableTo(typeof(IFeedback<>)), publicOnly: false).AsSelfWithInterfaces().WithScopedLifetime()
            .AddClasses(types => types.AssignableTo(typeof(IEntitySet<>)), publicOnly: false).AsSelfWithInterfaces().WithScopedLifetime()
            .AddClasses(types => types.AssignableTo(typeof(IHandle<>)), publicOnly: false).AsSelfWithInterfaces().WithScopedLifetime());
        services.AddOptions();

        // Last, so that they are what is given whatever the module registered. Instances made by the host are not disposed here.
        services.Replace(ServiceDescriptor.Singleton(plan.Configuration));
        services.Replace(ServiceDescriptor.Singleton(host.GetRequiredService<TimeProvider>()));
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(new ModuleLoggers(host.GetRequiredService<ILoggerFactory>())));
        services.Replace(ServiceDescriptor.Singleton(typeof(ILogger<>), typeof(Logger<>)));
        services.Replace(ServiceDescriptor.Scoped<IFeedbackReports>(_ => new ScopedReports()));
        Lend<IWorkingCalendar>(services, host);
        Lend<IProblemDetailsService>(services, host);

        // Everybody's JSON is read by them: lent closed, so that no module adds a converter.
        host.GetService<IOptions<JsonOptions>>()?.Value.SerializerOptions.MakeReadOnly(populateMissingResolver: true);
        Lend<IOptions<JsonOptions>>(services, host);

        // What the client sent wrong is answered with its status and not thrown, so that every exception out of a module is the module's.
        services.Replace(ServiceDescriptor.Singleton(Options.Create(new RouteHandlerOptions { ThrowOnBadRequest = false })));
        return services;
    }

    /// <summary>Side by side and within a limit: what a module throws at its end, or waits for, keeps nobody from stopping.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_providers.Values.Select(provider => Task.Factory.StartNew(
        () => ModuleStart.Attempt("", "the end of its services", _limit, [], () => provider.DisposeAsync().AsTask().GetAwaiter().GetResult()), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    // Every constructor is looked at, none is called.
    private static ServiceProvider Build(ServiceCollection services)
    {
        try
        {
            return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        }
        catch (AggregateException unmet)
        {
            // The container speaks of types only.
            throw new ModuleStartException(ModuleDiagnostic.DoesNotLoad.Say(string.Join(' ', unmet.InnerExceptions.Select(each => (each.InnerException ?? each).Message).Distinct())));
        }
    }

    private static void Lend<T>(ServiceCollection services, IServiceProvider host)
        where T : class
    {
        if (host.GetService<T>() is { } service)
        {
            services.Replace(ServiceDescriptor.Singleton(service));
        }
    }

    // A provider added to the host's factory would read everybody's log.
    private sealed class ModuleLoggers(ILoggerFactory host) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => host.CreateLogger(categoryName);

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("A module adds no log provider.");

        public void Dispose()
        {
        }
    }

    // Made when first asked for, in the scope of the host in which the module was called.
    private sealed class ScopedReports : IFeedbackReports
    {
        internal IServiceProvider? Scope { private get; set; }

        public IQueryable<FeedbackReport<TReport>> Of<TReport>()
            where TReport : class => (Scope ?? throw new InvalidOperationException("Reports are read in a call only."))
            .GetRequiredService<IFeedbackReports>().Of<TReport>();
    }
}
