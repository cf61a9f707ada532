using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Modules.DropIn;
using Credit.Core.Reference;
using Microsoft.Extensions.Configuration;
using Credit.Domain.Policy;
using Microsoft.Extensions.DependencyModel;

namespace Credit.Core.Modules;

/// <summary>The modules of this host, read once at the start.</summary>
internal sealed class ModuleCatalog
{
    /// <summary>Assemblies whose names start so are modules; nothing else is loaded to find out.</summary>
    public const string Prefix = "Credit.Modules.";

    private ModuleCatalog(IEnumerable<ModuleStanding> standings)
    {
        Standings = [.. standings.OrderBy(standing => standing.Module?.Manifest.Key, StringComparer.Ordinal).ThenBy(standing => standing.File, StringComparer.Ordinal)];
        Modules = [.. Standings.Select(standing => standing.Module).OfType<ModuleRegistration>()];
    }

    /// <summary>Every module, those that are not at work included.</summary>
    public IReadOnlyList<ModuleStanding> Standings { get; }

    /// <summary>The modules at work, by key.</summary>
    public IReadOnlyList<ModuleRegistration> Modules { get; }

    /// <summary>Their assemblies.</summary>
    public IReadOnlyList<Assembly> Assemblies => [.. Modules.Select(module => module.Assembly)];

    /// <summary>All recognition standards.</summary>
    public IReadOnlyList<ICriterion> Criteria => [.. Modules.SelectMany(module => module.Criteria)];

    /// <summary>All memoranda, one per version.</summary>
    public IReadOnlyList<IMemorandum> Memoranda => [.. Modules.SelectMany(module => module.Memoranda)];

    /// <summary>All kinds of feedback.</summary>
    public IReadOnlyList<FeedbackKind> FeedbackKinds => [.. Modules.SelectMany(module => module.FeedbackKinds)];

    /// <summary>All sets.</summary>
    public IReadOnlyList<ModuleSet> Sets => [.. Modules.SelectMany(module => module.Sets)];

    /// <summary>Finds the modules the host was built with.</summary>
    /// <exception cref="ModulesRefusedException">A module does not fit.</exception>
    public static ModuleCatalog Discover() => From(FindAssemblies(), DepartmentDirectory.Load(), CanonicalMeasures.Load());

    /// <summary>Finds the modules the host was built with and, where the folder is on, those dropped into it.</summary>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="compose">Composes, on trial, everything the host composes from modules; throws when it cannot.</param>
    /// <exception cref="ModulesRefusedException">A module that the host needs does not fit.</exception>
    public static ModuleCatalog Discover(IConfiguration configuration, Action<ModuleCatalog> compose)
    {
        var (departments, canonical) = (DepartmentDirectory.Load(), CanonicalMeasures.Load());
        var builtIn = From(FindAssemblies(), departments, canonical, configuration);
        return ModuleFolder.Read(configuration, departments, canonical) is { } dropped ? Admission.Admit(builtIn, dropped, compose) : builtIn;
    }

    /// <summary>Reads these assemblies.</summary>
    /// <param name="assemblies">The assemblies.</param>
    /// <param name="departments">The departments of the district.</param>
    /// <param name="canonical">The canonical measures.</param>
    /// <param name="configuration">What modules are configured by; nothing when left out.</param>
    /// <exception cref="ModulesRefusedException">A module does not fit.</exception>
    public static ModuleCatalog From(
        IEnumerable<Assembly> assemblies, DepartmentDirectory departments, CanonicalMeasures canonical, IConfiguration? configuration = null)
    {
        var today = TimeProvider.System.Today();
        var settings = configuration ?? new ConfigurationBuilder().Build();
        var reasons = new List<string>();
        var catalog = new ModuleCatalog(assemblies
            .Select(assembly => ModuleReader.Read(assembly, departments, canonical, today, reasons, settings))
            .OfType<ModuleRegistration>()
            .Select(ModuleStanding.BuiltIn));
        reasons.AddRange(Duplicates(catalog.Modules));
        return reasons.Count == 0 ? catalog : throw new ModulesRefusedException(reasons);
    }

    /// <summary>This catalogue and these modules; whether they fit together is not asked.</summary>
    public ModuleCatalog With(IEnumerable<ModuleStanding> further) => new([.. Standings, .. further]);

    /// <summary>Holds the modules against each other.</summary>
    /// <exception cref="ModulesRefusedException">Two of them take the same name.</exception>
    public void ThrowIfTakenTwice()
    {
        string[] reasons = [.. Duplicates(Modules)];
        if (reasons.Length > 0)
        {
            throw new ModulesRefusedException(reasons);
        }
    }

    /// <summary>Names that more than one part of these modules takes.</summary>
    public static IEnumerable<string> Duplicates(IReadOnlyList<ModuleRegistration> modules) =>
    [
        .. Twice("Module key", modules, module => [module.Manifest.Key]),
        .. Twice("Criterion", modules, module => module.Criteria.Select(criterion => criterion.Key)),
        .. Twice("Memorandum", modules, module => module.Memoranda.Select(memorandum => $"{memorandum.Code} version {memorandum.Version}")),
        .. Twice("Feedback kind", modules, module => module.FeedbackKinds.Select(feedback => feedback.Kind)),
        .. Twice("Report type", modules, module => module.FeedbackKinds.Select(feedback => feedback.ReportType.FullName!)),
        .. Twice("Set", modules, module => module.Sets.Select(set => $"{set.Surface} {set.Name}")),
    ];

    private static IEnumerable<string> Twice(string what, IReadOnlyList<ModuleRegistration> modules, Func<ModuleRegistration, IEnumerable<string>> keys) =>
        modules.SelectMany(module => keys(module).Select(key => (key, module.Assembly.GetName().Name)))
            .GroupBy(pair => pair.key, pair => pair.Name)
            .Where(group => group.Count() > 1)
            .Select(group => ModuleDiagnostic.TakenTwice.Say($"{what} '{group.Key}' is taken more than once: {string.Join(", ", group)}. Rename all but one."));

    // Names of assemblies, not of libraries: a project may be named otherwise than the assembly it builds.
    private static IEnumerable<Assembly> FindAssemblies() =>
        (DependencyContext.Default?.GetDefaultAssemblyNames() ?? [])
            .Where(name => name.Name!.StartsWith(Prefix, StringComparison.Ordinal) && !name.Name.EndsWith(".Tests", StringComparison.Ordinal))
            .DistinctBy(name => name.Name)
            .Select(Assembly.Load);
}
