using Credit.Core.Modules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Credit.Core.Containment;

/// <summary>
/// Starts and stops the hosted services of modules, each within a limit. They start once, before the host's own: one that throws or blocks
/// stops the start by name, or leaves its optional module out; and never the stop.
/// </summary>
internal sealed class HostedModuleServices(IReadOnlyList<ModulePlan> plans, ModuleContainers containers, ModuleGates gates, ContainmentLimits limits) : IHostedService
{
    private readonly List<(string Module, IHostedService Service)> _started = [];

    private bool _asked;

    /// <exception cref="ModulesRefusedException">A hosted service of a module that the host needs threw or was not done in time.</exception>
    /// <exception cref="OptionalModulesBrokeException">That is so of optional modules only.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_asked)
        {
            return Task.CompletedTask;
        }

        _asked = true;
        var faults = new StartFaults(TimeSpan.FromSeconds(limits.StartSeconds));
        foreach (var plan in plans.Where(plan => plan.Own.Any(service => service.ServiceType == typeof(IHostedService))))
        {
            var key = plan.Module.Manifest.Key;
            IHostedService[] services = [];
            faults.Attempt(plan.Module, "making its hosted services", () => services = [.. containers[key].GetServices<IHostedService>()]);
            foreach (var service in services)
            {
                if (faults.Attempt(plan.Module, $"starting {service.GetType().Name}", () => service.StartAsync(cancellationToken).GetAwaiter().GetResult()))
                {
                    _started.Add((key, service));
                    Watch(key, service);
                }
            }
        }

        faults.ThrowIfAny();
        return Task.CompletedTask;
    }

    /// <summary>Side by side within the limit of a call: what does not stop is left behind, the process ends anyway.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(_started.Select(each => Task.Factory.StartNew(
        () => Stop(each.Module, each.Service, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    private void Stop(string module, IHostedService service, CancellationToken cancel)
    {
        var reasons = new List<string>();
        if (!ModuleStart.Attempt(
            module, $"stopping {service.GetType().Name}", TimeSpan.FromSeconds(limits.CallSeconds), reasons, () => service.StopAsync(cancel).GetAwaiter().GetResult()))
        {
            gates[module].Note("hosted " + service.GetType().Name, new ModuleExcessException(reasons[0]));
        }
    }

    // In the host's own list a background service that throws ends the host. Here it ends alone, and is told.
    private void Watch(string module, IHostedService service)
    {
        if (service is BackgroundService { ExecuteTask: { } run })
        {
            _ = run.ContinueWith(
                ended => gates[module].Note("hosted " + service.GetType().Name, ended.Exception!.InnerException!),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
        }
    }
}
