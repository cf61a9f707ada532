using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Containment;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Credit.Conformance;

/// <summary>What a start may cost for one module.</summary>
/// <param name="Bytes">Bytes allocated, the memoranda read included.</param>
/// <param name="Time">Time in the best of three starts.</param>
internal sealed record StartBudget(long Bytes, TimeSpan Time);

/// <summary>A module as the host would take it in, and the reports to try it with.</summary>
internal sealed class ModuleUnderTest
{
    private static readonly DepartmentDirectory Departments = DepartmentDirectory.Load();
    private static readonly CanonicalMeasures Canonical = CanonicalMeasures.Load();

    private static readonly Lazy<IReadOnlyList<ModuleRegistration>> Host = new(() => ModuleCatalog.Discover().Modules);

    private readonly List<string> _startFaults = [];
    private readonly Lazy<IReadOnlyList<FeedbackTrial>> _trials;

    public ModuleUnderTest(Assembly assembly)
    {
        Assembly = assembly;
        _trials = new(() => [.. (Registration?.FeedbackKinds ?? []).Select(kind => new FeedbackTrial(this, kind))]);
        Registration = ModuleReader.Read(assembly, Departments, Canonical, TimeProvider.System.Today(), _startFaults);
        if (Registration is not null)
        {
            _startFaults.AddRange(ModuleCatalog.Duplicates([Registration]));
            Services.AddSingleton<IFeedbackReports>(new NoReports());
            Guarded(ModuleDiagnostic.OwnServices, AddServices);
            Guarded(ModuleDiagnostic.OwnRoutes, MapEndpoints);
        }
    }

    /// <summary>The assembly.</summary>
    public Assembly Assembly { get; }

    /// <summary>What the host finds in it; null when it finds no module.</summary>
    public ModuleRegistration? Registration { get; }

    /// <summary>The other modules that the tests are built with, as the host is: their memoranda oblige the departments of this one, too.</summary>
    public IReadOnlyList<ModuleRegistration> Beside => [.. Host.Value.Where(other => other.Manifest.Key != Registration?.Manifest.Key)];

    /// <summary>Everything for which the host would not start.</summary>
    public IReadOnlyList<string> StartFaults => _startFaults;

    /// <summary>What the module registers, and the one service of the host that modules use.</summary>
    public IServiceCollection Services { get; } = new ServiceCollection();

    /// <summary>What the module maps.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints { get; private set; } = [];

    /// <summary>Its kinds of feedback, ready to be tried.</summary>
    public IReadOnlyList<FeedbackTrial> Trials => _trials.Value;

    /// <summary>Reports that must be accepted.</summary>
    public IReadOnlyList<object> ValidReports { get; init; } = [];

    /// <summary>Reports that must be refused.</summary>
    public IReadOnlyList<object> InvalidReports { get; init; } = [];

    /// <summary>What a start may cost. Ten times what the largest module of the district needs, so that a slow machine fails nobody.</summary>
    public StartBudget Budget { get; init; } = new(32 * 1024 * 1024, TimeSpan.FromSeconds(2));

    /// <summary>The task that reports answer.</summary>
    public TaskFacts Task { get; init; } = SampleTask;

    /// <summary>A task given out on a Monday and due the Wednesday after next.</summary>
    public static TaskFacts SampleTask { get; } = new(
        Guid.Parse("018f0000-0000-7000-8000-000000000001"), "SAMPLE/1", new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 11), new DateOnly(2026, 11, 5));

    private void AddServices()
    {
        var own = new ServiceCollection();
        Registration!.Definition.AddServices(own, new ConfigurationBuilder().Build());
        _startFaults.AddRange(ModulePlan.Faults(Registration, own, new ServiceCollection().AddSingleton(TimeProvider.System)));
        foreach (var service in own)
        {
            Services.Add(service);
        }
    }

    private void MapEndpoints()
    {
        var services = new ServiceCollection().Add(Services).AddLogging();
        Endpoints = ModuleEndpoints.Map(new Routes(services.AddRoutingCore().BuildServiceProvider()).MapGroup("/api"), Registration!);
        _startFaults.AddRange(ModuleEndpoints.Faults(Registration!, Endpoints));
    }

    private void Guarded(ModuleDiagnostic rule, Action step)
    {
        try
        {
            step();
        }
#pragma warning disable CA1031 // whatever a module throws is a fault of the module
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            _startFaults.Add(rule.Say($"{Assembly.GetName().Name}: {step.Method.Name} throws {thrown.GetType().Name}: {thrown.Message} It must work without settings and without calling anything."));
        }
    }

    /// <summary>Takes endpoints in without a server behind them.</summary>
    private sealed class Routes(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);
    }

    private sealed class NoReports : IFeedbackReports
    {
        public IQueryable<FeedbackReport<TReport>> Of<TReport>()
            where TReport : class => Enumerable.Empty<FeedbackReport<TReport>>().AsQueryable();
    }
}
