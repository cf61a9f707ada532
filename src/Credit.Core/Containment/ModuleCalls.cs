using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Enforcement;
using Credit.Core.Http;
using Credit.Core.Modules;
using Credit.Domain.Policy;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Containment;

/// <summary>Calls the roles of modules: each through its module's gate, in a scope of its module's container.</summary>
internal sealed class ModuleCalls(ModuleGates gates, ModuleContainers containers, ContainmentLimits limits)
{
    /// <summary>Checks a report and describes it when nothing speaks against it.</summary>
    /// <exception cref="ModuleUnavailableException">The module did not do its part.</exception>
    public (IReadOnlyList<Refusal> Refusals, string Description) Check<TReport>(FeedbackKind kind, TReport report, TaskFacts task, IServiceProvider hostScope)
        where TReport : class
    {
        KnowCaller(hostScope);
        var gate = gates[kind.Module];
        return gate.Call("feedback " + kind.Kind, () =>
        {
            using var scope = containers.Open(kind.Module, hostScope);
            var feedback = (IFeedback<TReport>)scope.ServiceProvider.GetRequiredService(kind.FeedbackType);
            var refusals = ReportRules.Check(report, feedback, task, gate.ReadAll);
            return (refusals, refusals.Count > 0 ? "" : feedback.Describe(report) ?? throw new ModuleExcessException("A description is null."));
        });
    }

    /// <summary>Reads a set of a module.</summary>
    /// <exception cref="ModuleUnavailableException">The module did not do its part.</exception>
    public Task<T> ReadAsync<T>(string module, string set, Type setType, IServiceProvider hostScope, Func<object, CancellationToken, Task<T>> read, CancellationToken cancel)
    {
        KnowCaller(hostScope);
        return gates[module].RunAsync(
            "set " + set,
            limits.CallSeconds,
            async limit =>
            {
                await using var scope = containers.Open(module, hostScope);
                return await read(scope.ServiceProvider.GetRequiredService(setType), limit);
            },
            cancel);
    }

    /// <summary>Lets a reaction of a module handle an announcement.</summary>
    /// <exception cref="ModuleUnavailableException">The module did not do its part.</exception>
    public Task HandleAsync(string module, Type handler, Type announcement, object announced, IServiceProvider hostScope, CancellationToken cancel)
    {
        KnowCaller(hostScope);
        var method = typeof(IHandle<>).MakeGenericType(announcement).GetMethod(nameof(IHandle<object>.HandleAsync))!;
        return gates[module].RunAsync(
            $"reaction {handler.Name}",
            limits.ReactionSeconds,
            async limit =>
            {
                await using var scope = containers.Open(module, hostScope);
                var reaction = scope.ServiceProvider.GetRequiredService(handler);
                await (Task)method.Invoke(reaction, BindingFlags.DoNotWrapExceptions, binder: null, [announced, limit], culture: null)!;
                return true;
            },
            cancel);
    }

    // The caller is read from the request, which does not flow into the module: so it is read before.
    private static void KnowCaller(IServiceProvider hostScope) => _ = hostScope.GetService<Caller>();
}
