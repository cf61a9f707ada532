namespace Credit.Core.Modules.DropIn;

/// <summary>
/// Admits dropped-in modules beside those the host is built with. What the host needs comes first and must fit, or there is no start;
/// what is optional must fit beside it, or it is listed as not at work and nothing else is touched.
/// </summary>
internal static class Admission
{
    /// <summary>The catalogue of everything that fits.</summary>
    /// <param name="builtIn">Modules the host is built with.</param>
    /// <param name="dropped">What the folder holds.</param>
    /// <param name="compose">Composes, on trial, everything the host composes from modules; throws when it cannot.</param>
    /// <exception cref="ModulesRefusedException">A module that is not optional does not fit.</exception>
    public static ModuleCatalog Admit(ModuleCatalog builtIn, IReadOnlyList<DroppedModule> dropped, Action<ModuleCatalog> compose)
    {
        var needed = dropped.Where(module => !module.File.Optional).Select(module => module.Standing).ToList();
        var unfit = needed.Where(standing => standing.Failure is not null).Select(standing => Reason(standing)).ToList();
        if (unfit.Count > 0)
        {
            throw new ModulesRefusedException(unfit);
        }

        var catalog = builtIn.With(needed);
        if (needed.Count > 0)
        {
            Need(catalog, needed, compose);
        }

        var optional = dropped.Where(module => module.File.Optional).Select(module => module.Standing).ToLookup(standing => standing.Failure is null);
        catalog = catalog.With(optional[false]);
        ModuleStanding[] all = [.. optional[true]];

        // Usually all of them fit; only when they do not is it worth knowing which.
        return all.Length == 0 ? catalog
            : Fits(catalog, all, compose, out _) is { } together ? together
            : all.Aggregate(catalog, (admitted, each) => Fits(admitted, [each], compose, out var fault) ?? admitted.With([Turned(each, fault!)]));
    }

    private static void Need(ModuleCatalog catalog, List<ModuleStanding> needed, Action<ModuleCatalog> compose)
    {
        try
        {
            catalog.ThrowIfTakenTwice();
            compose(catalog);
        }
        catch (ModulesRefusedException)
        {
            throw;
        }
        catch (Exception fault)
        {
            throw new ModulesRefusedException([$"{string.Join(", ", needed.Select(each => each.File))}: {ModuleFault.Text(fault)}"]);
        }
    }

    private static ModuleCatalog? Fits(ModuleCatalog catalog, IReadOnlyList<ModuleStanding> added, Action<ModuleCatalog> compose, out Exception? fault)
    {
        var candidate = catalog.With(added);
        try
        {
            candidate.ThrowIfTakenTwice();
            compose(candidate);
            fault = null;
            return candidate;
        }
        catch (Exception unfit)
        {
            fault = unfit;
            return null;
        }
    }

    private static ModuleStanding Turned(ModuleStanding standing, Exception fault) => standing with
    {
        State = ModuleFault.IsRefusal(fault) ? ModuleState.Refused : ModuleState.Failed,
        Failure = ModuleFault.Text(fault),
        Module = null,
        Comments = null,
    };

    private static string Reason(ModuleStanding standing) => $"{standing.File} {standing.Failure}";
}
