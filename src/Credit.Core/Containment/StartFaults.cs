using Credit.Core.Modules;
using Credit.Core.Modules.DropIn;

namespace Credit.Core.Containment;

/// <summary>
/// Faults of modules in a step of the start that comes after they were admitted. What a module the host needs does wrong stops the
/// start; where only optional ones are at fault, the host is put together anew without them.
/// </summary>
/// <param name="limit">Longest time for each step of one module.</param>
internal sealed class StartFaults(TimeSpan limit)
{
    private readonly List<(ModuleRegistration Module, bool Broke, string Reason)> _faults = [];

    /// <summary>Runs code of a module; false when it threw or was not done in time.</summary>
    public bool Attempt(ModuleRegistration module, string step, Action work)
    {
        if (module.Source is null)
        {
            var reasons = new List<string>();
            var done = ModuleStart.Attempt(module.Name, step, limit, reasons, work);
            reasons.ForEach(reason => Refuse(module, reason));
            return done;
        }

        try
        {
            return ModuleStart.Attempt(module.Name, step, limit, reasons: null, work);
        }
        catch (Exception fault)
        {
            _faults.Add((module, !ModuleFault.IsRefusal(fault), ModuleFault.Text(fault)));
            return false;
        }
    }

    /// <summary>The host says no.</summary>
    public void Refuse(ModuleRegistration module, string reason) => _faults.Add((module, Broke: false, reason));

    /// <exception cref="ModulesRefusedException">A module that the host needs is at fault.</exception>
    /// <exception cref="OptionalModulesBrokeException">Only optional modules are.</exception>
    public void ThrowIfAny()
    {
        var needed = _faults.Where(fault => fault.Module.Source is not { Optional: true }).ToList();
        ModulesRefusedException.ThrowIfAny([.. needed.Select(fault => fault.Broke ? $"{fault.Module.Source!.File} {fault.Reason}" : fault.Reason)]);
        if (_faults.Count > 0)
        {
            throw new OptionalModulesBrokeException(
            [
                .. _faults.GroupBy(fault => fault.Module).Select(of => new BrokenModule(
                    of.Key.Source!.File, of.Any(fault => fault.Broke) ? ModuleState.Failed : ModuleState.Refused, string.Join(' ', of.Select(fault => fault.Reason)))),
            ]);
        }
    }
}

/// <summary>An optional module that broke, or was found not to fit, after it was admitted.</summary>
/// <param name="File">Its file.</param>
/// <param name="State">What became of it.</param>
/// <param name="Failure">Why, as the list of modules tells it.</param>
internal sealed record BrokenModule(string File, ModuleState State, string Failure);

/// <summary>Only optional modules are at fault: whoever puts the host together does so again, without them.</summary>
internal sealed class OptionalModulesBrokeException(IReadOnlyList<BrokenModule> modules)
    : Exception(string.Join(Environment.NewLine, modules.Select(module => $"{module.File} {module.Failure}")))
{
    /// <summary>Those at fault.</summary>
    public IReadOnlyList<BrokenModule> Modules { get; } = modules;
}

/// <summary>A module did not start; the host says so in words of its own.</summary>
internal sealed class ModuleStartException(string how) : Exception(how);
