using System.Runtime.ExceptionServices;
using Credit.Core.Modules;

namespace Credit.Core.Containment;

/// <summary>Steps of a module's start: each with a time limit, each fault told as a reason that names the module. The caller decides what a reason means.</summary>
internal static class ModuleStart
{
    /// <summary>Limit where no configuration is at hand.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(new ContainmentLimits().StartSeconds);

    /// <summary>Does a step on a thread of its own.</summary>
    /// <param name="module">Key or assembly of the module.</param>
    /// <param name="step">What is done, for the reason.</param>
    /// <param name="limit">Longest time.</param>
    /// <param name="reasons">Receives the reason when the step fails; null to let the fault through to who knows what may be told of it.</param>
    /// <param name="work">The step.</param>
    /// <returns>False when it failed.</returns>
    public static bool Attempt(string module, string step, TimeSpan limit, ICollection<string>? reasons, Action work)
    {
        Task run;
        using (ExecutionContext.SuppressFlow())
        {
            run = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        }

        try
        {
            if (run.Wait(limit))
            {
                return true;
            }

            var late = ModuleDiagnostic.StartTime.Say($"{module}: {step} was not done within {limit.TotalSeconds:0.##} s. Call and wait for nothing there.");
            if (reasons is null)
            {
                throw new ModuleStartException(late);
            }

            reasons.Add(late);
        }
        catch (AggregateException faults)
        {
            var fault = faults.InnerException!;
            while (fault is System.Reflection.TargetInvocationException or TypeInitializationException && fault.InnerException is { } inner)
            {
                fault = inner;
            }

            if (reasons is null)
            {
                ExceptionDispatchInfo.Throw(fault);
            }

            reasons.Add(ModuleDiagnostic.DoesNotLoad.Say($"{module}: {step} threw {fault.GetType().Name}: {fault.Message} It must work without settings and without calling anything."));
        }

        return false;
    }
}
