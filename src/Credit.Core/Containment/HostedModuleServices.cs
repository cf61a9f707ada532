using Credit.Core.Modules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Credit.Core.Containment;

/// <summary>Starts and stops the hosted services of modules, each within a limit: one that blocks stops the start by name, and never the stop.</summary>
internal sealed class HostedModuleServices(IReadOnlyList<ModulePlan> plans, ModuleContainers containers, ModuleGates gates, ContainmentLimits limits) : IHostedService
{
    private readonly List<(string Module, IHostedService Service)> _started = [];

    /// <exception cref="ModulesRefusedException">A hosted service threw or was not done in time.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        foreach (var plan in plans.Where(plan => plan.Own.Any(service => service.ServiceType == typeof(IHostedService))))
        {
            var (key, limit) = (plan.Module.Manifest.Key, TimeSpan.FromSeconds(limits.StartSeconds));
            IHostedService[] services = [];
            ModuleStart.Attempt(plan.Module.Name, "making its hosted services", limit, reasons, () => services = [.. containers[key].GetServices<IHostedService>()]);
            foreach (var service in services)
            {
                if (ModuleStart.Attempt(plan.Module.Name, $"starting {service.GetType().Name}", limit, reasons, () => service.StartAsync(cancellationToken).GetAwaiter().GetResult()))
                {
                    _started.Add((key, service));
                    Watch(key, service);
                }
            }
        }

        ModulesRefusedException.ThrowIfAny(reasons);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        // One after the other within the call's limit: what does not stop is left behind, the process ends anyway.
        foreach (var (module, service) in _started)
        {
            var reasons = new List<string>();
            if (!ModuleStart.Attempt(
                module, $"stopping {service.GetType().Name}", TimeSpan.FromSeconds(limits.CallSeconds), reasons, () => service.StopAsync(cancellationToken).GetAwaiter().GetResult()))
            {
                gates[module].Note("hosted " + service.GetType().Name, new ModuleExcessException(reasons[0]));
            }
        }

        return Task.CompletedTask;
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
